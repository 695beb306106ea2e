import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { BreakKind, BreakOrigin } from '@/domain/settlement/break-kinds';

export type FoundBreak = {
  readonly sessionNo: string;
  readonly origin: BreakOrigin;
  readonly kind: BreakKind;
  readonly institutionId: number | null;
  readonly party: string | null;
  readonly currency: string;
  readonly transactionKey: string | null;
  readonly acceptedAt: string | null;
  readonly reference: string | null;
  readonly expected: string | null;
  readonly found: string | null;
  readonly expectedMinor: bigint | null;
  readonly foundMinor: bigint | null;
};

/** The same break is the same row for ever; one that says something else is another. */
export function fingerprintOf(found: FoundBreak): string {
  const said = [
    found.sessionNo,
    found.origin,
    found.kind,
    found.institutionId,
    found.party,
    found.currency,
    found.transactionKey,
    found.reference,
    found.found,
    found.foundMinor,
    found.expectedMinor,
  ];
  return createHash('sha256')
    .update(said.map((each) => String(each ?? '')).join('\0'))
    .digest('hex')
    .slice(0, 32);
}

/** Writes what was found now; a break that had healed and is there again is open again, one that a person resolved stays resolved. */
export async function writeBreaks(client: ClientBase, found: readonly FoundBreak[], nowMs: number): Promise<readonly string[]> {
  const rows = new Map(found.map((each) => [fingerprintOf(each), each]));
  if (rows.size === 0) return [];
  const all = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  await client.query(
    `insert into settlement_break as b (fingerprint, session_no, origin, kind, institution_id, party, currency, transaction_key, accepted_at,
       reference, expected, found, expected_minor, found_minor, detected_at)
     select d.*, $15
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[],
       $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[]) as d
     on conflict (fingerprint) do update
     set healed_at = null
     where b.healed_at is not null and b.resolved_at is null`,
    [
      all.map(([fingerprint]) => fingerprint),
      all.map(([, { sessionNo }]) => sessionNo),
      all.map(([, { origin }]) => origin),
      all.map(([, { kind }]) => kind),
      all.map(([, { institutionId }]) => institutionId),
      all.map(([, { party }]) => party),
      all.map(([, { currency }]) => currency),
      all.map(([, { transactionKey }]) => transactionKey),
      all.map(([, { acceptedAt }]) => acceptedAt),
      all.map(([, { reference }]) => reference),
      all.map(([, { expected }]) => expected),
      all.map(([, each]) => each.found),
      all.map(([, { expectedMinor }]) => expectedMinor?.toString() ?? null),
      all.map(([, { foundMinor }]) => foundMinor?.toString() ?? null),
      new Date(nowMs),
    ],
  );
  return [...rows.keys()];
}
