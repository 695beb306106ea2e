import { generateKeyPairSync, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Anchor, anchorFile } from '@/monitor/audit/anchor';
import { sequenceOnce } from '@/monitor/audit/sequence-once';
import { freshDatabase } from '@/server/testing/fresh-database';
import { AUDIT_ROW_COLUMNS, type AuditRow, auditLeafHash } from './audit-leaf';
import { Signer } from './signing';
import { verifyAuditLog } from './verify-audit-log';

const TABLES = ['audit_event', 'audit_leaf', 'audit_node', 'audit_checkpoint'] as const;
const ROWS = 80;
const START = Date.parse('2026-11-23T00:00:00Z');
const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

let db: Awaited<ReturnType<typeof freshDatabase>>;
let client: PoolClient;
let folder: string;
let anchored: string[];
const signer = new Signer(newKey());
const fingerprint = signer.published.fingerprint;

/** The log as somebody meets it who has the database to himself: triggers switched off, and the file outside out of reach. */
beforeAll(async () => {
  db = await freshDatabase({ spread: false });
  client = await db.pool.connect();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-anchor-'));
  const anchor = new Anchor(folder);
  // Seven rows a transaction: they are seen at once, so that checkpoints fall on the same rows at every run.
  for (let n = 1; n <= ROWS; n++) {
    if (n % 7 === 1) await client.query('begin');
    await client.query(
      `insert into audit_event (at, session_id, action, subject_type, subject_id, detail) values ($1, $2, 'case.opened', 'case', $3, $4)`,
      [new Date(START + n * 60_000), randomUUID(), `C-${n}`, { reason: `reason ${n}`, count: n }],
    );
    if (n % 7 !== 0 && n !== ROWS) continue;
    await client.query('commit');
    await sealed(n, { signer, now: new Date(START + n * 60_000 + 1_000) });
    await anchor.catchUp(client);
  }
  const { rows } = await client.query('select id::text as id from audit_tree');
  anchored = fs.readFileSync(anchorFile(folder, rows[0].id), 'utf8').split('\n');
  await client.query('alter table audit_leaf drop constraint audit_leaf_event_id_fkey');
  await client.query('alter table audit_event alter column id drop identity');
  for (const table of TABLES) {
    await client.query(`alter table ${table} disable trigger user`);
    await client.query(`create table kept_${table} as table ${table}`);
  }
});
afterAll(async () => {
  client.release();
  await db.drop();
  fs.rmSync(folder, { recursive: true });
});

/** Until the tree is of that size: other databases of the server have transactions, too, and rows wait for the oldest. */
async function sealed(size: number, options: Parameters<typeof sequenceOnce>[1]): Promise<void> {
  while ((await sequenceOnce(client, options)).size < size);
}

const restored = async () => {
  await client.query(
    `truncate ${TABLES.join(', ')} cascade; ${TABLES.map((table) => `insert into ${table} table kept_${table}`).join('; ')}`,
  );
};
const verified = (anchor: readonly string[] | undefined = anchored) => verifyAuditLog(client, { fingerprint, anchor });

/** The same course at every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

type Roll = ReturnType<typeof dice>;
/** Does it, and says which rows must be named; of several, one is enough. */
type Tampering = (roll: Roll) => Promise<readonly string[]>;
const anyRow = (roll: Roll) => String(1 + roll(ROWS));

const EDITS = [
  `action = action || '.'`,
  `subject_type = 'account'`,
  `subject_id = subject_id || '1'`,
  `session_id = gen_random_uuid()`,
  `session_id = null`,
  `detail = detail || '{"reason": "none"}'`,
  `detail = detail - 'reason'`,
  `detail = jsonb_set(detail, '{count}', '9007199254740993')`,
  `salt = gen_random_uuid()`,
  `xid = '999999'`,
];

