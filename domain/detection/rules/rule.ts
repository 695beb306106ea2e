import * as z from 'zod';

/** Fields of a fact that a rule may ask for. A rule that needs one which the fact lacks is not evaluable there; it never passes. */
export const FACT_FIELDS = [
  'payer',
  'payee',
  'payerCustomer',
  'payeeCustomer',
  'payerKind',
  'payeeKind',
  'businessType',
  'barcodeTier',
  'accountClass',
  'sameName',
  'cash',
  'crossBorder',
  'counter',
  'realNameMatched',
  'phone',
  'identity',
  'terminal',
  'merchant',
  'area',
  'mcc',
  'ticketUsual',
  'hourUsual',
  'hopsAgree',
  'route',
  'exempt',
  'openedAtMs',
  'payerActiveBefore',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

const condition = z.object({ field: z.enum(FACT_FIELDS), is: z.union([z.string(), z.boolean()]) });

const measure = z.discriminatedUnion('kind', [
  /** The amount of this payment alone. */
  z.object({ kind: z.literal('amount') }),
  /** Amounts of the group in the window, this payment included. */
  z.object({ kind: z.literal('sum') }),
  z.object({ kind: z.literal('count') }),
  /** Different values of a field in the group and window. */
  z.object({ kind: z.literal('distinct'), of: z.enum(FACT_FIELDS) }),
  /** 1 where the field has this value, 0 where it has another. */
  z.object({ kind: z.literal('flag'), of: z.enum(FACT_FIELDS), is: z.union([z.string(), z.boolean()]) }),
  /** Whole days since the moment in a field. */
  z.object({ kind: z.literal('days-since'), of: z.literal('openedAtMs') }),
]);

const band = z.object({
  /** In major units of the rule's currency for amounts and sums, a number otherwise. */
  from: z.string().regex(/^\d{1,15}(\.\d{1,4})?$/),
  outcome: z.enum(['violation', 'reportable', 'notable']),
  /** A key below `rules.shipped.<id>.reasons`. */
  reason: z.string().regex(/^[a-z][a-z0-9-]*$/),
});

/** A rule as data. Its texts, its citation among them, are messages under `rules.shipped.<id>`. */
export const Rule = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    version: z.int().min(1),
    /** A key below `rules.citations`. */
    citation: z.string().regex(/^[a-z][a-z0-9-]*$/),
    effectiveFrom: z.iso.date(),
    /** The first day on which it holds no more. */
    effectiveTo: z.iso.date().optional(),
    currency: z.string().length(3).optional(),
    groupBy: z.array(z.enum(FACT_FIELDS)).max(3),
    when: z.array(condition).max(8),
    unless: z.array(condition).max(4),
    measure,
    window: z.enum(['payment', 'business-day', 'calendar-year', 'lifetime', 'days-30']),
    /** Whether a band begins above its `from`, or at it. */
    boundary: z.enum(['>', '>=']),
    bands: z.array(band).min(1).max(16),
  })
  .superRefine((rule, context) => {
    const froms = rule.bands.map(({ from }) => Number(from));
    for (let i = 1; i < froms.length; i++)
      if ((froms[i] as number) <= (froms[i - 1] as number))
        context.addIssue({ code: 'custom', path: ['bands', i, 'from'], message: 'must be above the band before it' });
    if (rule.window !== 'payment' && rule.groupBy.length === 0)
      context.addIssue({ code: 'custom', path: ['groupBy'], message: 'a window over several payments needs something to group them by' });
    if (['amount', 'sum'].includes(rule.measure.kind) && rule.currency === undefined)
      context.addIssue({ code: 'custom', path: ['currency'], message: 'amounts are compared in one currency, which must be named' });
    if (rule.effectiveTo !== undefined && rule.effectiveTo <= rule.effectiveFrom)
      context.addIssue({ code: 'custom', path: ['effectiveTo'], message: 'must be after the day from which it holds' });
  });
export type Rule = z.infer<typeof Rule>;

/** What rules are told of one payment. Absent means that nobody said. */
export type RuleFact = {
  readonly id: string;
  readonly atMs: number;
  readonly amountMinor: bigint;
  readonly currency: string;
} & { readonly [F in FactField]?: string | boolean | number };

export type RuleFault = { readonly at: string; readonly message: string };

/** A rule from outside, or at which field it is none. */
export function parseRule(
  input: unknown,
): { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly faults: readonly RuleFault[] } {
  const parsed = Rule.safeParse(input);
  if (parsed.success) return { ok: true, rule: parsed.data };
  return { ok: false, faults: parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message })) };
}
