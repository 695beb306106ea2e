import { createHash } from 'node:crypto';
import type { Feed } from '@/ingest/feed/lines';
import { FeedSender } from '@/ingest/feed/sender';
import { CLEARING_CODE } from './country';
import { pause } from './pause';
import type { Settings } from './settings';

export type LineFeed = Exclude<Feed, 'iso20022'>;
const REFUSED_PAUSE_MS = 5_000;
type Report = (sentence: string) => void;

/** Sends as any institution of the country. Nothing is given up before it is acknowledged, except on the way out. */
export class Outbox {
  readonly #settings: Pick<Settings, 'gatewayUrl' | 'keys'>;
  readonly #report: Report;
  readonly #signal: AbortSignal;
  readonly #senders = new Map<string, FeedSender>();
  readonly #complaints = new Map<string, number>();
  accepted = 0;
  duplicate = 0;
  refused = 0;

  constructor(input: { settings: Pick<Settings, 'gatewayUrl' | 'keys'>; signal: AbortSignal; report: Report }) {
    this.#settings = input.settings;
    this.#signal = input.signal;
    this.#report = input.report;
  }

  /** True once a receipt is there; false where the run ends first or the gateway takes no such request, which is reported. */
  async send(institution: string, feed: LineFeed, lines: readonly string[]): Promise<boolean> {
    if (lines.length === 0) return true;
    const sender = this.#senderOf(institution);
    if (!sender) return false;
    // The id follows from the content: whatever is sent again, after whatever interruption, is the same batch.
    const digest = createHash('sha256').update(feed);
    for (const line of lines) digest.update(line).update('\n');
    const batchId = `sim-${digest.digest('hex').slice(0, 32)}`;
    while (!this.#signal.aborted) {
      const outcome = await sender.send(feed, lines, { batchId, signal: this.#signal });
      if (outcome.kind === 'receipt') {
        this.accepted += outcome.receipt.accepted;
        this.duplicate += outcome.receipt.duplicate;
        this.refused += outcome.receipt.refused;
        const first = outcome.receipt.refusals[0];
        if (first)
          this.#complain(
            `${feed}:${first.reason}`,
            `${outcome.receipt.refused} of ${lines.length} ${feed} lines of ${institution} were refused: ${first.reason} (${first.detail})`,
          );
        return true;
      }
      if (outcome.kind === 'refused') {
        this.#complain(
          `${feed}:${outcome.reason}`,
          `The gateway refused ${feed} of ${institution}: ${outcome.status} ${outcome.reason} (${outcome.detail})`,
        );
        // Payments are never left out: keys may be issued anew, clocks set right.
        if (institution !== CLEARING_CODE) return false;
        await pause(REFUSED_PAUSE_MS, this.#signal);
        continue;
      }
      if (!this.#signal.aborted) this.#report(`The gateway does not answer (${outcome.detail}); trying again.`);
    }
    return false;
  }

  close(): void {
    for (const sender of this.#senders.values()) sender.close();
  }

  #senderOf(institution: string): FeedSender | undefined {
    const known = this.#senders.get(institution);
    if (known) return known;
    const key = this.#settings.keys[institution];
    if (!key) {
      this.#complain(`key:${institution}`, `There is no key for ${institution}: what it would report is left out.`);
      return undefined;
    }
    const sender = new FeedSender({
      gatewayUrl: this.#settings.gatewayUrl,
      keyId: key.keyId,
      privateKey: key.privateKeyPem,
      backoffMaxMs: 3_000,
    });
    this.#senders.set(institution, sender);
    return sender;
  }

  /** The same trouble is told the first time, then at every hundredth. */
  #complain(kind: string, sentence: string): void {
    const times = (this.#complaints.get(kind) ?? 0) + 1;
    this.#complaints.set(kind, times);
    if (times === 1 || times % 100 === 0) this.#report(times === 1 ? sentence : `${sentence} (${times} times so far)`);
  }
}