const TAMPERINGS: Record<string, Tampering> = {
  edit: async (roll) => {
    const id = anyRow(roll);
    await client.query(`update audit_event set ${EDITS[roll(EDITS.length)]} where id = $1`, [id]);
    return [id];
  },
  'edit with its leaf': async (roll) => {
    const id = anyRow(roll);
    await client.query(`update audit_event set subject_id = 'C-0' where id = $1`, [id]);
    const { rows } = await client.query<AuditRow>(`select ${AUDIT_ROW_COLUMNS} from audit_event e where id = $1`, [id]);
    await client.query('update audit_leaf set leaf_hash = $2 where event_id = $1', [id, Buffer.from(auditLeafHash(rows[0] as AuditRow))]);
    return [id];
  },
  delete: async (roll) => {
    const id = anyRow(roll);
    await client.query('delete from audit_event where id = $1', [id]);
    return [id];
  },
  'delete with its leaf': async (roll) => {
    const id = anyRow(roll);
    await client.query('delete from audit_event where id = $1', [id]);
    await client.query('delete from audit_leaf where event_id = $1', [id]);
    return [id];
  },
  'delete and close the gap': async (roll) => {
    const id = anyRow(roll);
    await client.query('delete from audit_event where id = $1', [id]);
    const { rows } = await client.query('delete from audit_leaf where event_id = $1 returning leaf_index', [id]);
    await client.query('update audit_leaf set leaf_index = -leaf_index where leaf_index > $1', [rows[0].leaf_index]);
    await client.query('update audit_leaf set leaf_index = -leaf_index - 1 where leaf_index < 0');
    return [id];
  },
  reorder: async (roll) => {
    const [one, other] = await twoRows(roll);
    await client.query('update audit_leaf set leaf_index = -leaf_index - 1 where event_id = any($1)', [[one, other]]);
    await client.query(
      `update audit_leaf l set leaf_index = -o.leaf_index - 1 from (select event_id, leaf_index from audit_leaf where leaf_index < 0) o
       where l.leaf_index < 0 and o.event_id <> l.event_id`,
    );
    return [one, other];
  },
  'exchange of numbers': async (roll) => {
    const [one, other] = await twoRows(roll);
    await client.query('update audit_event set id = -$1::bigint where id = $1', [one]);
    await client.query('update audit_event set id = $1 where id = $2', [one, other]);
    await client.query('update audit_event set id = $1 where id = -$2::bigint', [other, one]);
    return [one, other];
  },
  truncation: async (roll) => {
    const from = 1 + roll(ROWS);
    const { rows } = await client.query('delete from audit_leaf where event_id >= $1 returning event_id::text as id, leaf_index', [from]);
    await client.query('delete from audit_event where id >= $1', [from]);
    await client.query('delete from audit_checkpoint where tree_size >= $1', [from]);
    await client.query('delete from audit_node where (node_index + 1) * 2 ^ level >= $1', [from]);
    return rows.map(({ id }) => id);
  },
  'truncation of everything': async () => {
    await client.query(`truncate ${TABLES.join(', ')} cascade`);
    return ['1', String(ROWS)];
  },
  'back-date': async (roll) => {
    const id = anyRow(roll);
    await client.query(`update audit_event set at = at - make_interval(secs => $2) where id = $1`, [id, 1 + roll(1_000_000)]);
    return [id];
  },
  'insert as of then': async (roll) => {
    const like = anyRow(roll);
    await client.query(
      `insert into audit_event (id, at, action, subject_type, subject_id, xid)
       select 1000000, at, 'case.closed', 'case', 'C-1', xid from audit_event where id = $1`,
      [like],
    );
    // With a number so high, the transaction of the last row is the one place where it does not lie behind what is sealed.
    await client.query(`update audit_event set id = 0 where id = 1000000 and $1::int > ${ROWS - (ROWS % 7)}`, [like]);
    return ['1000000', '0'];
  },
};

async function twoRows(roll: Roll): Promise<[string, string]> {
  const one = 1 + roll(ROWS);
  return [String(one), String(1 + ((one + roll(ROWS - 1)) % ROWS))];
}

describe('the verifier of the audit log', () => {
  test('finds nothing in a log that nobody touched, with the file outside and without', async () => {
    await restored();
    expect(await verified()).toEqual({ rows: ROWS, checkpoints: 12, anchored: ROWS, pending: 0, findings: [] });
    expect(await verifyAuditLog(client, { fingerprint })).toMatchObject({ rows: ROWS, anchored: null, findings: [] });
  });

  test('finds each of 1,000 edits, deletes, reorders, truncations and back-dates, and names a row of it', {
    timeout: 280_000,
  }, async () => {
    const kinds = Object.entries(TAMPERINGS);
    const missed: unknown[] = [];
    for (let n = 0; n < 1_000; n++) {
      await restored();
      const [kind, tamper] = kinds[n % kinds.length] as [string, Tampering];
      const rows = await tamper(dice(n));
      const { findings } = await verified();
      if (!findings.some((finding) => finding.rows.some((id) => rows.includes(id)))) missed.push({ n, kind, rows, findings });
    }
    expect(missed).toEqual([]);
  });

  test('without the file outside still finds every one but a truncation that is whole', { timeout: 120_000 }, async () => {
    const kinds = Object.entries(TAMPERINGS).filter(([kind]) => !kind.startsWith('truncation'));
    for (let n = 0; n < 200; n++) {
      await restored();
      const [kind, tamper] = kinds[n % kinds.length] as [string, Tampering];
      await tamper(dice(n));
      const { findings } = await verifyAuditLog(client, { fingerprint });
      expect(findings, `${kind} ${n}`).not.toEqual([]);
    }
  });

  test('does not believe a tree that was grown again under another key', async () => {
    await restored();
    await client.query(`update audit_event set subject_id = 'C-0' where id = 9; truncate audit_leaf, audit_node, audit_checkpoint cascade`);
    await sealed(ROWS, { signer: new Signer(newKey()), now: new Date(START + ROWS * 60_000) });
    const { findings } = await verified();
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['leaf-changed', 'checkpoint-forged']));
    expect(findings.find(({ kind }) => kind === 'leaf-changed')?.rows).toEqual(['9']);
  });

  test('names the rows that checkpoints were taken away from, and a subtree that was changed', async () => {
    await restored();
    await client.query(`delete from audit_checkpoint where tree_size = ${ROWS}`);
    expect((await verified()).findings).toMatchObject([{ kind: 'checkpoint-forged', rows: ['78', '79', '80'] }]);
    await restored();
    await client.query('update audit_node set node_hash = sha256(node_hash) where level = 2 and node_index = 3');
    expect((await verified()).findings).toMatchObject([{ kind: 'subtree-changed' }]);
  });

  test('finds a row that was written long after the time it states', async () => {
    await restored();
    await client.query(
      `insert into audit_event (id, at, action, subject_type, subject_id) values (1000, $1, 'case.closed', 'case', 'C-1')`,
      [new Date(START)],
    );
    await sealed(ROWS + 1, { signer, now: new Date(START + ROWS * 120_000) });
    expect((await verified()).findings).toMatchObject([{ kind: 'back-dated', rows: ['1000'] }]);
  });

  test('does not believe a file outside that was changed', async () => {
    await restored();
    const changed = anchored.map((line, n) => (n === 3 ? line.replace(/"(\d+) [0-9a-f]{2}/, '"$1 00') : line));
    expect((await verified(changed)).findings).toMatchObject([{ kind: 'anchor-damaged' }]);
  });
});
