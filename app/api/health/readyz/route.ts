import { readiness } from '@/server/queries/session/readiness';

export const dynamic = 'force-dynamic';

/** 200 once the database answers and its migrations are finished, else 503. */
export async function GET(): Promise<Response> {
  const answer = await readiness();
  return Response.json(answer, { status: answer.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
