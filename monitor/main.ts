import fs from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { environment } from '@/server/environment';
import { Signer } from '@/server/evidence/signing';
import { AccountKeys } from '@/server/identity';
import { startMonitor } from './monitor';
import { probeServer } from './probe-server';

const { DATABASE_URL, HEADWATER_RECEIPT_KEY, HEADWATER_ACCOUNT_KEY, ...settings } = environment();
const { HEADWATER_DATA, HEADWATER_AUDIT_ANCHORS, HEADWATER_MONITOR_PORT, HEADWATER_GATEWAY_HOST } = settings;
const log = pino({ name: 'monitor', base: { name: 'monitor' } });
const anchors = HEADWATER_AUDIT_ANCHORS ?? (HEADWATER_DATA === undefined ? null : path.join(HEADWATER_DATA, 'anchors'));
const signer = new Signer(HEADWATER_RECEIPT_KEY);
const exporting = {
  signer,
  keys: new AccountKeys(HEADWATER_ACCOUNT_KEY),
  verifier: fs.readFileSync(path.join('public', 'verify-export-bundle.mjs')),
  platform: String(JSON.parse(fs.readFileSync('package.json', 'utf8')).version),
};
const monitor = startMonitor({ connectionString: DATABASE_URL, log, sequencing: { signer, anchors }, exporting });
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
