import type { Alert } from '@/domain/detection/alerts/alert-book';
import { TYPOLOGIES } from '@/domain/detection/typologies/typology';
import type { AccountLabels } from './account-labels';
import type { LabelledMovement } from './labelled-file';

export type AlertMeasures = {
  readonly count: number;
  readonly per10000: number;
  readonly folded: number;
  /** Alerts of whose listed transactions at least half are planted, over all alerts; null without labels. */
  readonly precision: number | null;
  /** The planted share of all transactions that alerts name. */
  readonly transactionPrecision: number | null;
  readonly byDetector: readonly {
    readonly detector: string;
    readonly alerts: number;
    readonly precision: number | null;
    readonly transactionPrecision: number | null;
  }[];
  /** A pattern is found where alerts name at least half of its transactions; found as itself where one of them is of its own kind. */
  readonly byTypology: readonly {
    readonly typology: string;
    readonly patterns: number;
    readonly recall: number;
    readonly recallAsItself: number | null;
    readonly transactions: number;
    readonly transactionRecall: number;
  }[];
};
export type AccountMeasures = {
  readonly planted: number;
  readonly recall: number;
  /** Of the accounts that the labels say acted, where they say so. */
  readonly acted: number | null;
  readonly recallOfActed: number | null;
  readonly named: number;
  readonly precision: number;
};

/** How alerts meet the planted patterns. */
export function alertMeasures(rows: readonly LabelledMovement[], alerts: readonly Alert[]): AlertMeasures {
  const planted = new Map<string, string>();
  const patterns = new Map<string, { typology: string; ids: string[] }>();
  for (const { movement, planted: is, typology, pattern } of rows) {
    if (!is) continue;
    planted.set(movement.id, typology);
    const key = `${typology} ${pattern || movement.id}`;
    const known = patterns.get(key);
    if (known) known.ids.push(movement.id);
    else patterns.set(key, { typology, ids: [movement.id] });
  }
  const naming = new Map<string, Set<string>>();
  for (const alert of alerts)
    for (const id of alert.transactions) {
      if (!planted.has(id)) continue;
      const kinds = naming.get(id) ?? new Set();
      for (const { typology } of alert.findings) kinds.add(typology);
      naming.set(id, kinds);
    }
  const labelled = planted.size > 0;
  const byTypology = new Map<string, { patterns: number; found: number; asItself: number; transactions: number; named: number }>();
  for (const { typology, ids } of patterns.values()) {
    const sum = byTypology.get(typology) ?? { patterns: 0, found: 0, asItself: 0, transactions: 0, named: 0 };
    const named = ids.filter((id) => naming.has(id));
    sum.patterns++;
    sum.transactions += ids.length;
    sum.named += named.length;
    if (named.length * 2 >= ids.length) {
      sum.found++;
      const own = ownDetector(typology);
      if (own && named.some((id) => naming.get(id)?.has(own))) sum.asItself++;
    }
    byTypology.set(typology, sum);
  }
  return {
    count: alerts.length,
    per10000: rounded((alerts.length / rows.length) * 10_000),
    folded: alerts.reduce((sum, { folded }) => sum + folded, 0),
    ...precisions(alerts, planted, labelled),
    byDetector: TYPOLOGIES.flatMap((detector) => {
      const own = alerts.filter(({ findings }) => findings.some(({ typology }) => typology === detector));
      return own.length === 0 ? [] : [{ detector, alerts: own.length, ...precisions(own, planted, labelled) }];
    }),
    byTypology: [...byTypology].map(([typology, sum]) => ({
      typology: typology || '(none named)',
      patterns: sum.patterns,
      recall: rounded(sum.found / sum.patterns),
      recallAsItself: ownDetector(typology) ? rounded(sum.asItself / sum.patterns) : null,
      transactions: sum.transactions,
      transactionRecall: rounded(sum.named / sum.transactions),
    })),
  };
}

/** Which planted accounts are an end of a transaction that an alert names. */
export function accountMeasures(rows: readonly LabelledMovement[], alerts: readonly Alert[], labels: AccountLabels): AccountMeasures {
  const named = new Set<string>();
  const ids = new Set(alerts.flatMap(({ transactions }) => transactions));
  for (const { movement } of rows) {
    if (!ids.has(movement.id)) continue;
    named.add(movement.payer.slice(movement.payer.indexOf('|') + 1));
    named.add(movement.payee.slice(movement.payee.indexOf('|') + 1));
  }
  const found = (of: ReadonlySet<string>) => [...of].filter((account) => named.has(account)).length;
  return {
    planted: labels.planted.size,
    recall: rounded(found(labels.planted) / Math.max(1, labels.planted.size)),
    acted: labels.acted.size > 0 ? labels.acted.size : null,
    recallOfActed: labels.acted.size > 0 ? rounded(found(labels.acted) / labels.acted.size) : null,
    named: named.size,
    precision: rounded(found(labels.planted) / Math.max(1, named.size)),
  };
}

function precisions(alerts: readonly Alert[], planted: ReadonlyMap<string, string>, labelled: boolean) {
  if (!labelled || alerts.length === 0) return { precision: null, transactionPrecision: null };
  const right = alerts.filter(({ transactions }) => transactions.filter((id) => planted.has(id)).length * 2 >= transactions.length).length;
  const named = new Set(alerts.flatMap(({ transactions }) => transactions));
  const hits = [...named].filter((id) => planted.has(id)).length;
  return { precision: rounded(right / alerts.length), transactionPrecision: rounded(hits / named.size) };
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  random: 'random-walk',
  rapidfundmovement: 'rapid-movement',
  uturntransactions: 'u-turn',
  frontbusinessactivity: 'front-business',
  repeatedoverseastransfers: 'repeated-overseas',
};

/** The detector of a typology, by whatever spelling a file uses for it. */
function ownDetector(typology: string): string | undefined {
  const plain = typology.toLowerCase().replace(/[_\s]+/g, '-');
  const other = OTHER_NAMES[plain.replaceAll('-', '')];
  return other ?? TYPOLOGIES.find((name) => name === plain || name.replaceAll('-', '') === plain.replaceAll('-', ''));
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
