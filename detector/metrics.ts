import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type DetectorMetrics = ReturnType<typeof detectorMetrics>;

/** What a Prometheus server may ask of the detector; names begin with headwater_detector_. */
export function detectorMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    leading: new Gauge({ name: 'headwater_detector_leading', help: '1 while this process detects, 0 while it waits.', registers }),
    movements: new Counter({ name: 'headwater_detector_movements_total', help: 'Payments that went through the detectors.', registers }),
    alerts: new Counter({ name: 'headwater_detector_alert_writes_total', help: 'Alerts opened or changed by a chunk.', registers }),
    faults: new Counter({ name: 'headwater_detector_faults_total', help: 'Lost connections and failed chunks.', registers }),
    rulesOff: new Counter({ name: 'headwater_detector_rules_switched_off_total', help: 'Rules that threw or took too long.', registers }),
    lagSeconds: new Gauge({ name: 'headwater_detector_lag_seconds', help: 'From received to looked at, of the last chunk.', registers }),
    chunkSeconds: new Histogram({
      name: 'headwater_detector_chunk_seconds',
      help: 'Time one chunk took.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    snapshotBytes: new Gauge({ name: 'headwater_detector_snapshot_bytes', help: 'Size of the last snapshot, packed.', registers }),
    hubsSkipped: new Gauge({
      name: 'headwater_detector_hubs_skipped',
      help: 'Looks at accounts with too many movements that ended early.',
      registers,
    }),
    ringSearchesEnded: new Gauge({
      name: 'headwater_detector_ring_searches_ended',
      help: 'Searches for a ring that met their bound.',
      registers,
    }),
    crowdedOut: new Gauge({
      name: 'headwater_detector_crowded_out',
      help: 'Movements that left a full ring before their time.',
      registers,
    }),
  };
}
