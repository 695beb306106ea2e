import { type NextRequest, NextResponse } from 'next/server';

/**
 * Headers, and a first look at where a request comes from. It is never the boundary: that is requireActor in the data layer.
 */
export function proxy(request: NextRequest): NextResponse {
  if (changesState(request.method) && !comesFromHere(request)) {
    return new NextResponse('This request did not come from the console.', { status: 403 });
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search);
  headers.set('x-request-id', crypto.randomUUID());
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', headers.get('x-request-id') ?? '');
  for (const [name, value] of FIXED_HEADERS) response.headers.set(name, value);
  return response;
}

const FIXED_HEADERS = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
] as const;

// Style attributes stay allowed because React writes them into server-rendered markup (chart geometry); style elements need the nonce.
// The development server evaluates code and writes style elements of its own.
function contentPolicy(nonce: string, development: boolean): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}' ${TOAST_STYLES}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

// The toast library writes one style element of its own at start, empty first and then with this text; its version is pinned.
const TOAST_STYLES = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

function changesState(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

// Both headers are the browser's own and cannot be set by a page. A client without either is no browser and carries no ambient cookie.
function comesFromHere(request: NextRequest): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = request.headers.get('origin');
  if (origin === null) return site === 'same-origin';
  if (!URL.canParse(origin)) return false;
  // Behind a proxy that renames the host, the configured address is what browsers see.
  const configured = process.env.NEXTAUTH_URL;
  return new URL(origin).host === request.headers.get('host') || (configured !== undefined && new URL(configured).origin === origin);
}

export const config = { matcher: ['/((?!_next/static|fonts/|favicon|icon).*)'] };
