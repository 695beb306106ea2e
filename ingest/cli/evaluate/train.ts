import fs from 'node:fs';
import path from 'node:path';
import { DETECTION_SETTINGS, Detection } from '@/domain/detection/detection';
import { averagePrecision, precisionAt, ranked } from '@/domain/detection/measure/ranking';
import { logOdds, sigmoid } from '@/domain/detection/score/boosted-trees';
import { FEATURES } from '@/domain/detection/score/features';
import type { ScoreModel } from '@/domain/detection/score/score-model';
import { type TrainingSettings, trainTrees } from '@/domain/detection/score/train-trees';
import { EXIT, type ExitCode, Failure } from '../failure';
import { type LabelledFile, labelledFile } from './labelled-file';

const MOMENTS = ['arrival', 'settled'] as const;
const SETTINGS: TrainingSettings = {
  trees: 140,
  leaves: 16,
  rate: 0.07,
  leafWeightMin: 1,
  shrink: 5,
  rowShare: 0.7,
  featureShare: 0.5,
  seed: 7,
};
const FOLDS = 3;
/** Ordinary rows that a file contributes at most, by chance of their id; each then stands for more. */
const ORDINARY_MAX = 25_000;

type Example = { readonly values: Float32Array; readonly planted: 0 | 1; readonly weight: number; readonly fold: number };
type Table = { readonly source: LabelledFile; readonly examples: { readonly [M in (typeof MOMENTS)[number]]: readonly Example[] } };

/**
 * Trains both learned scores from labelled files and writes them as data. First it trains on two thirds and judges on the third that was held
 * out, three times: whole patterns and whole payers are held out, never single rows, since rows of one pattern tell of each other.
 */
export async function trainScore(
  files: readonly string[],
  options: { readonly out: string; readonly version: string; readonly validateOnly?: boolean; readonly validate?: boolean },
): Promise<ExitCode> {
  const version = Number(options.version);
  if (!Number.isInteger(version) || version < 1) throw new Failure(`--number wants a whole number above zero, not "${options.version}".`);
  const tables: Table[] = [];
  for (const file of files) {
    const source = await labelledFile(file);
    if (!source.labelled) throw new Failure(`${file} has no row with label 1: there is nothing to learn from it.`);
    tables.push(tableOf(source));
    process.stdout.write(`read ${file}: ${source.rows.length} rows\n`);
  }
  if (!options.validateOnly) for (const moment of MOMENTS) write(moment, tables, version, options.out);
  if (options.validate !== false) for (const moment of MOMENTS) validate(moment, tables);
  return EXIT.done;
}

function write(moment: (typeof MOMENTS)[number], tables: readonly Table[], version: number, folder: string): void {
  const { base, trees } = fitted(tables.flatMap(({ examples }) => examples[moment]));
  const model: ScoreModel = {
    name: 'headwater-score',
    version,
    moment,
    trainedAt: new Date().toISOString().slice(0, 10),
    trainedOn: tables.map(({ source }) => ({
      file: path.basename(source.file),
      sha256: source.sha256,
      rows: source.rows.length,
      planted: source.rows.filter(({ planted }) => planted).length,
    })),
    features: [...FEATURES],
    alertFrom: ALERT_FROM[moment],
    holdBackBelow: HOLD_BACK_BELOW,
    base: short(base),
    trees: trees.map((tree) => ({ ...tree, threshold: tree.threshold.map(exact), value: tree.value.map(short) })),
  };
  fs.mkdirSync(folder, { recursive: true });
  const at = path.join(folder, `${moment}.json`);
  fs.writeFileSync(at, `${JSON.stringify(model)}\n`);
  process.stdout.write(`wrote ${at}\n`);
}

/** Says for every file how a model does on what it was not shown: each third of all patterns and payers in turn, and all of them together. */
function validate(moment: (typeof MOMENTS)[number], tables: readonly Table[]): void {
  const heldOut = tables.map(() => [] as { score: number; example: Example }[]);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fitted(tables.flatMap(({ examples }) => examples[moment].filter((one) => one.fold !== fold)));
    for (const [i, { examples, source }] of tables.entries()) {
      const here = examples[moment]
        .filter((one) => one.fold === fold)
        .map((example) => ({ score: sigmoid(logOdds(model, example.values)), example }));
      heldOut[i]?.push(...here);
      say(`third ${fold + 1}, ${moment}, ${path.basename(source.file)}`, here);
    }
  }
  for (const [i, { source }] of tables.entries()) say(`held out, ${moment}, ${path.basename(source.file)}`, heldOut[i] ?? []);
}

function say(what: string, given: readonly { readonly score: number; readonly example: Example }[]): void {
  const rows = given.toSorted((a, b) => b.score - a.score);
  const ranking = ranked(
    rows.map(({ score }) => score),
    rows.map(({ example }) => example.planted),
  );
  const weights = rows.map(({ example }) => example.weight);
  const [area, top] = [averagePrecision(ranking, weights) ?? 0, precisionAt(ranking, 100, weights)];
  process.stdout.write(`${what}: PR-AUC ${area.toFixed(3)}, P@100 ${top.toFixed(2)}, ${thresholds(rows)}\n`);
}

const HOLD_BACK_BELOW = 0.02;
const ALERT_FROM = { arrival: 0.5, settled: 0.5 } as const;
const short = (value: number) => Number(value.toPrecision(5));
// A threshold lies between two 32-bit values; nine digits tell any two apart.
const exact = (value: number) => Number(Math.fround(value).toPrecision(9));

function tableOf(source: LabelledFile): Table {
  const examples = { arrival: [] as Example[], settled: [] as Example[] };
  const rowOf = new Map(source.rows.map((row) => [row.movement.id, row]));
  const ordinary = source.rows.filter(({ planted }) => !planted).length;
  const keep = Math.min(1, ORDINARY_MAX / ordinary);
  const watch = (moment: 'arrival' | 'settled', id: string, values: Float32Array) => {
    const row = rowOf.get(id);
    if (!row || (!row.planted && unit(`keep ${id}`) >= keep)) return;
    const fold = Math.floor(unit(row.planted ? `pattern ${row.typology} ${row.pattern}` : `payer ${row.movement.payer}`) * FOLDS);
    examples[moment].push({ values: values.slice(), planted: row.planted ? 1 : 0, weight: row.planted ? 1 : 1 / keep, fold });
  };
  const detection = new Detection({ ...DETECTION_SETTINGS, watch });
  for (const { movement } of source.rows) detection.take(movement);
  detection.finish();
  return { source, examples };
}

function fitted(examples: readonly Example[]) {
  const width = FEATURES.length;
  const values = new Float32Array(examples.length * width);
  for (const [i, example] of examples.entries()) values.set(example.values, i * width);
  return trainTrees(
    {
      width,
      values,
      labels: Uint8Array.from(examples, ({ planted }) => planted),
      weights: Float32Array.from(examples, ({ weight }) => weight),
    },
    SETTINGS,
  );
}

/** From which score on alerts would have been right in nine of ten cases, and what part of the planted they would have named. */
function thresholds(rows: readonly { readonly score: number; readonly example: Example }[]): string {
  let [seen, found, best, share] = [0, 0, 1, 0];
  const all = rows.reduce((sum, { example }) => sum + example.planted, 0);
  for (const { score, example } of rows) {
    seen += example.weight;
    found += example.planted;
    if (found >= 0.9 * seen) [best, share] = [score, found / all];
  }
  return `90 % precision from ${best.toFixed(2)} with recall ${share.toFixed(2)}`;
}

/** A number in [0, 1) that belongs to a text. */
function unit(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}
