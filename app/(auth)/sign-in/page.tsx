import { redirect } from 'next/navigation';
import { presentActor } from '@/server/session';
import { SignInScreen } from './sign-in-screen';

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { from } = await searchParams;
  if (await presentActor()) redirect('/overview');
  return <SignInScreen returnTo={typeof from === 'string' ? from : '/overview'} />;
}
