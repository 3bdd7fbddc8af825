import type { Refusal, RefusalCode } from './refusals.ts';

/** What a use case answers: the value, or the reason why not. A refusal is a value; only defects and broken machinery throw. */
export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** Wraps the value of a use case that did what it was asked. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/**
 * Wraps a refusal.
 *
 * @param code one of the closed list; adapters map it to a status.
 * @param detail one sentence for a person: what happened and what to do next. Never holds a secret.
 */
export function refuse(code: RefusalCode, detail: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, detail } };
}

/**
 * Refuses input because of one field.
 *
 * @param path where in the input, dotted.
 * @param message what is wrong with it and what is expected.
 */
export function refuseField(path: string, message: string): { ok: false; refusal: Refusal } {
  return {
    ok: false,
    refusal: { code: 'VALIDATION_FAILED', detail: message, fields: [{ path, message }] },
  };
}
