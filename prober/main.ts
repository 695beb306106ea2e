import { readFileSync } from 'node:fs';
import pino from 'pino';
import { environment } from '@/server/environment';
import { startProber } from './prober';

const log = pino({ name: 'prober', base: { name: 'prober' } });
// What the prober shows of itself: without both files mutual TLS is not measured.
const { HEADWATER_PROBER_CERTIFICATE_FILE: certificate, HEADWATER_PROBER_KEY_FILE: key } = process.env;
const credentials = certificate && key ? { certificatePem: readFileSync(certificate, 'utf8'), keyPem: readFileSync(key, 'utf8') } : null;
const prober = startProber({ connectionString: environment().DATABASE_URL, credentials, log });

let leaving = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, async () => {
    if (leaving) return;
    leaving = true;
    log.info({ signal }, 'prober stops');
    setTimeout(() => process.exit(0), 20_000).unref();
    await prober.stop();
    process.exit(0);
  });
