import pino from 'pino';
import { environment } from '@/server/environment';
import { startMonitor } from './monitor';
import { probeServer } from './probe-server';

const { DATABASE_URL, HEADWATER_MONITOR_PORT, HEADWATER_GATEWAY_HOST } = environment();
const log = pino({ name: 'monitor', base: { name: 'monitor' } });
const monitor = startMonitor({ connectionString: DATABASE_URL, log });
const probes = HEADWATER_MONITOR_PORT === undefined ? null : probeServer(monitor);
probes?.listen(HEADWATER_MONITOR_PORT, HEADWATER_GATEWAY_HOST, () => log.info({ port: HEADWATER_MONITOR_PORT }, 'probes listen'));

let leaving = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, async () => {
    if (leaving) return;
    leaving = true;
    log.info({ signal }, 'monitor stops');
    // A database that does not answer must not keep the process: what is uncommitted is rolled back with the connection.
    setTimeout(() => process.exit(0), 20_000).unref();
    await monitor.stop();
    probes?.close();
    process.exit(0);
  });
