import * as z from 'zod';

const Id = z.string().regex(/^\d{1,18}$/);

/** What a screen can put into a case: alerts, payments by their key, or a trace by the page that shows it. */
export const CaseItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alerts'), ids: z.array(Id).min(1).max(200) }),
  z.strictObject({ kind: z.literal('transactions'), keys: z.array(z.guid()).min(1).max(200) }),
  z.strictObject({
    kind: z.literal('trace'),
    /** Path and search of the trace's page. */
    address: z
      .string()
      .max(20_000)
      .regex(/^\/(?:trace|transactions\/[^/?]{1,300}\/trace)(?:\?[\x21-\x7e]*)?$/),
  }),
]);
export type CaseItem = z.infer<typeof CaseItem>;

/** Where it goes: into a case that one is on, or into a new one. */
export const CaseTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case'), no: z.string().regex(/^C-\d{4}-\d{4,18}$/) }),
  z.strictObject({ kind: z.literal('new'), title: z.string().trim().min(2).max(200), supervisorId: z.guid().nullable() }),
]);
export type CaseTarget = z.infer<typeof CaseTarget>;

/** A case as a list of choices names it. */
export type CaseChoice = { readonly no: string; readonly title: string; readonly holds: boolean };
export type CasePerson = { readonly id: string; readonly name: string };
export type CaseChoices = { readonly cases: readonly CaseChoice[]; readonly people: readonly CasePerson[] };

export type CaseAdded =
  | { readonly kind: 'added'; readonly no: string; readonly title: string; readonly added: number; readonly already: number }
  | { readonly kind: 'refused'; readonly reason: 'not-found' | 'not-workable' | 'full' | 'invalid' | 'may-not' | 'unreadable-trace' };
