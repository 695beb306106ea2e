import fs from 'node:fs';
import pg from 'pg';
import { FeedSender } from '@/ingest/feed/sender';
import { movedTo, PaymentMaker } from './made-payments';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { ms, percentile, print } from './print';

const TICK_MS = 250;
const IN_FLIGHT_MAX = 3;

/**
 * A steady rate for a while, as the platform's own feed would bring it: a batch every quarter of a second. Measures whether the rate is
 * held, and how long a committed payment takes until the pulse that shows it reaches a listener.
 */
export async function sustained(bench: Bench, { rate, seconds }: BenchOptions): Promise<void> {
  const gateway = await bench.start('gateway');
  const monitor = await bench.start('monitor');
  const sender = new FeedSender({ gatewayUrl: `http://127.0.0.1:${gateway.port}`, ...bench.key });
  const listener = new pg.Client({ connectionString: bench.url });
  await listener.connect();
  const waiting: { newestMs: number; receiptMs: number }[] = [];
  const lagMs: number[] = [];
  const ends: { at: number; dataAt: number; behind: number }[] = [];
  listener.on('notification', ({ payload }) => {
    const now = Date.now();
    const pulse = JSON.parse(payload as string) as { dataAt: string | null; rowsBehind: number };
    const dataAt = pulse.dataAt ? Date.parse(pulse.dataAt) : 0;
    ends.push({ at: now, dataAt, behind: pulse.rowsBehind });
    while (waiting[0] && waiting[0].newestMs <= dataAt) lagMs.push(now - (waiting.shift() as { receiptMs: number }).receiptMs);
  });
  await listener.query('listen headwater_pulse');
  try {
    const maker = new PaymentMaker({ seed: 4, meanRate: rate, fromSecond: Math.floor(Date.now() / 1000) - 43_200 });
    const perTick = Math.round((rate * TICK_MS) / 1000);
    let accepted = 0;
    let waitedMs = 0;
    const flying = new Set<Promise<void>>();
    const receiptMs: number[] = [];
    const begun = Date.now();
    for (let tick = 0; tick < (seconds * 1000) / TICK_MS; tick++) {
      const due = begun + tick * TICK_MS;
      if (Date.now() < due) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
      const before = Date.now();
      while (flying.size >= IN_FLIGHT_MAX) await Promise.race(flying);
      waitedMs += Date.now() - before;
      const newestMs = Date.now();
      const lines = Array.from({ length: perTick }, () => maker.line(movedTo(maker.next(), newestMs)));
      const sent = Date.now();
      const flight: Promise<void> = sender.send('transactions', lines).then((outcome) => {
        flying.delete(flight);
        if (outcome.kind !== 'receipt') throw new Error(`a batch was not accepted: ${JSON.stringify(outcome).slice(0, 300)}`);
        accepted += outcome.receipt.accepted;
        receiptMs.push(Date.now() - sent);
        waiting.push({ newestMs, receiptMs: Date.now() });
        waiting.sort((a, b) => a.newestMs - b.newestMs);
      });
      flying.add(flight);
    }
    await Promise.all(flying);
    const tookMs = Date.now() - begun;
    const deadline = Date.now() + 60_000;
    while (waiting.length > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    print('asked', `${rate.toLocaleString('en')} tx/s for ${seconds} s, a batch every ${TICK_MS} ms`);
    print(
      'accepted',
      `${accepted.toLocaleString('en')} in ${ms(tookMs)}: ${Math.round((accepted / tookMs) * 1000).toLocaleString('en')} tx/s`,
    );
    print('held back by the gateway (back-pressure)', ms(waitedMs));
    print('request → receipt, p50 / p95', `${ms(percentile(receiptMs, 0.5))} / ${ms(percentile(receiptMs, 0.95))}`);
    print('receipt → pulse that includes it, p50 / p95 / max', [0.5, 0.95, 1].map((p) => ms(percentile(lagMs, p))).join(' / '));
    print('batches never seen in a pulse', String(waiting.length));
    print('gateway memory (RSS), peak', `${peakMb(gateway.pid)} MB`);
    print('monitor memory (RSS), peak', `${peakMb(monitor.pid)} MB`);
  } finally {
    sender.close();
    await listener.end();
    await monitor.stop();
    await gateway.stop();
  }
}

function peakMb(pid: number): string {
  try {
    const kb = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb ? String(Math.round(Number(kb) / 1024)) : 'unknown';
  } catch {
    return 'unknown';
  }
}
