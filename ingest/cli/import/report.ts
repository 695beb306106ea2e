import { toDecimal } from '@/domain/money';
import type { Tally } from './tally';

/** What the import prints: counts that add up to the rows of the file, refusals by reason, totals by currency. */
export function importReport(file: string, tally: Tally): string {
  const width = Math.max(...[tally.accepted, tally.duplicate, tally.refused, tally.rows].map((count) => grouped(count).length));
  const count = (label: string, value: number) => `  ${label.padEnd(10)} ${grouped(value).padStart(width)}`;
  const lines = [
    file,
    count('accepted', tally.accepted),
    count('duplicate', tally.duplicate),
    count('refused', tally.refused),
    `${count('rows', tally.rows)}${tally.unaccounted === 0 ? '' : `   ${tally.unaccounted} NOT ACCOUNTED FOR`}`,
  ];
  if (tally.resumed > 0) lines.push(`  batches with a receipt of an earlier run: ${grouped(tally.resumed)}`);
  if (tally.retried > 0) lines.push(`  rows refused in an earlier run, sent once more: ${grouped(tally.retried)}`);
  if (tally.rounded > 0) lines.push(`  rows whose amount was rounded to what its currency has: ${grouped(tally.rounded)}`);
  if (tally.refusals.size > 0) lines.push('', '  Refused, by reason');
  for (const [reason, group] of [...tally.refusals].sort((a, b) => b[1].count - a[1].count)) {
    lines.push(`  ${grouped(group.count).padStart(width)}  ${reason}`);
    for (const { place, id, detail } of group.examples) {
      lines.push(`${' '.repeat(width + 4)}${place}${id && `, ${printable(id)}`}: ${printable(detail)}`);
    }
  }
  if (tally.refusals.size > 0) lines.push(...whereRefused(tally));
  if (tally.totals.size > 0) lines.push('', '  Stored, by currency');
  const totals = [...tally.totals].sort((a, b) => b[1].payments - a[1].payments);
  const amounts = totals.map(([currency, { minor }]) => grouped(toDecimal({ minor, currency })));
  const amountWidth = Math.max(0, ...amounts.map((amount) => amount.length));
  totals.forEach(([currency, { payments, minor, succeededMinor }], i) => {
    const succeeded = succeededMinor === minor ? '' : `; of it succeeded ${grouped(toDecimal({ minor: succeededMinor, currency }))}`;
    lines.push(
      `  ${currency}  ${(amounts[i] as string).padStart(amountWidth)}   in ${grouped(payments)} payment${payments === 1 ? '' : 's'}${succeeded}`,
    );
  });
  for (const warning of tally.warnings) lines.push(`  Note: ${printable(warning)}`);
  return lines.join('\n');
}

/** The report counts rows of the file; the quarantine page counts lines of a batch, and has only what was sent. */
function whereRefused({ refused, refusals }: Tally): readonly string[] {
  const unsent = refusals.get('row-width')?.count ?? 0;
  const said = ['', '  Rows are counted from 1 below the header.'];
  if (refused > unsent) said.push('  In quarantine, line L of the batch import-…-F-N is row F + L - 1.');
  if (unsent > 0) said.push(`  What has too many or too few cells is no line: ${grouped(unsent)} not sent, and not in quarantine.`);
  return said;
}

/** The same for machines: one JSON object, amounts as decimal strings of minor units. */
export function importReportJson(file: string, tally: Tally): string {
  const { rows, accepted, duplicate, refused, resumed, retried, rounded, refusals, totals, warnings } = tally;
  return JSON.stringify({
    file,
    rows,
    accepted,
    duplicate,
    refused,
    resumedBatches: resumed,
    retriedRows: retried,
    rounded,
    refusals: Object.fromEntries(
      [...refusals].map(([reason, { count, examples }]) => [
        reason,
        { count, examples: examples.map(({ order: _order, ...shown }) => shown) },
      ]),
    ),
    stored: Object.fromEntries(
      [...totals].map(([currency, { payments, minor, succeededMinor }]) => [
        currency,
        { payments, minor: String(minor), succeededMinor: String(succeededMinor) },
      ]),
    ),
    warnings: [...warnings],
  });
}

// Thousands are grouped by a comma, whatever the length.
function grouped(value: number | string): string {
  const [whole = '', fraction] = String(value).split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

/** What a file says must not move the cursor of the terminal: "\u0000" for a NUL. */
function printable(text: string): string {
  return text
    .slice(0, 300)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
