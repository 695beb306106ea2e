import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import pg from 'pg';
import type { Logger } from 'pino';
import { AccountKeys } from '@/server/identity';
import { Sealing } from '@/server/sealing';
import { ASKS_FOR_CITUS, Spread } from '@/server/spread';
import { FEEDS, type Feed } from '../feed/lines';
import { EARLIER_RECEIPT, keyFingerprint } from '../feed/receipt';
import type { MessageFormat } from '../formats/message-format';
import { Admission, type AdmissionLimits } from '../pipeline/admission';
import { InstitutionRegister } from '../pipeline/institution-register';
import type { Intake } from '../pipeline/intake';
import { KnownAccounts } from '../pipeline/known-accounts';
import { sweepNonces } from '../pipeline/nonces';
import { Partitions } from '../pipeline/partitions';
import { sealOpenMessages } from '../pipeline/raw-messages';
import { notNow } from '../pipeline/request-refused';
import { takeDelivery } from '../pipeline/take-delivery';
import { answerFault } from './answer-fault';
import { Capacity } from './capacity';
import { GatewayMetrics } from './metrics';
import { openApi } from './open-api';

export type GatewayOptions = {
  readonly databaseUrl: string;
  readonly accountKey: string;
  /** Ed25519, PKCS 8, DER, base64. */
  readonly receiptKey: string;
  readonly messageFormat: MessageFormat;
  readonly log: Logger;
  readonly admission?: Partial<AdmissionLimits>;
  readonly diskPath?: string | undefined;
  readonly diskFloorBytes?: number;
  readonly memoryMaxBytes?: number;
};

export type Gateway = {
  readonly app: FastifyInstance;
  readonly metrics: GatewayMetrics;
  /** Takes no more, lets what is under way end (at most `drainMs`), then closes. */
  readonly close: (drainMs?: number) => Promise<void>;
};

const ADMISSION: AdmissionLimits = { workingMax: 4, workingOfOneMax: 3, waitingMax: 256, waitMs: 10_000 };

/** The gateway as an HTTP server that does not listen yet. */
export function createGateway(options: GatewayOptions): Gateway {
  const limits = { ...ADMISSION, ...options.admission };
  const receiptKey = createPrivateKey({ key: Buffer.from(options.receiptKey, 'base64'), format: 'der', type: 'pkcs8' });
  // Each working request holds one connection; the rest are for partitions, the register and the nonces, so that nobody waits for himself.
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: limits.workingMax + 4,
    application_name: 'headwater-gateway',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', (error) => options.log.warn({ fault: error.message }, 'an idle database connection was lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  const metrics = new GatewayMetrics();
  const intake: Intake = {
    pool,
    register: new InstitutionRegister(pool),
    admission: new Admission(limits),
    accounts: new KnownAccounts(new AccountKeys(options.accountKey)),
    sealing: new Sealing(options.accountKey, 'message cipher'),
    partitions: new Partitions(pool),
    spread: new Spread(async (client: pg.ClientBase) => (await client.query<{ spread: boolean }>(ASKS_FOR_CITUS)).rows[0]),
    receiptKey,
    messageFormat: options.messageFormat,
    onTaken: (feed, tally) => metrics.countTaken(feed, tally),
  };
  const capacity = new Capacity({
    diskPath: options.diskPath,
    diskFloorBytes: options.diskFloorBytes ?? 0,
    memoryMaxBytes: options.memoryMaxBytes ?? Number.POSITIVE_INFINITY,
  });
  const state = { draining: false };
  metrics.watch({ working: () => intake.admission.working, waiting: () => intake.admission.waiting, capacity });

  const app = Fastify({
    bodyLimit: Number.MAX_SAFE_INTEGER,
    requestTimeout: 300_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false },
  });
  // Bodies are handed on as streams, whatever their type: the steps read them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.setErrorHandler((error, _request, reply) => answer(reply, error, options.log));
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ reason: 'no-such-path', detail: 'GET /openapi.json lists the paths.' }),
  );
  for (const feed of FEEDS) {
    app.post(`/v1/${feed}`, async (request, reply) => {
      const done = metrics.startRequest(feed);
      reply.raw.on('close', () => done(reply.statusCode));
      // What no step has read of the body is read away, or the next request on this connection would never be seen.
      reply.raw.on('finish', () => request.raw.resume());
      if (state.draining) throw notNow('draining', 'The gateway is closing; another one or its successor will answer.', 2);
      await capacity.measure();
      capacity.mustSuffice(intake.admission.working);
      const { receipt, earlier } = await takeDelivery(intake, feedRequest(request, feed));
      // Beside the receipt and not in it: the receipt is the same, byte for byte, however often it is asked for.
      if (earlier) reply.header(EARLIER_RECEIPT, 'true');
      return reply.type('application/json; charset=utf-8').send(receipt);
    });
  }
  app.addHook('onListen', async () => {
    // Beside the requests; where the database is away now, the next start goes on.
    sealOpenMessages(pool, intake.sealing).catch((error) => options.log.warn({ fault: error.message }, 'open messages are not sealed yet'));
  });
  routeHealth(app, intake, capacity, receiptKey, state);

  const sweeper = setInterval(() => void sweepNonces(pool).catch(() => undefined), 60_000).unref();
  return {
    app,
    metrics,
    close: async (drainMs = 20_000) => {
      state.draining = true;
      clearInterval(sweeper);
      capacity.close();
      const until = Date.now() + drainMs;
      while (intake.admission.working + intake.admission.waiting > 0 && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 25));
      app.server.closeAllConnections();
      await app.close();
      await pool.end();
    },
  };
}

function feedRequest(request: FastifyRequest, feed: Feed) {
  return { feed, method: request.method, path: request.url, headers: request.headers, body: request.raw };
}

function answer(reply: FastifyReply, error: unknown, log: Logger) {
  const { status, retryAfterSeconds, body, unexpected } = answerFault(error);
  if (unexpected)
    log.error({ fault: error instanceof Error ? error.message : String(error), status }, 'a request was not answered as asked');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

function routeHealth(app: FastifyInstance, intake: Intake, capacity: Capacity, receiptKey: KeyObject, state: { draining: boolean }): void {
  const publicKey = createPublicKey(receiptKey);
  const receiptKeyAnswer = {
    fingerprint: keyFingerprint(publicKey),
    algorithm: 'ed25519',
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
  app.get('/v1/receipt-key', async () => receiptKeyAnswer);
  app.get('/openapi.json', async () => openApi());
  app.get('/livez', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const faults: string[] = [];
    if (state.draining) faults.push('draining');
    if (capacity.diskIsLow) faults.push('disk-low');
    await intake.register.freshen().catch(() => faults.push('database-unavailable'));
    return reply.code(faults.length > 0 ? 503 : 200).send({ ok: faults.length === 0, faults });
  });
}
