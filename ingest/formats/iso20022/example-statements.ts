import { document } from './example-messages';

export type ExampleEntry = {
  readonly owner: string;
  readonly session?: string;
  readonly amount: string;
  readonly currency?: string;
  readonly credit: boolean;
  readonly reference: string;
  readonly status?: string;
  readonly reversal?: boolean;
  readonly bookedAt?: string;
  readonly valueDate?: string;
};

function entry(given: ExampleEntry): string {
  const { amount, currency = 'CNY', credit, reference, status = 'BOOK', reversal, session = '20261123-05' } = given;
  return `<Ntry><NtryRef>${session}</NtryRef><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${credit ? 'CRDT' : 'DBIT'}</CdtDbtInd>
    ${reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>${status}</Cd></Sts>
    <BookgDt><DtTm>${given.bookedAt ?? '2026-11-23T10:05:00+08:00'}</DtTm></BookgDt><ValDt><Dt>${given.valueDate ?? '2026-11-23'}</Dt></ValDt>
    <AcctSvcrRef>${reference}</AcctSvcrRef><BkTxCd><Prtry><Cd>NETS</Cd></Prtry></BkTxCd></Ntry>`;
}

function account(owner: string): string {
  return `<Acct><Id><Othr><Id>S-${owner}</Id></Othr></Id><Ownr><Id><OrgId><Othr><Id>${owner}</Id></Othr></OrgId></Id></Ownr></Acct>`;
}

/** camt.053.001.12 of a made-up settlement agent: a statement for each entry, from zero to what it booked. */
export function statement(
  entries: readonly ExampleEntry[],
  { closing, messageId = 'ST-1' }: { closing?: string; messageId?: string } = {},
): string {
  const balance = (code: string, amount: string, credit: boolean) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>${credit ? 'CRDT' : 'DBIT'}</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>`;
  const each = entries.map(
    (given, n) => `<Stmt><Id>${messageId}-${n + 1}</Id>${account(given.owner)}${balance('OPBD', '0', true)}
      ${balance('CLBD', closing ?? (given.status && given.status !== 'BOOK' ? '0' : given.amount), given.credit)}
      <TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>${given.amount}</Sum></TtlNtries></TxsSummry>${entry(given)}</Stmt>`,
  );
  return document(
    'camt.053.001.12',
    `<BkToCstmrStmt><GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2026-11-23T10:06:00+08:00</CreDtTm></GrpHdr>${each.join('')}</BkToCstmrStmt>`,
  );
}

/** camt.054.001.12: the same bookings as notifications. */
export function notification(entries: readonly ExampleEntry[]): string {
  const each = entries.map((given, n) => `<Ntfctn><Id>NT-1-${n + 1}</Id>${account(given.owner)}${entry(given)}</Ntfctn>`);
  return document(
    'camt.054.001.12',
    `<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>NT-1</MsgId><CreDtTm>2026-11-23T10:05:30+08:00</CreDtTm></GrpHdr>${each.join('')}</BkToCstmrDbtCdtNtfctn>`,
  );
}
