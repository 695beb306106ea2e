import { addDecimals, sameDecimal } from './decimal';
import type { IsoMessage } from './read-message';
import { all, at, type Element, textAt } from './xml-tree';

type Fault = { readonly field: string; readonly detail: string; readonly line: number };

/** What no schema can say of a statement: its totals are those of its entries, and it leads from its opening to its closing balance. */
export function statementFault({ name, body }: IsoMessage): Fault | undefined {
  for (const report of all(body, name === 'camt.053.001' ? 'Stmt' : 'Ntfctn')) {
    const fault = wrongTotals(report) ?? wrongBalance(report);
    if (fault) return fault;
  }
  return undefined;
}

function wrongTotals(report: Element): Fault | undefined {
  const entries = all(report, 'Ntry');
  const stated = at(report, 'TxsSummry', 'TtlNtries');
  if (!stated) return undefined;
  const fault = (field: string, detail: string): Fault => ({ field, detail, line: stated.line });
  const count = textAt(stated, 'NbOfNtries');
  if (count !== undefined && Number(count) !== entries.length) {
    return fault('NbOfNtries', `NbOfNtries says ${count}, the statement holds ${entries.length}`);
  }
  const sum = addDecimals(entries.map((entry) => at(entry, 'Amt')?.text ?? ''));
  const said = textAt(stated, 'Sum');
  if (said !== undefined && (sum === undefined || !sameDecimal(said, sum))) {
    return fault('Sum', `Sum says ${said}, the entries add up to ${sum ?? 'no decimal'}`);
  }
  return undefined;
}

// Only where the statement has both balances in the entries' one currency, and is not cut into pages.
function wrongBalance(report: Element): Fault | undefined {
  if (at(report, 'StmtPgntn')) return undefined;
  const opening = balanceOf(report, 'OPBD');
  const closing = balanceOf(report, 'CLBD');
  const entries = all(report, 'Ntry').filter((entry) => (textAt(entry, 'Sts', 'Cd') ?? '') === 'BOOK');
  if (!opening || !closing || opening.currency !== closing.currency) return undefined;
  if (entries.some((entry) => at(entry, 'Amt')?.currency !== opening.currency)) return undefined;
  const moved = addDecimals([opening.signed, ...entries.map((entry) => signed(entry))]);
  if (moved !== undefined && sameDecimal(moved, closing.signed)) return undefined;
  const detail = `the opening balance and the booked entries come to ${moved ?? 'no decimal'}, the closing balance says ${closing.signed}`;
  return { field: 'Bal', detail, line: closing.line };
}

function balanceOf(report: Element, code: string) {
  const balance = all(report, 'Bal').find((each) => textAt(each, 'Tp', 'CdOrPrtry', 'Cd') === code);
  return balance && { currency: at(balance, 'Amt')?.currency, signed: signed(balance), line: balance.line };
}

function signed(element: Element): string {
  const text = at(element, 'Amt')?.text ?? '';
  return textAt(element, 'CdtDbtInd') === 'DBIT' ? `-${text}` : text;
}
