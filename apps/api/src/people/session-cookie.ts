/**
 * The name of the session's cookie. On https it has the prefix that makes browsers take it from this very host alone, for every path
 * and over https only, so that no neighbouring subdomain can plant one.
 */
export function sessionCookieName(publicUrl: string): string {
  return `${cookiePrefix(publicUrl)}.session_token`;
}

/** What the names of all cookies begin with. */
export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-latchkey' : 'latchkey';
}
