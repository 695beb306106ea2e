import 'server-only';
import type { ClientBase } from 'pg';
import type { AuditFinding, AuditVerdict } from '@/domain/evidence/audit-finding';
import type { Checkpoint } from '@/domain/evidence/audit-tree';
import { MerkleEdge, type Node } from '@/domain/evidence/merkle-tree';
import { type AnchoredRow, anchoredRows } from './anchored-rows';
import { auditLeafHash } from './audit-leaf';
import { type LeafRow, leafRows, lostAndPending, storedCheckpoints, storedNodes } from './audit-log-rows';
import { readCheckpoint } from './checkpoint';
import { sha256Bytes } from './sha256';

/** A row is numbered within seconds of its transaction; one that is so much older than the checkpoint before it was written later than it says. */
const BACK_DATED_MS = 600_000;

type Question = { readonly fingerprint: string; readonly anchor?: AsyncIterable<string> | Iterable<string> | undefined };

/**
 * Walks the whole log: every row against its leaf, every leaf against what was signed, inside the database and outside it. `client` is in
 * no transaction; one snapshot serves the walk, and nothing is written.
 */
export async function verifyAuditLog(client: ClientBase, { fingerprint, anchor }: Question): Promise<AuditVerdict> {
  const findings: AuditFinding[] = [];
  const report = (finding: AuditFinding) => void findings.push(finding);
  // What was anchored before the snapshot is in it.
  const lines = anchor === undefined ? undefined : await collected(anchor);
  await client.query('begin isolation level repeatable read read only');
  try {
    const walk = new Walk(client, fingerprint, report);
    const outside = lines && anchoredRows(lines, { fingerprint, report });
    const walked = await walk.all(outside);
    const { slipped, pending } = await lostAndPending(client, walk.last);
    for (const id of slipped) report({ kind: 'slipped-in', rows: [id], says: `row ${id} was put in behind rows that are sealed` });
    return { ...walked, pending, findings };
  } finally {
    await client.query('rollback');
  }
}

type Place = {
  readonly row: LeafRow | undefined;
  readonly vouched: AnchoredRow | undefined;
  /** Nothing follows inside the database. */
  readonly isEnd: boolean;
  /** When the checkpoint that covers the row was signed. */
  readonly signedMs: number | null;
};

class Walk {
  readonly #edge = new MerkleEdge(sha256Bytes);
  readonly #finished: Node[] = [];
  /** Rows since the last checkpoint that held, and whether one of them is reported already. */
  #span: string[] = [];
  #reported = false;
  #before: Checkpoint | null = null;
  #lost = false;
  last: { xid: string; id: string } = { xid: '0', id: '0' };

  constructor(
    readonly client: ClientBase,
    readonly fingerprint: string,
    readonly report: (finding: AuditFinding) => void,
  ) {}

