/** What is longer would not fit into a cookie. */
const longest = 1000;

/**
 * Where to go after signing in, as a browser asks for it; the start when that leads anywhere else than to a page of ours.
 *
 * @returns a path with its query, which begins with one slash.
 */
export function readReturnPath(asked: string): string {
  const base = 'http://latchkey.invalid';
  if (!asked.startsWith('/') || !URL.canParse(asked, base)) return '/';
  const { origin, pathname, search } = new URL(asked, base);
  if (origin !== base || pathname.startsWith('//') || /^\/sign-in(\/|$)/.test(pathname)) return '/';
  const path = `${pathname}${search}`;
  return path.length > longest ? '/' : path;
}
