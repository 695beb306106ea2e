import type { ClientBase, Pool } from 'pg';
import * as z from 'zod';
import type { Endpoint } from './probe';

const Row = z.object({
  id: z.int(),
  institutionId: z.int(),
  line: z.string(),
  host: z.string(),
  port: z.int(),
  serverName: z.string(),
  allowedAddresses: z.array(z.string()),
  trustedCaPem: z.string(),
  intervalMs: z.int(),
  timeoutMs: z.int(),
  slowMs: z.int(),
});
export type ConfiguredEndpoint = Endpoint & {
  readonly id: number;
  readonly institutionId: number;
  readonly line: string;
  readonly intervalMs: number;
};

/** The endpoints that are to be probed: there is no other way to name one. */
export async function configuredEndpoints(on: ClientBase | Pool): Promise<ConfiguredEndpoint[]> {
  const { rows } = await on.query(
    `select id, institution_id as "institutionId", line, host, port, server_name as "serverName", allowed_addresses as "allowedAddresses",
       trusted_ca_pem as "trustedCaPem", interval_ms as "intervalMs", timeout_ms as "timeoutMs", slow_ms as "slowMs"
     from probe_endpoint
     where disabled_at is null
     order by id`,
  );
  return z.array(Row).parse(rows);
}
