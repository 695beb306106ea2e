import * as z from 'zod';

/** Row number of an institution inside this installation. People and feeds use its code. */
export const InstitutionId = z.int().positive().brand('InstitutionId');
export type InstitutionId = z.infer<typeof InstitutionId>;

/** What a feed calls an institution: a platform code, a 12-digit bank code or a BIC. */
export const InstitutionCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/)
  .brand('InstitutionCode');
export type InstitutionCode = z.infer<typeof InstitutionCode>;

/** UUID derived from the platform's transaction id, so that every party's leg computes the same key. */
export const TransactionKey = z.uuid().brand('TransactionKey');
export type TransactionKey = z.infer<typeof TransactionKey>;

/** Pseudonym of an account: the first 128 bits of a keyed hash of institution and number. */
export const AccountId = z.guid().brand('AccountId');
export type AccountId = z.infer<typeof AccountId>;

export const UserId = z.uuid().brand('UserId');
export type UserId = z.infer<typeof UserId>;

export const SessionId = z.uuid().brand('SessionId');
export type SessionId = z.infer<typeof SessionId>;
