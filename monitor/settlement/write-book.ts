import type { ClientBase } from 'pg';
import type { SessionBook } from '@/domain/settlement/booking';

/** Adds a book to what its session holds already. */
export async function writeBook(client: ClientBase, sessionNo: string, { positions, minutes, pairs }: SessionBook): Promise<void> {
  // Always in the order of the keys, so that rows are reached in the order in which they lie.
  const places = [...positions.values()].sort((a, b) => a.institutionId - b.institutionId || compare(a.currency, b.currency));
  await client.query({
    name: 'book positions',
    text: `insert into settlement_position as p (session_no, institution_id, currency, in_minor, out_minor, in_count, out_count)
      select $1, institution_id, currency, in_minor, out_minor, in_count, out_count
      from unnest($2::integer[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
        as d (institution_id, currency, in_minor, out_minor, in_count, out_count)
      on conflict (session_no, institution_id, currency) do update
      set in_minor = p.in_minor + excluded.in_minor, out_minor = p.out_minor + excluded.out_minor,
        in_count = p.in_count + excluded.in_count, out_count = p.out_count + excluded.out_count`,
    values: [
      sessionNo,
      places.map(({ institutionId }) => institutionId),
      places.map(({ currency }) => currency),
      places.map(({ inMinor }) => inMinor.toString()),
      places.map(({ outMinor }) => outMinor.toString()),
      places.map(({ inCount }) => inCount),
      places.map(({ outCount }) => outCount),
    ],
  });
  const steps = [...minutes.values()].sort(
    (a, b) => a.institutionId - b.institutionId || compare(a.currency, b.currency) || a.minute - b.minute,
  );
  await client.query({
    name: 'book minutes',
    text: `insert into settlement_minute as m (session_no, institution_id, currency, minute, in_minor, out_minor)
      select $1, institution_id, currency, to_timestamp(minute * 60.0), in_minor, out_minor
      from unnest($2::integer[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
        as d (institution_id, currency, minute, in_minor, out_minor)
      on conflict (session_no, institution_id, currency, minute) do update
      set in_minor = m.in_minor + excluded.in_minor, out_minor = m.out_minor + excluded.out_minor`,
    values: [
      sessionNo,
      steps.map(({ institutionId }) => institutionId),
      steps.map(({ currency }) => currency),
      steps.map(({ minute }) => minute),
      steps.map(({ inMinor }) => inMinor.toString()),
      steps.map(({ outMinor }) => outMinor.toString()),
    ],
  });
  const corridors = [...pairs.values()].sort((a, b) => a.payerId - b.payerId || a.payeeId - b.payeeId || compare(a.currency, b.currency));
  await client.query({
    name: 'book pairs',
    text: `insert into settlement_pair as p (session_no, payer_institution_id, payee_institution_id, currency, payments, amount_minor)
      select $1, payer, payee, currency, payments, amount_minor
      from unnest($2::integer[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[]) as d (payer, payee, currency, payments, amount_minor)
      on conflict (session_no, payer_institution_id, payee_institution_id, currency) do update
      set payments = p.payments + excluded.payments, amount_minor = p.amount_minor + excluded.amount_minor`,
    values: [
      sessionNo,
      corridors.map(({ payerId }) => payerId),
      corridors.map(({ payeeId }) => payeeId),
      corridors.map(({ currency }) => currency),
      corridors.map(({ payments }) => payments),
      corridors.map(({ amountMinor }) => amountMinor.toString()),
    ],
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
