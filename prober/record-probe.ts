import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { ConfiguredEndpoint } from './endpoints';
import type { Probed } from './probe';

/** The monitor listens on it, so that an outage is judged as soon as it is stored. */
const BATCH_CHANNEL = 'headwater_batch';

/** Stores what was measured as heartbeats, a batch of their own in one transaction: the same machine judges what is probed and what is reported. */
export async function recordProbe(pool: Pool, endpoint: ConfiguredEndpoint, { measured, certificate }: Probed): Promise<void> {
  if (measured.length === 0) return;
  const times = measured.map(({ atMs }) => atMs);
  const [firstAt, lastAt] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ id: string }>(
      `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count,
         first_accepted_at, last_accepted_at, receipt)
       values ($1, 'heartbeats', $2, $3, $4, 0, 0, $5, $6, '{"probed":true}')
       returning id::text as id`,
      [
        endpoint.institutionId,
        `probe-${randomUUID()}`,
        createHash('sha256').update(JSON.stringify(measured)).digest(),
        measured.length,
        firstAt,
        lastAt,
      ],
    );
    await client.query(
      `insert into heartbeat (institution_id, line, layer, direction, sent_at, ok, latency_ms, detail, batch_id)
       select $1, $2, layer, 'outbound', at, ok, latency, detail, $3
       from unnest($4::heartbeat_layer[], $5::timestamptz[], $6::boolean[], $7::integer[], $8::text[]) as m (layer, at, ok, latency, detail)`,
      [
        endpoint.institutionId,
        endpoint.line,
        rows[0]?.id,
        measured.map(({ layer }) => layer),
        times.map((ms) => new Date(ms).toISOString()),
        measured.map(({ ok }) => ok),
        measured.map(({ latencyMs }) => latencyMs),
        measured.map(({ detail }) => detail),
      ],
    );
    if (certificate && certificate.notAfter > certificate.notBefore)
      await client.query(
        `insert into certificate (institution_id, line, party, fingerprint, subject, issuer, not_before, not_after, first_seen_at, last_seen_at)
         values ($1, $2, 'server', $3, $4, $5, $6, $7, $8, $8)
         on conflict (institution_id, line, party, fingerprint) do update
         set last_seen_at = greatest(certificate.last_seen_at, excluded.last_seen_at)`,
        [
          endpoint.institutionId,
          endpoint.line,
          certificate.fingerprint,
          certificate.subject,
          certificate.issuer,
          certificate.notBefore,
          certificate.notAfter,
          lastAt,
        ],
      );
    await client.query('select pg_notify($1, $2)', [BATCH_CHANNEL, '']);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
