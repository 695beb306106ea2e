import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Feed } from './lines';
import { type Answer, PostConnections } from './post';
import { Receipt } from './receipt';
import { contentDigest, signRequest } from './signature';

const compressed = promisify(gzip);
const NDJSON = 'application/x-ndjson';

/** A body as it is sent, and its digest. */
type PreparedBody = { readonly bytes: Uint8Array; readonly digest: string };

export type SenderOptions = {
  /** For instance http://127.0.0.1:7070 */
  readonly gatewayUrl: string;
  readonly keyId: string;
  /** PKCS 8, PEM, as `createKey` hands it out. */
  readonly privateKey: string | KeyObject;
  readonly gzip?: boolean;
  /** Attempts at one batch before its outcome is given back as unknown; default 8. */
  readonly attemptsMax?: number;
  readonly backoffFirstMs?: number;
  readonly backoffMaxMs?: number;
  /** Without any answer for so long, an attempt is given up; default 60 s. */
  readonly timeoutMs?: number;
};

export type SendOutcome =
  | {
      readonly kind: 'receipt';
      readonly receipt: Receipt;
      readonly receiptText: string;
      /** The gateway had it from before: of an earlier run, or of an attempt of this one whose answer was lost. */
      readonly earlier: boolean;
      readonly attempts: number;
    }
  /** The gateway said no to the whole request; sending the same again is of no use. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly detail: string; readonly attempts: number }
  /** No answer: the batch may be stored or not. Send it again under the same batch id. */
  | { readonly kind: 'unknown'; readonly detail: string; readonly attempts: number };

export type SendInput = {
  /** Keep it with the lines until a receipt is there: the same id makes a retry harmless. Made up where left out. */
  readonly batchId?: string;
  readonly signal?: AbortSignal;
};

