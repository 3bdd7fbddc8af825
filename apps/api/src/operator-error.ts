/** Something that the operator can mend; its message is one line for them. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}
