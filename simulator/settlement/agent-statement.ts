import { businessDate, businessTime } from '../business-time';
import { businessDay, type Session, sessionAt } from '../calendar';
import type { Law } from '../law';
import type { Refunds } from '../refunds';
import { type PlantedKind, plantedDifference } from './unbalanced-sessions';

export type AgentStatement = {
  readonly session: Session;
  /** camt.053.001.12; undefined where nobody owed anybody anything. */
  readonly xml: string | undefined;
  readonly entries: number;
  readonly planted: { readonly sessionNo: string; readonly kind: PlantedKind; readonly institution: string } | undefined;
};

type Entry = { institution: string; minor: number; reference: string; status: 'BOOK' | 'PDNG'; bookedMs: number; valueDay: number };

/**
 * What the made-up settlement agent says of the session that covers a second, once all its payments are known: a statement for each
 * participant with a net position, right but for what is planted.
 */
export function agentStatement(input: { law: Law; refunds: Refunds; second: number; historyStart: number }): AgentStatement {
  const { law } = input;
  const session = sessionAt(input.second);
  const entries = netPositions(input, session).map(([institution, minor], n): Entry => {
    const reference = `AG${session.no.replace('-', '')}${String(n + 1).padStart(4, '0')}`;
    return { institution, minor, reference, status: 'BOOK', bookedMs: session.finalAtMs, valueDay: businessDay(session.opensAt) };
  });
  const difference = entries.length > 0 ? plantedDifference(law.seed, session.opensAt) : undefined;
  if (!difference)
    return { session, xml: entries.length > 0 ? written(session, entries) : undefined, entries: entries.length, planted: undefined };
  const at = difference.pick % entries.length;
  const wrong = entries[at] as Entry;
  const changed = entries.flatMap((entry) => (entry === wrong ? planted(entry, difference.kind, session) : [entry]));
  return {
    session,
    xml: changed.length > 0 ? written(session, changed) : undefined,
    entries: changed.length,
    planted: { sessionNo: session.no, kind: difference.kind, institution: wrong.institution },
  };
}

function netPositions(input: { law: Law; refunds: Refunds; historyStart: number }, { opensAt, closesAt }: Session): [string, number][] {
  const { law, refunds, historyStart } = input;
  const nets = new Map<number, number>();
  for (let at = Math.max(opensAt, historyStart); at < closesAt; at++) {
    for (const payment of [...law.payments(at), ...refunds.at(at)]) {
      const succeeded = payment.status === 'succeeded' || payment.resolution?.status === 'succeeded';
      if (payment.route !== 'cleared' || !succeeded) continue;
      nets.set(payment.payer, (nets.get(payment.payer) ?? 0) - payment.amountMinor);
      nets.set(payment.payee, (nets.get(payment.payee) ?? 0) + payment.amountMinor);
    }
  }
  const named = [...nets]
    .filter(([, minor]) => minor !== 0)
    .map(([index, minor]): [string, number] => [law.institutions[index]?.code as string, minor]);
  return named.sort(([a], [b]) => (a < b ? -1 : 1));
}

function planted(entry: Entry, kind: PlantedKind, session: Session): Entry[] {
  switch (kind) {
    case 'missing':
      return [];
    case 'duplicate':
      return [entry, { ...entry, reference: `${entry.reference}D` }];
    case 'amount':
      return [{ ...entry, minor: entry.minor + Math.sign(entry.minor) * 10_000 }];
    case 'status':
      return [{ ...entry, status: 'PDNG' }];
    case 'date-cut':
      // Two days on: a session that ends at midnight may well be booked on the next.
      return [{ ...entry, valueDay: entry.valueDay + 2 }];
    case 'order':
      return [{ ...entry, bookedMs: session.closesAt * 1000 - 60_000 }];
  }
}

function written(session: Session, entries: readonly Entry[]): string {
  const messageId = `ST${session.no}`;
  const statements = entries.map((entry, n) => {
    const amount = (Math.abs(entry.minor) / 100).toFixed(2);
    const side = entry.minor < 0 ? 'DBIT' : 'CRDT';
    return (
      `<Stmt><Id>${messageId}-${n + 1}</Id><Acct><Id><Othr><Id>SETTLE-${entry.institution}</Id></Othr></Id><Ccy>CNY</Ccy>` +
      `<Ownr><Id><OrgId><Othr><Id>${entry.institution}</Id></Othr></OrgId></Id></Ownr></Acct>` +
      `${balance('OPBD', '0.00', 'CRDT', entry)}${balance('CLBD', entry.status === 'BOOK' ? amount : '0.00', side, entry)}` +
      `<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>${amount}</Sum></TtlNtries></TxsSummry>` +
      `<Ntry><NtryRef>${session.no}</NtryRef><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts><Cd>${entry.status}</Cd></Sts>` +
      `<BookgDt><DtTm>${businessTime(entry.bookedMs)}</DtTm></BookgDt><ValDt><Dt>${businessDate(entry.valueDay)}</Dt></ValDt>` +
      `<AcctSvcrRef>${entry.reference}</AcctSvcrRef><BkTxCd><Prtry><Cd>NETS</Cd></Prtry></BkTxCd></Ntry></Stmt>`
    );
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.12"><BkToCstmrStmt>` +
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${businessTime(session.finalAtMs)}</CreDtTm></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`
  );
}

function balance(code: string, amount: string, side: string, { valueDay }: Entry): string {
  return (
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd>` +
    `<Dt><Dt>${businessDate(valueDay)}</Dt></Dt></Bal>`
  );
}
