import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { FeedSender } from '@/ingest/feed/sender';
import { DAY_SECONDS, SESSION_SECONDS, sessionAt } from '../calendar';
import { CLEARING_CODE } from '../country';
import type { Law } from '../law';
import { pause } from '../pause';
import { Refunds } from '../refunds';
import type { Settings } from '../settings';
import type { State } from '../state';
import { RESOLUTION_SECONDS_MAX } from '../timeline';
import { agentStatement } from './agent-statement';

/** Above so many payments a second, sessions are not netted here: it would cost more than what it is to show. */
const RATE_MAX = 100;
const ROUND_MS = 20_000;
const LOOK_BACK_SECONDS = DAY_SECONDS;

/**
 * Sends the agent's statement of every session of the last day and from now on, once all its payments are known. Nothing is kept: what a
 * run sends again is the same batch. What is planted goes to `settlement.ndjson` of the truth, and may stand there twice.
 */
export async function runSettlementAgent(input: {
  settings: Settings;
  law: Law;
  state: State;
  signal: AbortSignal;
  report: (sentence: string) => void;
}): Promise<void> {
  const { settings, law, state, signal, report } = input;
  const key = settings.keys[CLEARING_CODE];
  if (!key || settings.meanRate > RATE_MAX) return;
  const sender = new FeedSender({ gatewayUrl: settings.gatewayUrl, keyId: key.keyId, privateKey: key.privateKeyPem, backoffMaxMs: 3_000 });
  const done = new Set<string>();
  let complained = false;
  while (!signal.aborted) {
    const ackedSecond = Math.floor(state.kept.liveAckedMs / 1000);
    const from = Math.max(state.kept.historyFrom, state.kept.liveFrom - LOOK_BACK_SECONDS, ackedSecond - LOOK_BACK_SECONDS);
    // A session of which history has only a part would be told wrongly.
    let second = sessionAt(from + SESSION_SECONDS - 1).opensAt;
    for (; !signal.aborted; second += SESSION_SECONDS) {
      const { no, closesAt } = sessionAt(second);
      if (closesAt + RESOLUTION_SECONDS_MAX + 60 > ackedSecond) break;
      if (done.has(no)) continue;
      const { xml, planted } = agentStatement({ law, refunds: new Refunds(law), second, historyStart: state.kept.historyStart });
      if (xml === undefined) {
        done.add(no);
        continue;
      }
      // The platform makes a session known once it has followed its payments: until then it takes no statement of it, and another try is another batch.
      const outcome = await sender.sendMessage(Buffer.from(xml), { batchId: `agent-${no}-${Math.floor(Date.now() / 60_000)}`, signal });
      if (outcome.kind === 'receipt' && outcome.receipt.refused === 0) {
        done.add(no);
        if (planted) remember(settings.dataFolder, planted);
      } else if (!complained) {
        complained = true;
        report(`The settlement agent's statement of ${no} was not taken yet; it will be sent again.`);
      }
      await pause(250, signal);
    }
    await pause(ROUND_MS, signal);
  }
  sender.close();
}

function remember(folder: string, planted: object): void {
  const truth = path.join(folder, 'simulator-truth');
  mkdirSync(truth, { recursive: true });
  appendFileSync(path.join(truth, 'settlement.ndjson'), `${JSON.stringify(planted)}\n`);
}
