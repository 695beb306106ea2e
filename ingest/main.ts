import http from 'node:http';
import pino from 'pino';
import { environment } from '@/server/environment';
import { iso20022 } from './formats/iso20022/format';
import { createGateway, type Gateway } from './http/gateway';
import { settings } from './settings';

/** The gateway as a process: the only door for feeds. */
async function main(): Promise<void> {
  const configured = environment();
  const own = settings();
  const log = pino({ level: own.HEADWATER_LOG_LEVEL, base: { process: 'gateway' } });
  const gateway = createGateway({
    databaseUrl: configured.DATABASE_URL,
    accountKey: configured.HEADWATER_ACCOUNT_KEY,
    receiptKey: configured.HEADWATER_RECEIPT_KEY,
    messageFormat: iso20022,
    log,
    admission: { workingMax: own.HEADWATER_GATEWAY_WORKING },
    diskPath: own.HEADWATER_DISK_PATH,
    diskFloorBytes: own.HEADWATER_DISK_FLOOR_MB * 1024 * 1024,
    memoryMaxBytes: own.HEADWATER_GATEWAY_MEMORY_MB * 1024 * 1024,
  });
  const metricsPort = configured.HEADWATER_METRICS_PORT;
  if (metricsPort === undefined)
    gateway.app.get('/metrics', async (_request, reply) =>
      reply.type(gateway.metrics.registry.contentType).send(await gateway.metrics.registry.metrics()),
    );
  else serveMetrics(gateway, metricsPort);

  const { HEADWATER_GATEWAY_HOST: host, HEADWATER_GATEWAY_PORT: port } = configured;
  const address = await gateway.app.listen({ host, port });
  console.log(`The gateway listens on ${address}`);
  endOnSignal(gateway, log);
}

function serveMetrics(gateway: Gateway, port: number): void {
  const server = http.createServer(async (_request, response) => {
    response.setHeader('content-type', gateway.metrics.registry.contentType);
    response.end(await gateway.metrics.registry.metrics());
  });
  server.on('error', (error) => fail(error));
  server.listen(port, '127.0.0.1').unref();
}

function endOnSignal(gateway: Gateway, log: pino.Logger): void {
  let ending = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      log.info('closing');
      gateway.close(20_000).then(() => process.exit(0), fail);
    });
  }
}

function fail(error: unknown): void {
  const { code, message, port } = error as { code?: string; message: string; port?: number };
  console.error(
    code === 'EADDRINUSE' ? `Port ${port ?? ''} is in use by another process: set HEADWATER_GATEWAY_PORT, or end that process.` : message,
  );
  process.exit(1);
}

main().catch(fail);
