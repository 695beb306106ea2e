import type { ClientBase } from 'pg';
import type { SessionCalendar, SessionSpan } from '@/domain/settlement/session-calendar';

/** Makes sure that the sessions are there, and locks them against closing. Returns the numbers of those that are closed. */
export async function makeSessions(client: ClientBase, spans: readonly SessionSpan[]): Promise<ReadonlySet<string>> {
  const ordered = [...spans].sort((a, b) => a.opensAtMs - b.opensAtMs);
  await client.query(
    `insert into settlement_session (no, business_day, ordinal, opens_at, cut_off_at)
     select no, date '1970-01-01' + day, ordinal, opens_at, cut_off_at
     from unnest($1::text[], $2::integer[], $3::integer[], $4::timestamptz[], $5::timestamptz[]) as d (no, day, ordinal, opens_at, cut_off_at)
     on conflict (no) do nothing`,
    [
      ordered.map(({ no }) => no),
      ordered.map(({ day }) => day),
      ordered.map(({ ordinal }) => ordinal),
      ordered.map(({ opensAtMs }) => new Date(opensAtMs)),
      ordered.map(({ cutOffAtMs }) => new Date(cutOffAtMs)),
    ],
  );
  const { rows } = await client.query<{ no: string; closed: boolean }>(
    `select no, closed_at is not null as closed
     from settlement_session
     where no = any($1::text[])
     order by opens_at
     for share`,
    [ordered.map(({ no }) => no)],
  );
  return new Set(rows.filter(({ closed }) => closed).map(({ no }) => no));
}

/** The first session after a closed one that is not closed, made where nobody needed it before; locked against closing. */
export async function firstOpenAfter(client: ClientBase, calendar: SessionCalendar, home: SessionSpan): Promise<SessionSpan> {
  const { rows } = await client.query<{ no: string; closed: boolean }>(
    `select no, closed_at is not null as closed
     from settlement_session
     where opens_at >= $1
     order by opens_at`,
    [new Date(home.cutOffAtMs)],
  );
  const closed = new Set(rows.filter((row) => row.closed).map(({ no }) => no));
  let next = calendar.after(home);
  while (closed.has(next.no)) next = calendar.after(next);
  if ((await makeSessions(client, [next])).has(next.no)) throw new Error(`session ${next.no} closed between two looks of one snapshot`);
  return next;
}
