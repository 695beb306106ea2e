import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { revokeSession } from './commands/session/revoke-session';
import { signIn } from './commands/session/sign-in';
import { environment } from './environment';
import { sessionCookie, sessionLimits } from './session-settings';

/**
 * The token holds a session id and nothing else; who that is and whether it may act, the database says at every request.
 * Built per call: limits and cookie name come from the environment, which a build has not got.
 */
export function signInOptions(): NextAuthOptions {
  const { absoluteMs } = sessionLimits();
  const cookie = sessionCookie();
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: cookie.secure } as const;
  return {
    secret: environment().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: absoluteMs / 1000 },
    jwt: { maxAge: absoluteMs / 1000 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    useSecureCookies: cookie.secure,
    cookies: {
      sessionToken: { name: cookie.name, options },
      csrfToken: { name: `${cookie.secure ? '__Host-' : ''}headwater-csrf`, options },
      callbackUrl: { name: `${cookie.secure ? '__Secure-' : ''}headwater-return`, options },
    },
    providers: [
      CredentialsProvider({
        credentials: { login: {}, password: { type: 'password' } },
        async authorize(input, request) {
          const answer = await signIn(input, { now: new Date(), userAgent: header(request.headers, 'user-agent') });
          if (answer.kind === 'signed-in') return { id: answer.sessionId };
          if (answer.reason === 'wait') throw new Error(`wait:${Math.ceil(answer.waitMs / 1000)}`);
          return null;
        },
      }),
    ],
    events: {
      // Leaving by next-auth's own door ends the session in the database too.
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await revokeSession(token.sid, new Date());
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

function header(headers: Record<string, unknown> | undefined, name: string): string | null {
  const value = headers?.[name];
  return typeof value === 'string' ? value : null;
}
