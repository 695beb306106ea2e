import { headers } from 'next/headers';
import { hadSession } from '@/server/session';
import { SignInScreen } from './(auth)/sign-in/sign-in-screen';

/** Nobody, or nobody any more, is signed in: 401, and the way in at the very place. */
export default async function Unauthorized() {
  const address = (await headers()).get('x-address') ?? '/';
  return <SignInScreen returnTo={address} ended={await hadSession()} />;
}
