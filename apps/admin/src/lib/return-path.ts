/**
 * Where to go after signing in, as the address says it; the start when that leads anywhere else than
 * to a page of ours.
 */
export function safeReturnPath(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/')) return '/';
  const base = 'http://latchkey.invalid';
  if (!URL.canParse(path, base)) return '/';
  const { origin, pathname, search } = new URL(path, base);
  if (origin !== base || pathname.startsWith('//') || /^\/sign-in(\/|$)/.test(pathname)) return '/';
  return `${pathname}${search}`;
}
