import { parseCookies } from 'better-auth/cookies';
import { cookiePrefix } from './session-cookie.ts';

/** A number that a browser keeps, so that what it begins is finished by it alone. */
export interface BrowserCookie {
  /** As a `Set-Cookie` header has it. It goes when the browser is closed. */
  keep(browser: string): string;
  /** Which browser sent the request; `undefined` when it keeps no number. */
  read(headers: Headers): string | undefined;
}

/** Makes the cookie. Its prefix on https is that of the session's: see `sessionCookieName`. */
export function makeBrowserCookie(publicUrl: string): BrowserCookie {
  const name = `${cookiePrefix(publicUrl)}.browser`;
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return {
    keep: (browser) => `${name}=${browser}; Path=/; HttpOnly; SameSite=Strict${secure}`,
    read: (headers) => parseCookies(headers.get('Cookie') ?? '').get(name),
  };
}
