import fs from 'node:fs';
import pg from 'pg';
import { FeedSender } from '@/ingest/feed/sender';
import { openConsole } from './console';
import { movedTo, PaymentMaker } from './made-payments';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { ms, percentile, print } from './print';

const TICK_MS = 250;
const IN_FLIGHT_MAX = 3;

/**
 * A steady rate for a while, as the platform's own feed would bring it: a batch every quarter of a second, with the console open on its
 * live overview in a real browser. Measures whether the rate is held, and how long a committed payment takes until the pulse that includes
 * it reaches a listener, and until it is drawn.
 */
export async function sustained(bench: Bench, { rate, seconds }: BenchOptions): Promise<void> {
  const gateway = await bench.start('gateway');
  const monitor = await bench.start('monitor');
  const sender = new FeedSender({ gatewayUrl: `http://127.0.0.1:${gateway.port}`, ...bench.key });
  const listener = new pg.Client({ connectionString: bench.url });
  await listener.connect();
  const opened = await openConsole(bench);
  const screen = 'absent' in opened ? undefined : opened;
  const waiting: { newestMs: number; receiptMs: number }[] = [];
  const seen: { receiptMs: number; pulseMs: number; dataAt: number }[] = [];
  listener.on('notification', ({ payload }) => {
    const now = Date.now();
    const pulse = JSON.parse(payload as string) as { dataAt: string | null };
    const dataAt = pulse.dataAt ? Date.parse(pulse.dataAt) : 0;
    while (waiting[0] && waiting[0].newestMs <= dataAt)
      seen.push({ receiptMs: (waiting.shift() as { receiptMs: number }).receiptMs, pulseMs: now, dataAt });
  });
  await listener.query('listen headwater_pulse');
  try {
    const maker = new PaymentMaker({ seed: 4, meanRate: rate, fromSecond: Math.floor(Date.now() / 1000) - 43_200 });
    const perTick = Math.round((rate * TICK_MS) / 1000);
    // Made beforehand: whoever pays does not pay from this machine. Only the lines, with the time of their sending, are written on the way.
    const payments = Array.from({ length: perTick * Math.ceil((seconds * 1000) / TICK_MS) }, () => maker.next());
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
      const lines = payments.slice(tick * perTick, (tick + 1) * perTick).map((payment) => maker.line(movedTo(payment, newestMs)));
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
    const lagMs = seen.map(({ receiptMs: from, pulseMs }) => pulseMs - from);
    // The clock shows seconds: what came with a later pulse of the same one is drawn with that pulse at the earliest.
    const drawn = seen.flatMap(({ receiptMs: from, pulseMs, dataAt }) => {
      const at = screen?.shownAtMs(dataAt);
      return at === undefined ? [] : [Math.max(at, pulseMs) - from];
    });
    print('asked', `${rate.toLocaleString('en')} tx/s for ${seconds} s, a batch every ${TICK_MS} ms`);
    print(
      'accepted',
      `${accepted.toLocaleString('en')} in ${ms(tookMs)}: ${Math.round((accepted / tookMs) * 1000).toLocaleString('en')} tx/s`,
    );
    print('held back by the gateway (back-pressure)', ms(waitedMs));
    print('request → receipt, p50 / p95', `${ms(percentile(receiptMs, 0.5))} / ${ms(percentile(receiptMs, 0.95))}`);
    print('receipt → pulse that includes it, p50 / p95 / max', [0.5, 0.95, 1].map((p) => ms(percentile(lagMs, p))).join(' / '));
    if (screen) print('receipt → drawn on /overview, p50 / p95 / max', [0.5, 0.95, 1].map((p) => ms(percentile(drawn, p))).join(' / '));
    else print('receipt → drawn on /overview', `not measured: ${'absent' in opened ? opened.absent : ''}`);
    if (screen) print('batches whose moment was never drawn', String(seen.length - drawn.length));
    print('batches never seen in a pulse', String(waiting.length));
    print('gateway memory (RSS), peak', `${peakMb(gateway.pid)} MB`);
    print('monitor memory (RSS), peak', `${peakMb(monitor.pid)} MB`);
  } finally {
    sender.close();
    await screen?.close();
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
