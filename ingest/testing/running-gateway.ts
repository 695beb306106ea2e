import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import pino from 'pino';
import { createKey, type KeyScope } from '@/server/commands/feed/create-key';
import { freshDatabase } from '@/server/testing/fresh-database';
import { FeedSender, type SenderOptions } from '../feed/sender';
import { iso20022 } from '../formats/iso20022/format';
import { createGateway, type Gateway, type GatewayOptions } from '../http/gateway';

export type RunningGateway = {
  readonly url: string;
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly gateway: Gateway;
  readonly key: (institution: string, scopes?: readonly KeyScope[]) => Promise<{ keyId: string; privateKey: string }>;
  readonly sender: (institution: string, options?: Partial<SenderOptions>) => Promise<FeedSender>;
  readonly end: () => Promise<void>;
};

/** A gateway on a port of its own over a fresh database with a few institutions: one for each test file. */
export async function runningGateway(options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  const database = await freshDatabase();
  await database.pool.query(
    `insert into institution (code, kind, category, status, name_zh, name_en, short_zh, short_en, bic) values
       ('BANK-A', 'bank', 'state', 'live', '甲银行', 'Bank A', '甲', 'A', 'HWABCNBJXXX'),
       ('BANK-B', 'bank', 'joint', 'live', '乙银行', 'Bank B', '乙', 'B', 'HWBBCNSHXXX'),
       ('BANK-C', 'bank', 'city', 'live', '丙银行', 'Bank C', '丙', 'C', null),
       ('BANK-X', 'bank', 'city', 'suspended', '停业银行', 'Bank X', '停', 'X', null),
       ('PAY-A', 'payment', 'payment', 'live', '甲支付', 'Pay A', '甲付', 'PA', null),
       ('CLEAR', 'clearing', 'clearing', 'live', '清算所', 'Clearing', '清算', 'CL', null)`,
  );
  const { privateKey } = generateKeyPairSync('ed25519');
  const gateway = createGateway({
    databaseUrl: database.url,
    accountKey: randomBytes(32).toString('base64'),
    receiptKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    messageFormat: iso20022,
    log: pino({ level: 'silent' }),
    ...options,
  });
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(gateway.app.server.address() as AddressInfo).port}`;
  const senders: FeedSender[] = [];
  const keys = new Map<string, Promise<{ keyId: string; privateKey: string }>>();

  async function key(institution: string, scopes?: readonly KeyScope[]) {
    const client = await database.pool.connect();
    try {
      const made = await createKey(client, { institution, ...(scopes ? { scopes } : {}) });
      if (made.kind !== 'created') throw new Error(made.reason);
      return { keyId: made.keyId, privateKey: made.privateKeyPem };
    } finally {
      client.release();
    }
  }
  return {
    url,
    databaseUrl: database.url,
    pool: database.pool,
    gateway,
    key,
    sender: async (institution, senderOptions = {}) => {
      const held = keys.get(institution) ?? key(institution);
      keys.set(institution, held);
      const sender = new FeedSender({ gatewayUrl: url, ...(await held), backoffFirstMs: 20, ...senderOptions });
      senders.push(sender);
      return sender;
    },
    end: async () => {
      for (const sender of senders) sender.close();
      await gateway.close(2_000);
      await database.drop();
    },
  };
}
