export type SignInAnswer =
  | { readonly kind: 'in' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitS: number }
  | { readonly kind: 'unreachable' };

/** Tries a login and password at next-auth's door; the session cookie is set by the answer itself. */
export async function signInWith(credentials: { readonly login: string; readonly password: string }): Promise<SignInAnswer> {
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json()) as { csrfToken: string };
    const response = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...credentials, csrfToken, json: 'true', callbackUrl: location.origin }),
    });
    const { url } = (await response.json()) as { url?: string };
    const error = url ? new URL(url, location.origin).searchParams.get('error') : null;
    if (response.ok && error === null) return { kind: 'in' };
    const waitS = Number(/^wait:(\d+)$/.exec(error ?? '')?.[1]);
    if (waitS > 0) return { kind: 'wait', waitS };
    return response.status === 401 ? { kind: 'wrong' } : { kind: 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}
