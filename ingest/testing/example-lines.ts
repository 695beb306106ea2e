import type { TransactionLineInput } from '../formats/message-format';

/** A payment from Bank A to Bank B that every check accepts, with changes. */
export function payment(id: string, changes: Partial<TransactionLineInput> = {}): TransactionLineInput {
  return {
    id,
    businessType: 'gateway',
    route: 'cleared',
    status: 'succeeded',
    payer: { institution: 'BANK-A', account: '6222021234561182' },
    payee: { institution: 'BANK-B', account: '6228480402564890018' },
    amount: '128.50',
    currency: 'CNY',
    acceptedAt: '2026-11-23T09:46:52.004+08:00',
    ...changes,
  };
}

export function text(line: object): string {
  return JSON.stringify(line);
}
