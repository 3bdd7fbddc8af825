import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The row of a key in the list, or of whatever else is listed by that name. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ hasText: name });
}

/** Chooses an action from the menu of a key, a role, a member. */
export async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** Copies by the button of this name, waits until it says that it did, and returns what was copied. */
export async function copyBy(place: Locator, name: string): Promise<string> {
  const button = place.getByRole('button', { name, exact: true });
  await button.click();
  // It is called "Copied" for a moment. What is at stake until then is so no more.
  await expect(button).toBeHidden();
  return clipboard(place.page());
}

/** What was copied last. */
export function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A day as a date field takes it, counted from today. */
export function inDays(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day.toISOString().slice(0, 10);
}

/** News of what was done, at the edge of the screen. */
export function toastOf(page: Page, text: string): Locator {
  return page.getByRole('region', { name: /Notifications/ }).getByText(text, { exact: true });
}