/** Speaks the public feed as an institution does: signs, sends, and retries under the same batch id until it has a receipt. */
export class FeedSender {
  readonly #options: SenderOptions;
  readonly #privateKey: KeyObject;
  readonly #connections: PostConnections;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#privateKey = typeof options.privateKey === 'string' ? createPrivateKey(options.privateKey) : options.privateKey;
    this.#connections = new PostConnections(options.gatewayUrl, options.timeoutMs ?? 60_000);
  }

  /** One batch of NDJSON lines (without line ends; at most 200,000). */
  async send(feed: Exclude<Feed, 'iso20022'>, lines: readonly string[], input: SendInput = {}): Promise<SendOutcome> {
    return await this.sendBody({ path: `/v1/${feed}`, contentType: NDJSON, body: bodyOf(lines), ...input });
  }

  /**
   * Any number of lines, in batches, one after the other; batch n has the id `${batchId}-${n}`. While one is under way the next is made
   * ready, so lines are taken up to a batch ahead. Ends early after an outcome without receipt.
   */
  async *sendAll(
    feed: Exclude<Feed, 'iso20022'>,
    lines: AsyncIterable<string> | Iterable<string>,
    input: SendInput & { readonly linesPerBatch?: number } = {},
  ): AsyncGenerator<SendOutcome & { readonly batchId: string; readonly lines: number }> {
    const prefix = input.batchId ?? randomUUID();
    let number = 0;
    let underWay: Promise<SendOutcome & { readonly batchId: string; readonly lines: number }> | undefined;
    for await (const batch of batches(lines, input.linesPerBatch ?? 20_000)) {
      const body = await this.#prepared(bodyOf(batch));
      if (underWay) {
        const outcome = await underWay;
        yield outcome;
        if (outcome.kind !== 'receipt') return;
      }
      const batchId = `${prefix}-${++number}`;
      const sent = { batchId, lines: batch.length };
      underWay = this.#sendPrepared({ path: `/v1/${feed}`, contentType: NDJSON, ...input, body, batchId }).then((outcome) => ({
        ...outcome,
        ...sent,
      }));
      // Looked at when the next batch is ready; until then its failure is nobody's.
      underWay.catch(() => undefined);
    }
    if (underWay) yield await underWay;
  }

  /** One ISO 20022 document. `profile` asks for a usage guideline's rules on top of the schema's. */
  async sendMessage(xml: Uint8Array | string, input: SendInput & { readonly profile?: string } = {}): Promise<SendOutcome> {
    const path = input.profile ? `/v1/iso20022?profile=${encodeURIComponent(input.profile)}` : '/v1/iso20022';
    return await this.sendBody({ path, contentType: 'application/xml', body: Buffer.from(xml), ...input });
  }

  /** Any body to any path of the gateway, with signature and retries. */
  async sendBody(
    input: SendInput & { readonly path: string; readonly contentType: string; readonly body: Uint8Array },
  ): Promise<SendOutcome> {
    return await this.#sendPrepared({ ...input, body: await this.#prepared(input.body) });
  }

  close(): void {
    this.#connections.close();
  }

  async #prepared(body: Uint8Array): Promise<PreparedBody> {
    const bytes = this.#options.gzip ? await compressed(body, { level: 1 }) : body;
    return { bytes, digest: contentDigest(bytes) };
  }

  async #sendPrepared(
    input: SendInput & { readonly path: string; readonly contentType: string; readonly body: PreparedBody },
  ): Promise<SendOutcome> {
    const batchId = input.batchId ?? randomUUID();
    const attemptsMax = this.#options.attemptsMax ?? 8;
    let detail = '';
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const answer = await this.#attempt({ ...input, batchId });
      if (!isTransient(answer)) return concluded(answer, attempt);
      detail = 'fault' in answer ? answer.fault : `${answer.status} ${faultOf(answer.body).detail}`;
      if (input.signal?.aborted) return { kind: 'unknown', detail: 'given up by the caller', attempts: attempt };
      if (attempt < attemptsMax) await this.#backOff(attempt, 'fault' in answer ? undefined : answer.retryAfterSeconds, input.signal);
    }
    return { kind: 'unknown', detail, attempts: attemptsMax };
  }

  async #attempt(input: {
    readonly path: string;
    readonly contentType: string;
    readonly body: PreparedBody;
    readonly batchId: string;
    readonly signal?: AbortSignal;
  }): Promise<Answer> {
    const { path, body, batchId } = input;
    const signed = signRequest({ method: 'POST', path, body, batchId, keyId: this.#options.keyId, privateKey: this.#privateKey });
    const headers = { ...signed, 'content-type': input.contentType, ...(this.#options.gzip ? { 'content-encoding': 'gzip' } : {}) };
    return await this.#connections.post({ path, headers, body: body.bytes, signal: input.signal });
  }

  /** Doubles up to the maximum, never earlier than the gateway asks, and spread so that many senders do not return at once. */
  async #backOff(attempt: number, retryAfterSeconds: number | undefined, signal: AbortSignal | undefined): Promise<void> {
    const exponentialMs = Math.min(this.#options.backoffMaxMs ?? 30_000, (this.#options.backoffFirstMs ?? 200) * 2 ** (attempt - 1));
    const spreadMs = exponentialMs * (0.5 + Math.random() / 2);
    await wait(Math.max(spreadMs, (retryAfterSeconds ?? 0) * 1_000), undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

function bodyOf(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\n')}\n`);
}

async function* batches(lines: AsyncIterable<string> | Iterable<string>, linesPerBatch: number): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < linesPerBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

function isTransient(answer: Answer): boolean {
  return 'fault' in answer || TRANSIENT.has(answer.status);
}

function concluded(answer: Answer, attempts: number): SendOutcome {
  if ('fault' in answer) return { kind: 'unknown', detail: answer.fault, attempts };
  if (answer.status !== 200) return { kind: 'refused', status: answer.status, ...faultOf(answer.body), attempts };
  return { kind: 'receipt', receipt: Receipt.parse(JSON.parse(answer.body)), receiptText: answer.body, earlier: answer.earlier, attempts };
}

/** A refusal of the gateway's own, or of something in between that answers in its own way. */
function faultOf(body: string): { reason: string; detail: string } {
  try {
    const { reason, detail } = JSON.parse(body) as { reason?: unknown; detail?: unknown };
    if (typeof reason === 'string') return { reason, detail: typeof detail === 'string' ? detail : reason };
  } catch {
    // Not JSON: somebody else than the gateway answered.
  }
  return { reason: 'unexpected-answer', detail: body.slice(0, 200) };
}
