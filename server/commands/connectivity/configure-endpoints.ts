import 'server-only';
import { isIP } from 'node:net';
import type pg from 'pg';
import * as z from 'zod';

const Network = z.string().refine((text) => {
  const [net = '', prefix] = text.split('/');
  const family = isIP(net);
  if (family === 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}, 'must be an address or a network like 10.1.0.0/16');

/** Where one institution's line is reached, and the only networks that its name may lead to. */
export const EndpointEntry = z.strictObject({
  institution: z.string().min(1).max(32),
  line: z.string().regex(/^[A-Za-z0-9._-]{1,16}$/),
  host: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/),
  port: z.int().min(1).max(65_535),
  /** The name that its certificate must bear. */
  serverName: z.string().regex(/^[A-Za-z0-9.*_-]{1,253}$/),
  networks: z.array(Network).min(1).max(32),
  /** PEM of the authorities that are trusted for it. */
  trustedCa: z.string().regex(/-----BEGIN CERTIFICATE-----/, 'must be a PEM certificate'),
  intervalMs: z.int().min(500).max(600_000).default(5_000),
  timeoutMs: z.int().min(100).max(30_000).default(3_000),
  slowMs: z.int().min(10).max(30_000).default(1_500),
  disabled: z.boolean().default(false),
});
export type EndpointEntry = z.infer<typeof EndpointEntry>;

export type EndpointsConfigured =
  | { readonly kind: 'configured'; readonly count: number }
  | { readonly kind: 'refused'; readonly unknown: readonly string[] };

/** Adds or corrects the endpoints that the prober may reach, all or none. Nobody else can name one; it is audited as done by the machine's own operator. */
export async function configureEndpoints(client: pg.ClientBase, entries: readonly EndpointEntry[]): Promise<EndpointsConfigured> {
  const { rows } = await client.query<{ id: number; code: string }>('select id, code from institution where code = any($1::text[])', [
    entries.map(({ institution }) => institution),
  ]);
  const idOf = new Map(rows.map(({ id, code }) => [code, id]));
  const unknown = [...new Set(entries.map(({ institution }) => institution).filter((code) => !idOf.has(code)))];
  if (unknown.length > 0) return { kind: 'refused', unknown };
  await client.query('begin');
  try {
    for (const one of entries) {
      await client.query(
        `insert into probe_endpoint (institution_id, line, host, port, server_name, allowed_addresses, trusted_ca_pem, interval_ms, timeout_ms, slow_ms, disabled_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11 then clock_timestamp() end)
         on conflict (institution_id, line) do update
         set host = excluded.host, port = excluded.port, server_name = excluded.server_name, allowed_addresses = excluded.allowed_addresses,
           trusted_ca_pem = excluded.trusted_ca_pem, interval_ms = excluded.interval_ms, timeout_ms = excluded.timeout_ms,
           slow_ms = excluded.slow_ms, disabled_at = excluded.disabled_at`,
        [
          idOf.get(one.institution),
          one.line,
          one.host,
          one.port,
          one.serverName,
          one.networks,
          one.trustedCa,
          one.intervalMs,
          one.timeoutMs,
          one.slowMs,
          one.disabled,
        ],
      );
      const { trustedCa: _, ...said } = one;
      await client.query(
        `insert into audit_event (action, subject_type, subject_id, detail) values ('endpoint.configured', 'probe-endpoint', $1, $2)`,
        [`${one.institution} ${one.line}`, JSON.stringify(said)],
      );
    }
    await client.query('commit');
    return { kind: 'configured', count: entries.length };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
