import { createServer } from 'node:http';
import { constants, setPriority } from 'node:os';
import pino from 'pino';
import { environment } from '@/server/environment';
import { startDetector } from './detector';

const { DATABASE_URL, HEADWATER_DETECTOR_PORT, HEADWATER_GATEWAY_HOST } = environment();
const log = pino({ name: 'detector', base: { name: 'detector' } });
try {
  // Going through the past takes a processor for minutes: whoever takes payments in comes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch (error) {
  log.warn({ err: error }, 'the priority could not be lowered');
}
const detector = startDetector({ connectionString: DATABASE_URL, log });
const probes = createServer((request, response) => {
  const { registry } = detector.metrics;
  const answer = (status: number, type: string, body: string) =>
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  if (request.url === '/livez') return answer(200, 'text/plain; charset=utf-8', 'ok\n');
  if (request.url !== '/metrics') return answer(404, 'text/plain; charset=utf-8', 'not found\n');
  registry.metrics().then(
    (text) => answer(200, registry.contentType, text),
    () => answer(500, 'text/plain; charset=utf-8', 'metrics could not be collected\n'),
  );
});
if (HEADWATER_DETECTOR_PORT !== undefined)
  probes.listen(HEADWATER_DETECTOR_PORT, HEADWATER_GATEWAY_HOST, () => log.info({ port: HEADWATER_DETECTOR_PORT }, 'probes listen'));

let leaving = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, async () => {
    if (leaving) return;
    leaving = true;
    log.info({ signal }, 'detector stops');
    // What is uncommitted is rolled back with the connection, and what is not saved is taken again.
    setTimeout(() => process.exit(0), 20_000).unref();
    await detector.stop();
    probes.close();
    process.exit(0);
  });
