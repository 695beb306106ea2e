/** A path of this console to go to after signing in; whatever leads elsewhere, or back to the sign-in page, is the overview. */
export function localAddress(wish: string): string {
  const base = 'http://console.invalid';
  if (!wish.startsWith('/') || /^\/[/\\]/.test(wish) || !URL.canParse(wish, base)) return '/overview';
  const url = new URL(wish, base);
  if (url.origin !== base || url.pathname === '/' || url.pathname === '/sign-in' || url.pathname.startsWith('/api/')) return '/overview';
  return url.pathname + url.search;
}
