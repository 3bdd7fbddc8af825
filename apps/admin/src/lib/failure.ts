import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@latchkey/api/router';
import { fieldRules } from './field-rules.ts';
import type { Words } from './words/en.ts';

type Told = NonNullable<TRPCClientError<AppRouter>['data']>['refusal'];

/** The API's reasons for saying no, a fault of its own, and that it could not be asked at all. */
export type FailureCode = Told['code'] | 'UNREACHABLE';

/** What a person has besides the password, of which one is enough. */
export type Factors = NonNullable<Told['factors']>;

export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

/** Why something did not work. */
export interface Failure {
  readonly code: FailureCode;
  /** One sentence of the API's, in English. */
  readonly detail: string;
  readonly fields: readonly FieldIssue[];
  /** Where a second factor is asked for. */
  readonly factors?: Factors;
}

const unreachable: Failure = { code: 'UNREACHABLE', detail: '', fields: [] };

/** Reads what came of a call that failed. */
export function readFailure(error: unknown): Failure {
  if (error instanceof ToldError) return error.failure;
  if (!(error instanceof TRPCClientError)) return unreachable;
  const refusal = (error as TRPCClientError<AppRouter>).data?.refusal;
  if (!refusal) return unreachable;
  const fields = 'fields' in refusal ? (refusal.fields ?? []) : [];
  const { code, detail, factors = [] } = refusal;
  return { code, detail, fields, factors };
}

/** What to tell the person: what happened, and what to do next. */
export function describeFailure({ code, detail, fields }: Failure, words: Words): string {
  if (code === 'VALIDATION_FAILED' && fields.length > 0) {
    return fields.map(({ message }) => describeField(message, words)).join(' ');
  }
  return words.failures[code] ?? (detail || words.failures.INTERNAL_ERROR);
}

/** What is wrong with a field, in the person's language. @param message the API's, in English */
export function describeField(message: string, words: Words): string {
  const { other, ...told } = words.fieldRules;
  for (const { rule, pattern } of fieldRules) {
    const found = pattern.exec(message);
    if (found) return told[rule](found[1] ?? '');
  }
  return other || message;
}

/** A failure in words for the person, which the design system's dialogs show. */
export class ToldError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, words: Words) {
    super(describeFailure(failure, words));
    this.failure = failure;
  }
}

/** Waits for a call; when it fails, in words. @throws ToldError */
export async function tell<T>(call: Promise<T>, words: Words): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new ToldError(readFailure(error), words);
  }
}
