import { expect } from '@playwright/test';

/** An error as RFC 9457 has it, with our stable code. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/** Reads an answer that must be problem+json with this status. */
export async function readProblem(answer: Response, status: number): Promise<Problem> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as Problem;
  expect(problem.status).toBe(status);
  expect(problem.code).toMatch(/^[A-Z_]+$/);
  return problem;
}
