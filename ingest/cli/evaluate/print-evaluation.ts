import type { Evaluation } from './evaluate';

const share = (value: number | null) => (value === null ? 'not evaluable' : value.toFixed(3));

/** The evaluation for a person to read. */
export function printEvaluation(evaluation: Evaluation): string {
  const { file, alerts, accounts, throughput, skipped } = evaluation;
  const lines = [
    `${file.path}: ${file.rows} transactions, ${file.planted} planted in ${file.patterns} patterns`,
    ...evaluation.notes,
    '',
    'Scores of transactions (95 % interval)',
    ...Object.entries(evaluation.scores).map(([name, one]) => {
      const label = `  ${name}${name === evaluation.headline ? ' (headline)' : ''}`.padEnd(32);
      if (!one) return `${label}not evaluable`;
      const text = ({ value, low, high }: { value: number; low: number; high: number }) =>
        `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
      return `${label}PR-AUC ${text(one.prAuc)}   P@100 ${text(one.precisionAt100)}`;
    }),
    '',
    `Alerts: ${alerts.count}, ${alerts.per10000} per 10,000 transactions, ${alerts.folded} folded; precision ${share(alerts.precision)}, of transactions ${share(alerts.transactionPrecision)}`,
    ...alerts.byDetector.map(
      ({ detector, alerts: count, precision, transactionPrecision }) =>
        `  ${detector.padEnd(24)}${String(count).padStart(7)} alerts   precision ${share(precision)}, of transactions ${share(transactionPrecision)}`,
    ),
    ...(alerts.byTypology.length > 0 ? ['', 'Planted patterns'] : []),
    ...alerts.byTypology.map(
      (one) =>
        `  ${one.typology.padEnd(28)}${String(one.patterns).padStart(5)} patterns   recall ${share(one.recall)}${one.recallAsItself === null ? '' : ` (as itself ${share(one.recallAsItself)})`}, of ${one.transactions} transactions ${share(one.transactionRecall)}`,
    ),
    ...(accounts
      ? [
          '',
          `Accounts: ${accounts.planted} planted, recall ${share(accounts.recall)}${accounts.acted === null ? '' : `; of ${accounts.acted} that acted ${share(accounts.recallOfActed)}`}; ${accounts.named} named, precision ${share(accounts.precision)}`,
        ]
      : []),
    '',
    `Not looked at: ${skipped.hubs} looks at hubs, ${skipped.ringSearches} searches for rings given up, ${skipped.heldBack} sightings held back by the score, ${skipped.late} late, ${skipped.crowdedOut} crowded out`,
    `Throughput: ${throughput.transactionsPerSecond} transactions/s over ${throughput.seconds} s (${throughput.processorSeconds} s of processor), ${throughput.residentMb} MB`,
  ];
  return `${lines.join('\n')}\n`;
}
