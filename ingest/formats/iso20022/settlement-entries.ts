import { officeOf } from './agent';
import { identifier } from './identifiers';
import { type MappedLine, type MappedPayment, refused } from './mapped-line';
import type { IsoMessage } from './read-message';
import { instant } from './times';
import { all, at, type Element, isTrueAt, textAt } from './xml-tree';

/**
 * camt.053 and camt.054: every entry on a participant's settlement account becomes a booking of the session that it names. Entries that are
 * only announced for information (INFO, FUTR) are none.
 *
 * The participant is the account's owner (BIC, LEI or other id), or else the account's own id; the session is the entry's clearing system
 * reference, or else its entry reference; the booking's reference is the account servicer's.
 */
export function bookedEntries({ name, definition, body }: IsoMessage): readonly MappedPayment[] {
  const messageId = identifier(textAt(body, 'GrpHdr', 'MsgId') ?? '');
  return all(body, name === 'camt.053.001' ? 'Stmt' : 'Ntfctn').flatMap((report) =>
    all(report, 'Ntry').flatMap((entry) => {
      const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts', 'Prtry');
      if (status === 'INFO' || status === 'FUTR') return [];
      return [{ source: entry, lines: [booking(report, entry, { status, messageId, definition })] }];
    }),
  );
}

type Said = { readonly status: string | undefined; readonly messageId: string | undefined; readonly definition: string };

function booking(report: Element, entry: Element, { status, messageId, definition }: Said): MappedLine {
  if (!messageId) return refused('identifier-syntax', 'MsgId', 'the message id is too long once written in visible ASCII');
  const institution = ownerOf(at(report, 'Acct'));
  if (!institution) return refused('institution-code', 'Acct', 'the account names no participant: Ownr/Id or Id/Othr/Id is needed');
  const session = sessionOf(entry);
  if (!session) {
    return refused('session-missing', 'Ntry', 'neither ClrSysRef nor NtryRef of the entry is a session such as 20261123-03');
  }
  if (status !== 'BOOK' && status !== 'PDNG') return refused('entry-status', 'Sts', 'the status of an entry is BOOK, PDNG, INFO or FUTR');
  const reference = identifier(textAt(entry, 'AcctSvcrRef') ?? textAt(firstTransaction(entry), 'Refs', 'AcctSvcrRef') ?? '');
  if (!reference) return refused('identifier-missing', 'AcctSvcrRef', "the entry has no reference of the account's servicer");
  const amount = at(entry, 'Amt');
  if (!amount?.text || !amount.currency) return refused('amount-syntax', 'Amt', 'the entry has no amount with a currency');
  const bookedAt = instant(dateTime(at(entry, 'BookgDt')));
  if (status === 'BOOK' && !bookedAt) return refused('time-syntax', 'BookgDt', 'a booked entry says when: BookgDt with a date or a time');
  const valueDate = (textAt(entry, 'ValDt', 'Dt') ?? textAt(entry, 'ValDt', 'DtTm'))?.slice(0, 10);
  return {
    kind: 'settlement',
    line: {
      institution,
      sessionNo: session,
      reference,
      amount: amount.text,
      currency: amount.currency,
      credit: textAt(entry, 'CdtDbtInd') === 'CRDT',
      status: status === 'BOOK' ? 'booked' : 'pending',
      reversal: isTrueAt(entry, 'RvslInd'),
      ...(bookedAt && status === 'BOOK' ? { bookedAt } : {}),
      ...(valueDate ? { valueDate } : {}),
      messageName: definition,
      messageId,
    },
  };
}

function ownerOf(account: Element | undefined): string | undefined {
  const owner = at(account, 'Ownr', 'Id', 'OrgId');
  const bic = textAt(owner, 'AnyBIC');
  return textAt(owner, 'Othr', 'Id') ?? (bic && officeOf(bic)) ?? textAt(owner, 'LEI') ?? textAt(account, 'Id', 'Othr', 'Id');
}

const SESSION = /^\d{8}-\d{2}$/;

function sessionOf(entry: Element): string | undefined {
  const named = [textAt(firstTransaction(entry), 'Refs', 'ClrSysRef'), textAt(entry, 'NtryRef')];
  return named.find((text) => text !== undefined && SESSION.test(text));
}

function firstTransaction(entry: Element): Element | undefined {
  return at(entry, 'NtryDtls', 'TxDtls');
}

// A booking that only has a date counts as made at that day's last second: never before a cut-off of the same day.
function dateTime(choice: Element | undefined): string | undefined {
  const day = textAt(choice, 'Dt')?.slice(0, 10);
  return textAt(choice, 'DtTm') ?? (day && `${day}T23:59:59`);
}
