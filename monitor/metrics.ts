import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type MonitorMetrics = ReturnType<typeof monitorMetrics>;

/** What a Prometheus server may ask of the monitor; names begin with headwater_monitor_. */
export function monitorMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    leading: new Gauge({ name: 'headwater_monitor_leading', help: '1 while this process derives, 0 while it waits.', registers }),
    rows: new Counter({ name: 'headwater_monitor_rows_total', help: 'Rows read from committed batches.', registers }),
    chunks: new Counter({ name: 'headwater_monitor_chunks_total', help: 'Transactions that moved the watermark.', registers }),
    chunkSeconds: new Histogram({
      name: 'headwater_monitor_chunk_seconds',
      help: 'Time one chunk took.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    lagSeconds: new Gauge({ name: 'headwater_monitor_lag_seconds', help: 'From received to visible, at the last pulse.', registers }),
    rowsBehind: new Gauge({ name: 'headwater_monitor_rows_behind', help: 'Committed rows that are not in the figures yet.', registers }),
    faults: new Counter({ name: 'headwater_monitor_faults_total', help: 'Lost connections and failed chunks.', registers }),
    reconciledAt: new Gauge({
      name: 'headwater_monitor_reconciled_timestamp_seconds',
      help: 'When a reconciliation last passed.',
      registers,
    }),
    mismatches: new Gauge({
      name: 'headwater_monitor_reconciliation_mismatches',
      help: 'Buckets that differ from the sum of their rows.',
      registers,
    }),
  };
}
