import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './running-api.ts';

/** How long the browser may take for each step, in milliseconds: on a busy machine it takes many times what it takes alone. */
const patience = 120_000;

describe('the API reference', () => {
  let api: RunningApi;
  let browser: Browser;
  beforeAll(async () => {
    api = await startApi('sqlite');
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
      timeout: patience,
    });
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
  });

  it('is drawn by this server alone, within its content security policy', async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
    page.setDefaultTimeout(patience);
    const hosts = new Set<string>();
    const faults: string[] = [];
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol !== 'data:') hosts.add(host);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${String(response.status())} ${response.url()}`);
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    await page.addInitScript({
      content: `addEventListener('securitypolicyviolation', (violation) => {
        console.error('CSP:', violation.violatedDirective, violation.blockedURI);
      });`,
    });
    const answer = await page.goto(`${api.url}/docs`);
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'");
    await page.getByText('Generate a key', { exact: true }).click();
    await page.getByText('Idempotency-Key', { exact: true }).first().waitFor();
    for (const words of ['Verification', 'Check a credential', 'Audit events', 'Export the keys']) {
      await page.getByText(words).first().waitFor();
    }
    const folder = join(tmpdir(), 'latchkey-screenshots');
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, 'docs.png') });
    expect([...hosts]).toEqual([new URL(api.url).host]);
    expect(faults).toEqual([]);
  });
});
