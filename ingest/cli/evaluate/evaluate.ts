import fs from 'node:fs';
import type { Alert } from '@/domain/detection/alerts/alert-book';
import { DETECTION_SETTINGS, Detection } from '@/domain/detection/detection';
import { averagePrecision, bootstrapIntervals, precisionAt, type Ranking, ranked } from '@/domain/detection/measure/ranking';
import { SHIPPED_MODELS } from '@/domain/detection/score/shipped-models';
import { EXIT, type ExitCode, Failure } from '../failure';
import { type AccountLabels, accountLabels } from './account-labels';
import { type LabelledFile, labelledFile } from './labelled-file';
import { type AccountMeasures, type AlertMeasures, accountMeasures, alertMeasures } from './measure-alerts';
import { printEvaluation } from './print-evaluation';

/** One way of scoring every transaction, and how it ranks the planted ones. */
export type ScoreMeasures = {
  readonly prAuc: Measured;
  readonly precisionAt100: Measured;
};
export type Measured = { readonly value: number; readonly low: number; readonly high: number };
export const SCORES = ['learned-settled', 'learned-arrival', 'weighted-settled', 'weighted-arrival'] as const;
export type ScoreName = (typeof SCORES)[number];

/** What `evaluate --json` prints; documented in docs/evaluate.md. */
export type Evaluation = {
  readonly schema: 'headwater.evaluation/1';
  readonly file: {
    readonly path: string;
    readonly sha256: string;
    readonly rows: number;
    readonly planted: number;
    readonly patterns: number;
  };
  readonly notes: readonly string[];
  readonly headline: ScoreName;
  readonly scores: { readonly [N in ScoreName]: ScoreMeasures | null };
  readonly alerts: AlertMeasures;
  readonly accounts: AccountMeasures | null;
  readonly skipped: Detection['skipped'];
  readonly throughput: {
    readonly transactionsPerSecond: number;
    readonly seconds: number;
    readonly processorSeconds: number;
    readonly residentMb: number;
  };
};

