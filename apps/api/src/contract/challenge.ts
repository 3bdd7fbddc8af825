/** The errors of RFC 6750, section 3.1. */
export type BearerError = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

/**
 * The challenge of RFC 6750, section 3, for `WWW-Authenticate`.
 *
 * @param error absent when the request carried no credential at all.
 * @param more further parameters, such as the scope that is needed.
 */
export function challenge(error?: BearerError, more: Record<string, string> = {}): string {
  const parameters = Object.entries({ realm: 'latchkey', ...(error && { error }), ...more });
  return `Bearer ${parameters.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}
