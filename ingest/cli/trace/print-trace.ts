import { toDecimal } from '@/domain/money';
import { CONSERVING_METHODS, TRACE_METHODS, type TraceMethod } from '@/domain/tracing/trace-answer';
import type { TraceDocument } from '@/domain/tracing/trace-wire';

const ROWS_MAX = 40;
const HEADS: Readonly<Record<TraceMethod, string>> = { fifo: 'FIFO', lifo: 'LIFO', proRata: 'pro-rata', poison: 'poison' };

/** A trace for a person to read: where the money is by each method, what was not followed, and that nothing was lost. */
export function printTrace(trace: TraceDocument): string {
  const methods = trace.method === 'all' ? TRACE_METHODS : [trace.method];
  const forward = trace.direction === 'forward';
  const names = trace.from.map(({ name }) => name).join(', ');
  const lines = [
    `${forward ? 'Where the money went' : 'Where the money came from'}: ${names}${trace.asOf ? `, as of ${trace.asOf}` : ''}`,
    `${trace.file.path}: ${trace.file.rows} rows, ${trace.file.payments} payments that succeeded`,
    ...trace.notes,
  ];
  for (const currency of trace.currencies) {
    const amount = (minor: string) => toDecimal({ minor: BigInt(minor), currency });
    const own = <T extends { readonly currency: string }>(rows: readonly T[]) => rows.filter((row) => row.currency === currency);
    const amounts = (row: { readonly [M in TraceMethod]: string }) => methods.map((method) => amount(row[method]));
    const interval = (row: { low: string; high: string }) =>
      methods.length < 2 ? [] : [row.low === row.high ? amount(row.low) : `${amount(row.low)} to ${amount(row.high)}`];
    const heads = [...methods.map((method) => HEADS[method]), ...(methods.length < 2 ? [] : ['interval'])];
    const held = (row: { held: { readonly [M in TraceMethod]: string } }) => methods.map((method) => amount(row.held[method]));
    const heldHeads = methods.map((method) => `${forward ? 'held' : 'ends here'} ${HEADS[method]}`);
    const place = ({ institution, account }: { institution: string | null; account: string }) => [institution ?? '', account];
    lines.push(
      '',
      currency,
      ...table(
        'Source',
        ['institution', 'account', ...heads],
        own(trace.sources).map((row) => [...place(row), ...amounts(row), ...interval(row)]),
      ),
      ...table(
        forward ? 'Reached' : 'Came through',
        ['hop', 'institution', 'account', ...heads, ...heldHeads],
        own(trace.reached).map((row) => [String(row.layer), ...place(row), ...amounts(row), ...interval(row), ...held(row)]),
      ),
      ...table(
        forward ? 'Left to the outside' : 'Came from the outside',
        ['hop', 'institution', 'account', ...heads],
        own(trace.sinks).map((row) => [String(row.layer), ...place(row), ...amounts(row), ...interval(row)]),
      ),
      ...table(
        'Of unknown origin (opening balances)',
        ['institution', 'account', ...heads, 'drawn in all'],
        own(trace.unknownOrigin).map((row) => [...place(row), ...amounts(row), ...interval(row), amount(row.drawn)]),
      ),
      ...table(
        'Not followed',
        ['hop', 'institution', 'account', 'why', 'payments', ...methods.map((method) => HEADS[method])],
        own(trace.pruned).map((row) => [String(row.layer), ...place(row), row.reason, String(row.payments), ...amounts(row)]),
      ),
      '',
      ...own(trace.conservation)
        .filter(
          ({ method }) => trace.method === 'all' || trace.method === method || !CONSERVING_METHODS.some((one) => one === trace.method),
        )
        .map((sums) => {
          const parts = `held ${amount(sums.held)} + exited ${amount(sums.exited)} + unknown ${amount(sums.unknown)}`;
          const verdict = sums.difference === '0' ? 'nothing lost' : `DIFFERENCE ${amount(sums.difference)}`;
          return `Conservation, ${HEADS[sums.method]}: source ${amount(sums.source)} = ${parts}: ${verdict}`;
        }),
    );
  }
  lines.push('', `${trace.edges.length} payments carried it; ${trace.measured.replayed} replayed in ${trace.measured.engineMs} ms`);
  return `${lines.join('\n')}\n`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, ROWS_MAX);
  const text = new Set(['institution', 'account', 'why']);
  const widths = head.map((name, i) => Math.max(name.length, ...shown.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => (text.has(head[i] ?? '') ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`.trimEnd();
  const more = rows.length > shown.length ? [`  and ${rows.length - shown.length} more (--json has them all)`] : [];
  return ['', title, line(head), ...shown.map(line), ...more];
}