/** Replays a labelled file through the detectors as they run live, in the order of time, and says how they did. */
export async function evaluate(
  file: string,
  options: {
    readonly json?: boolean;
    readonly accounts?: string;
    readonly alerts?: string;
    readonly scores?: string;
    readonly bootstrap: string;
  },
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<ExitCode> {
  const rounds = Number(options.bootstrap);
  if (!Number.isInteger(rounds) || rounds < 0 || rounds > 10_000)
    throw new Failure(`--bootstrap wants a whole number up to 10000, not "${options.bootstrap}".`);
  const source = await labelledFile(file);
  const labels = await accountLabels(file, options.accounts);
  const run = replayed(source);
  if (options.alerts) writeLines(options.alerts, run.alerts.values());
  if (options.scores)
    writeLines(
      options.scores,
      source.rows.map(({ movement }, row) => ({
        id: movement.id,
        ...Object.fromEntries(SCORES.map((name) => [name, run.scores[name][row]])),
      })),
    );
  const evaluation = measured(source, labels, run, rounds);
  print(options.json ? `${JSON.stringify(evaluation, null, 2)}\n` : printEvaluation(evaluation));
  return EXIT.done;
}

export type Replay = {
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly scores: { readonly [N in ScoreName]: Float64Array };
  readonly skipped: Detection['skipped'];
  readonly seconds: number;
  readonly processorSeconds: number;
};

/** Every row once through all detectors with the shipped settings and models. */
export function replayed({ rows }: Pick<LabelledFile, 'rows'>): Replay {
  const detection = new Detection({ ...DETECTION_SETTINGS, models: SHIPPED_MODELS });
  const scores = Object.fromEntries(SCORES.map((name) => [name, new Float64Array(rows.length)])) as Record<ScoreName, Float64Array>;
  const alerts = new Map<string, Alert>();
  // Rows that wait for their settled score.
  const waiting = new Map<string, number>();
  const settle = (settled: ReturnType<Detection['finish']>['settled']) => {
    for (const { id, weighted, learned } of settled) {
      const row = waiting.get(id);
      if (row === undefined) continue;
      waiting.delete(id);
      scores['weighted-settled'][row] = weighted;
      scores['learned-settled'][row] = learned ?? weighted;
    }
  };
  const begun = performance.now();
  const used = process.cpuUsage();
  for (const [row, { movement }] of rows.entries()) {
    const { arrived, settled, changes } = detection.take(movement);
    for (const score of ['settled', 'arrival'] as const) {
      scores[`weighted-${score}`][row] = arrived.weighted;
      scores[`learned-${score}`][row] = arrived.learned ?? arrived.weighted;
    }
    waiting.set(movement.id, row);
    if (settled.length > 0) settle(settled);
    for (const { alert } of changes) alerts.set(alert.id, alert);
  }
  const { settled, changes } = detection.finish();
  settle(settled);
  for (const { alert } of changes) alerts.set(alert.id, alert);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(used);
  return { alerts, scores, skipped: detection.skipped, seconds, processorSeconds: (user + system) / 1e6 };
}

function measured(source: LabelledFile, labels: AccountLabels | undefined, run: Replay, rounds: number): Evaluation {
  const { rows } = source;
  const planted = Uint8Array.from(rows, (row) => (row.planted ? 1 : 0));
  const groups = groupsOf(source);
  const alerts = alertMeasures(rows, [...run.alerts.values()]);
  return {
    schema: 'headwater.evaluation/1',
    file: {
      path: source.file,
      sha256: source.sha256,
      rows: rows.length,
      planted: planted.reduce((sum, one) => sum + one, 0),
      patterns: new Set(rows.flatMap((row) => (row.planted && row.pattern ? [`${row.typology} ${row.pattern}`] : []))).size,
    },
    notes: [
      ...(source.wasSorted ? [] : ['The rows were not in the order of time; they were sorted first.']),
      ...(source.zeroAmounts > 0 ? [`${source.zeroAmounts} rows have an amount of zero.`] : []),
      ...(source.labelled ? [] : ['No row has label 1: recall, precision and the ranking cannot be measured.']),
    ],
    headline: 'learned-settled',
    scores: Object.fromEntries(
      SCORES.map((name) => [name, source.labelled ? scoreMeasures(run.scores[name], planted, groups, rounds) : null]),
    ) as Evaluation['scores'],
    alerts,
    accounts: labels ? accountMeasures(rows, [...run.alerts.values()], labels) : null,
    skipped: run.skipped,
    throughput: {
      transactionsPerSecond: Math.round(rows.length / run.seconds),
      seconds: round(run.seconds),
      processorSeconds: round(run.processorSeconds),
      residentMb: Math.round(process.memoryUsage().rss / 1e6),
    },
  };
}

function scoreMeasures(scores: Float64Array, planted: Uint8Array, groups: Int32Array, rounds: number): ScoreMeasures {
  const order = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const ranking = ranked(scores, planted);
  const area = (one: Ranking, weights?: ArrayLike<number>) => averagePrecision(one, weights);
  const top = (one: Ranking, weights?: ArrayLike<number>) => precisionAt(one, 100, weights);
  const intervals = bootstrapIntervals(
    ranking,
    Int32Array.from(order, (row) => groups[row] as number),
    [area, top],
    { rounds },
  );
  const with95 = (value: number, i: number): Measured => ({
    value: round(value),
    low: round(intervals[i]?.low ?? value),
    high: round(intervals[i]?.high ?? value),
  });
  return { prAuc: with95(area(ranking) ?? 0, 0), precisionAt100: with95(top(ranking), 1) };
}

/** A number for each planted pattern, and one for every ordinary row. */
function groupsOf({ rows }: LabelledFile): Int32Array {
  const patterns = new Map<string, number>();
  let next = 0;
  return Int32Array.from(rows, ({ planted, typology, pattern }) => {
    if (!planted || !pattern) return next++;
    const key = `${typology} ${pattern}`;
    const group = patterns.get(key) ?? next++;
    patterns.set(key, group);
    return group;
  });
}

function writeLines(file: string, items: Iterable<unknown>): void {
  try {
    fs.writeFileSync(file, Array.from(items, (item) => `${JSON.stringify(item)}\n`).join(''));
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${(error as Error).message}.`);
  }
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
