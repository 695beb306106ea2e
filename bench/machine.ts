import os from 'node:os';
import type { Bench } from './open-bench';

/** One line on what the figures were measured with. */
export async function machine({ pool }: Bench): Promise<string> {
  const { rows } = await pool.query(
    "select current_setting('server_version') as version, current_setting('shared_buffers') as buffers, current_setting('synchronous_commit') as sync",
  );
  const { version, buffers, sync } = rows[0] as { version: string; buffers: string; sync: string };
  const cpu = os.cpus()[0]?.model ?? process.arch;
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GB`;
  return [
    `machine: ${os.cpus().length} × ${cpu}, ${memory} memory, ${os.type()} ${os.release()}`,
    `Node ${process.versions.node}, PostgreSQL ${version} (shared_buffers ${buffers}, synchronous_commit ${sync}), all on this machine`,
    `${new Date().toISOString().slice(0, 10)}, load before: ${os.loadavg()[0]?.toFixed(1)}`,
  ].join('\n');
}
