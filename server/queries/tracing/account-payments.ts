import 'server-only';
import * as z from 'zod';
import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { Prisma } from '@/server/generated/prisma/client';
import { isParty } from '../transactions/transaction-conditions';

/** One payment as the store has it. */
export type StoredPayment = {
  readonly key: string;
  readonly atMs: number;
  readonly batchId: number;
  readonly lineNo: number;
  readonly payer: string;
  readonly payee: string;
  readonly payerInstitutionId: number;
  readonly payeeInstitutionId: number;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly businessType: BusinessType;
};

/** Each account's name once: looked up a million times in one trace, the same string is found at once and an equal one is not. */
export type Names = Map<string, string>;

export type Reader = Pick<Prisma.TransactionClient, '$queryRaw'>;
/** Payments of one currency that succeeded, accepted in [fromMs, untilMs), and that the viewer may see. */
export type PaymentScope = {
  readonly currency: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly viewerInstitutionId: number | null;
};

/**
 * Every payment in or out of any of the accounts, up to `rowsMax`: one statement for a whole frontier. An account's books need both sides,
 * as what it spends depends on all that it received.
 */
export async function accountPayments(
  reader: Reader,
  accounts: readonly string[],
  scope: PaymentScope,
  { rowsMax, names }: { readonly rowsMax: number; readonly names: Names },
): Promise<readonly StoredPayment[]> {
  const ids = [...accounts];
  return await paymentsWhere(
    reader,
    Prisma.sql`(t.payer_account = any(${ids}::uuid[]) or t.payee_account = any(${ids}::uuid[])) and ${within(scope)}`,
    { rowsMax, names },
  );
}

/** Payments by their keys, whenever they were. */
export async function paymentsByKey(
  reader: Reader,
  keys: readonly string[],
  { currency, viewerInstitutionId }: Pick<PaymentScope, 'currency' | 'viewerInstitutionId'>,
): Promise<readonly StoredPayment[]> {
  const condition = Prisma.sql`t.transaction_key = any(${[...keys]}::uuid[]) and t.currency = ${currency}
    and t.status = 'succeeded' ${seenBy(viewerInstitutionId)}`;
  return await paymentsWhere(reader, condition, { rowsMax: keys.length, names: new Map() });
}

/** Conditions on clearing_transaction `t` that every reading of a scope shares. */
export const within = ({ currency, fromMs, untilMs, viewerInstitutionId }: PaymentScope) => Prisma.sql`t.accepted_at >= ${new Date(fromMs)}
  and t.accepted_at < ${new Date(untilMs)} and t.status = 'succeeded' and t.currency = ${currency} ${seenBy(viewerInstitutionId)}`;

const seenBy = (institutionId: number | null) => (institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([institutionId])}`);

// A frontier may have a hundred thousand payments: as one text they cost a tenth of what as many rows of the client cost.
async function paymentsWhere(
  reader: Reader,
  condition: Prisma.Sql,
  { rowsMax, names }: { readonly rowsMax: number; readonly names: Names },
): Promise<readonly StoredPayment[]> {
  const [answer] = z.array(z.object({ lines: z.string().nullable() })).parse(
    await reader.$queryRaw`
      select string_agg(line, E'\n') as lines
      from (
        select concat_ws(' ', t.transaction_key, (extract(epoch from t.accepted_at) * 1000)::float8, t.batch_id, t.line_no, t.payer_account,
          t.payee_account, t.payer_institution_id, t.payee_institution_id, t.amount_minor, t.currency, t.business_type) as line
        from clearing_transaction t
        where ${condition}
        limit ${rowsMax}
      ) payments`,
  );
  return answer?.lines ? answer.lines.split('\n').map((line) => paymentOf(line, names)) : [];
}

const FIELDS = 11;
const Type = z.enum(BUSINESS_TYPES);

function paymentOf(line: string, names: Names): StoredPayment {
  const fields = line.split(' ');
  if (fields.length !== FIELDS) throw new Error(`a payment has ${FIELDS} fields, not ${fields.length}`);
  const [key, atMs, batchId, lineNo, payer, payee, payerInstitutionId, payeeInstitutionId, amountMinor, currency, type] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    key,
    atMs: Number(atMs),
    batchId: Number(batchId),
    lineNo: Number(lineNo),
    payer: nameOf(names, payer),
    payee: nameOf(names, payee),
    payerInstitutionId: Number(payerInstitutionId),
    payeeInstitutionId: Number(payeeInstitutionId),
    amountMinor: BigInt(amountMinor),
    currency,
    businessType: Type.parse(type),
  };
}

function nameOf(names: Names, text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  names.set(text, text);
  return text;
}
