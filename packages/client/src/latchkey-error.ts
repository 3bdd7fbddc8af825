/** What the server says of a request that it refused: RFC 9457 with a stable code. */
export class LatchkeyError extends Error {
  override name = 'LatchkeyError';
  readonly status: number;
  /** `VALIDATION_FAILED`, `RENEWAL_PENDING` and so on; see the API reference at `/docs`. */
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}
