import NextAuth from 'next-auth';
import { signInOptions } from '@/server/sign-in-options';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  return await NextAuth(signInOptions())(request, context);
}

export { handler as GET, handler as POST };
