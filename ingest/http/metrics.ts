import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Feed } from '../feed/lines';
import type { Tally } from '../pipeline/tally';
import type { Capacity } from './capacity';

/** Counters of one gateway, in a registry of its own. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #lines = new Counter({
    name: 'headwater_feed_lines_total',
    help: 'Lines of the feed by what became of them.',
    labelNames: ['feed', 'outcome'],
    registers: [this.registry],
  });
  readonly #refusals = new Counter({
    name: 'headwater_feed_refusals_total',
    help: 'Refused lines by reason.',
    labelNames: ['feed', 'reason'],
    registers: [this.registry],
  });
  readonly #requests = new Counter({
    name: 'headwater_feed_requests_total',
    help: 'Requests by feed and HTTP status.',
    labelNames: ['feed', 'status'],
    registers: [this.registry],
  });
  readonly #seconds = new Histogram({
    name: 'headwater_feed_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['feed'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  startRequest(feed: Feed): (status: number) => void {
    const stop = this.#seconds.startTimer({ feed });
    return (status) => {
      stop();
      this.#requests.inc({ feed, status: String(status) });
    };
  }

  countTaken(feed: Feed, tally: Tally): void {
    this.#lines.inc({ feed, outcome: 'accepted' }, tally.accepted);
    this.#lines.inc({ feed, outcome: 'duplicate' }, tally.duplicate);
    this.#lines.inc({ feed, outcome: 'refused' }, tally.refused);
    for (const [reason, lines] of tally.refusedByReason) this.#refusals.inc({ feed, reason }, lines);
  }

  /** Figures that are read when they are asked for. */
  watch(sources: { readonly working: () => number; readonly waiting: () => number; readonly capacity: Capacity }): void {
    this.#gauge('headwater_gateway_working_requests', 'Requests being worked on.', sources.working);
    this.#gauge('headwater_gateway_waiting_requests', 'Requests that wait for a place.', sources.waiting);
    this.#gauge(
      'headwater_gateway_disk_free_bytes',
      'Room on the database’s disk, where it is local.',
      () => sources.capacity.diskFreeBytes,
    );
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
