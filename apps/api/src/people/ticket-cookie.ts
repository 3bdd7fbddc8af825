import { parseCookies } from 'better-auth/cookies';
import { cookiePrefix } from './session-cookie.ts';
import { ticketLifetime } from './tickets.ts';

/** Keeps a ticket in the browser that it was issued to, where no script reads it and no request of another site writes with it. */
export interface TicketCookie {
  /** As a `Set-Cookie` header has it. */
  keep(ticket: string): string;
  /** Takes it from the browser. */
  remove(): string;
  /** What the request's browser keeps; empty when it is nothing. */
  read(headers: Headers): string;
}

/** Makes the cookie of one kind of ticket. Its prefix on https is that of the session's: see `sessionCookieName`. */
export function makeTicketCookie(publicUrl: string, kind: string): TicketCookie {
  const name = `${cookiePrefix(publicUrl)}.${kind}`;
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  // Lax: the browser comes back from the provider's site.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure}`;
  return {
    keep: (ticket) => `${name}=${ticket}; Max-Age=${String(ticketLifetime / 1000)}; ${attributes}`,
    remove: () => `${name}=; Max-Age=0; ${attributes}`,
    read: (headers) => parseCookies(headers.get('Cookie') ?? '').get(name) ?? '',
  };
}