  async all(outside: AsyncGenerator<AnchoredRow> | undefined) {
    const checkpoints = storedCheckpoints(this.client);
    let next = (await checkpoints.next()).value;
    let [checked, anchored, index] = [0, 0, 0];
    const inside = leafRows(this.client);
    let row = (await inside.next()).value;
    for (; ; index++) {
      const vouched = (await outside?.next())?.value as AnchoredRow | undefined;
      if (!row && !vouched) break;
      if (vouched) anchored++;
      const mine = row?.index === index ? row : undefined;
      if (row && !mine && !vouched) {
        this.#say('deleted', [], `leaves ${index} to ${row.index - 1} are missing`);
        this.#lost = true;
        index = row.index - 1;
        while (next && next.size <= row.index) next = (await checkpoints.next()).value;
        continue;
      }
      this.#leaf(index, { row: mine, vouched, isEnd: !row, signedMs: next ? Date.parse(next.at) : null });
      if (next && next.size === index + 1) {
        this.#checkpoint(next);
        checked++;
        next = (await checkpoints.next()).value;
      }
      if (mine) row = (await inside.next()).value;
      if (this.#finished.length >= 5_000) await this.#nodes();
    }
    await this.#nodes();
    if (next) this.#say('cut-off', [], `rows are missing at the end: ${next.size} were signed, and ${index} are there`);
    else if (this.#span.length > 0 && !this.#reported)
      this.#say(
        'checkpoint-forged',
        this.#span,
        `checkpoints are missing at the end: the last ${this.#span.length} rows are not signed for`,
      );
    return { rows: index, checkpoints: checked, anchored: outside ? anchored : null };
  }

  #leaf(index: number, { row, vouched, isEnd, signedMs }: Place): void {
    const id = row?.eventId ?? vouched?.id;
    if (id !== undefined) this.#span.push(id);
    if (row) this.#row(row, signedMs);
    else if (id) this.#say(isEnd ? 'cut-off' : 'deleted', [id], `leaf ${index} is missing, and with it row ${id}`);
    const isReplaced = row && vouched && !row.hash.equals(vouched.hash);
    // Where the row itself is found changed, that says it all.
    if (isReplaced && (!row.event || Buffer.from(auditLeafHash(row.event)).equals(row.hash)))
      this.#say(
        row.eventId === vouched.id ? 'leaf-changed' : 'moved',
        [...new Set([row.eventId, vouched.id])],
        `row ${row.eventId} stands where row ${vouched.id} was sealed, or with other content`,
      );
    const sealed = vouched?.hash ?? row?.hash;
    if (sealed) this.#finished.push(...this.#edge.append(sealed));
  }

  #row(row: LeafRow, signedMs: number | null): void {
    const { event, eventId } = row;
    if (!event) {
      this.#say('deleted', [eventId], `row ${eventId} is gone`);
      return;
    }
    if (!Buffer.from(auditLeafHash(event)).equals(row.hash)) {
      this.#say('changed', [eventId], `row ${eventId} is not what was sealed: it was changed`);
      return;
    }
    if (!isAfter({ xid: row.xid, id: eventId }, this.last) || event.xid !== row.xid)
      this.#say('moved', [eventId], `row ${eventId} does not stand in the order of its transaction`);
    else this.last = { xid: row.xid, id: eventId };
    const atMs = Date.parse(event.at);
    if (this.#before && atMs < Date.parse(this.#before.at) - BACK_DATED_MS)
      this.#say('back-dated', [eventId], `row ${eventId} says ${event.at}, and was written after ${this.#before.at}`);
    if (signedMs !== null && atMs > signedMs + BACK_DATED_MS)
      this.#say('back-dated', [eventId], `row ${eventId} says ${event.at}, and had been sealed before`);
  }

  #checkpoint({ size, document, root, at }: { size: number; document: string; root: string; at: string }): void {
    const signed = readCheckpoint(document, this.fingerprint);
    const isItself = signed && signed.size === size && signed.root === root && Date.parse(signed.at) === Date.parse(at);
    if (!isItself) this.#say('checkpoint-forged', [], `the checkpoint of ${size} rows is not what the platform signed`);
    else if (this.#before && signed.at < this.#before.at)
      this.#say('checkpoint-forged', [], `the checkpoint of ${size} rows is older than the one before it`);
    const comesTo = Buffer.from(this.#edge.root()).toString('hex');
    if (isItself && !this.#lost && comesTo !== signed.root) {
      if (!this.#reported)
        this.report({
          kind: 'root-differs',
          rows: this.#span,
          says: `rows up to leaf ${size - 1} are not what the checkpoint of ${size} rows signed`,
        });
      // Every later root differs with it, and would say nothing new.
      this.#lost = true;
    }
    if (signed) this.#before = signed;
    this.#span = [];
    this.#reported = false;
  }

  async #nodes(): Promise<void> {
    const nodes = this.#finished.splice(0);
    const stored = await storedNodes(this.client, nodes);
    if (this.#lost) return;
    for (const [n, node] of nodes.entries())
      if (!stored[n]?.equals(node.hash))
        this.#say('subtree-changed', [], `subtree ${node.level}:${node.index} is not what its leaves come to`);
  }

  #say(kind: AuditFinding['kind'], rows: readonly string[], says: string): void {
    this.#reported = true;
    this.report({ kind, rows, says });
  }
}

function isAfter(one: { xid: string; id: string }, other: { xid: string; id: string }): boolean {
  const [a, b] = [BigInt(one.xid), BigInt(other.xid)];
  return a > b || (a === b && BigInt(one.id) > BigInt(other.id));
}

async function collected(lines: AsyncIterable<string> | Iterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
