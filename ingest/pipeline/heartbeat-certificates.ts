import type { ClientBase } from 'pg';
import type * as z from 'zod';
import type { HeartbeatLine } from '../feed/lines';
import type { Institution } from './institution-register';
import { type Refusal, refuse } from './refusal';

type Met = { readonly institution: Institution; readonly line: z.input<typeof HeartbeatLine>; readonly sentAtMs: number };

/** A certificate ends after it begins; it may end far in the future. */
export function certificateFault({ certificate }: z.input<typeof HeartbeatLine>): Refusal | undefined {
  if (!certificate || Date.parse(certificate.notBefore) < Date.parse(certificate.notAfter)) return undefined;
  return refuse('time-order', 'certificate.notAfter', 'certificate.notAfter is not after certificate.notBefore.');
}

/** Keeps what certificate was met where and when: the first and the last time, whatever order the beats come in. */
export async function recordCertificates(client: ClientBase, beats: readonly Met[]): Promise<void> {
  const met = new Map<string, Met & { lastMs: number }>();
  for (const beat of beats) {
    const { certificate } = beat.line;
    if (!certificate) continue;
    const key = `${String(beat.institution.id).padStart(10, '0')} ${beat.line.line} ${certificate.party} ${certificate.fingerprint}`;
    const had = met.get(key);
    met.set(key, {
      ...beat,
      sentAtMs: Math.min(beat.sentAtMs, had?.sentAtMs ?? beat.sentAtMs),
      lastMs: Math.max(beat.sentAtMs, had?.lastMs ?? 0),
    });
  }
  if (met.size === 0) return;
  const rows = [...met].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  await client.query({
    name: 'record-certificates',
    text: `insert into certificate as c (institution_id, line, party, fingerprint, subject, issuer, not_before, not_after, first_seen_at, last_seen_at)
           select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
             $9::timestamptz[], $10::timestamptz[])
           on conflict (institution_id, line, party, fingerprint) do update
           set first_seen_at = least(c.first_seen_at, excluded.first_seen_at), last_seen_at = greatest(c.last_seen_at, excluded.last_seen_at)`,
    values: [
      rows.map(({ institution }) => institution.id),
      rows.map(({ line }) => line.line),
      rows.map(({ line }) => line.certificate?.party),
      rows.map(({ line }) => line.certificate?.fingerprint),
      rows.map(({ line }) => line.certificate?.subject),
      rows.map(({ line }) => line.certificate?.issuer),
      rows.map(({ line }) => line.certificate?.notBefore),
      rows.map(({ line }) => line.certificate?.notAfter),
      rows.map(({ sentAtMs }) => new Date(sentAtMs).toISOString()),
      rows.map(({ lastMs }) => new Date(lastMs).toISOString()),
    ],
  });
}
