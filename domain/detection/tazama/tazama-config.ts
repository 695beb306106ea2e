import * as z from 'zod';

/**
 * The published configuration of the open transaction monitoring project Tazama (rule and typology documents, versions 1 to 4): a rule turns
 * one number or word into a sub-rule reference; a typology gives references weights, adds them up and compares with thresholds.
 */
const reference = z.string().min(1);
const exitCondition = z.object({ subRuleRef: reference, reason: z.string() });
const band = z.object({ subRuleRef: reference, lowerLimit: z.number().optional(), upperLimit: z.number().optional(), reason: z.string() });
const oneCase = z.object({ subRuleRef: reference, value: z.union([z.string(), z.number()]).optional(), reason: z.string() });

// Version 4 holds the cases and the alternative apart; before it the alternative was the case without a value.
const cases = z.union([
  z.object({ expressions: z.array(oneCase.required({ value: true })), alternative: oneCase.omit({ value: true }) }),
  z.array(oneCase).transform((all, context) => {
    const alternative = all.find(({ value }) => value === undefined);
    if (!alternative) {
      context.addIssue({ code: 'custom', message: 'one case without a value is needed: what is said where none fits' });
      return z.NEVER;
    }
    return { expressions: all.flatMap(({ value, ...rest }) => (value === undefined ? [] : [{ ...rest, value }])), alternative };
  }),
]);

export const TazamaRule = z
  .object({
    id: z.string().min(1),
    cfg: z.string().min(1),
    desc: z.string().optional(),
    config: z.object({
      parameters: z.record(z.string(), z.unknown()).optional(),
      exitConditions: z.array(exitCondition).optional(),
      bands: z.array(band).min(1).optional(),
      cases: cases.optional(),
    }),
  })
  .superRefine(({ config }, context) => {
    if ((config.bands === undefined) === (config.cases === undefined))
      context.addIssue({ code: 'custom', path: ['config'], message: 'either bands or cases are needed, not both' });
  });
export type TazamaRule = z.infer<typeof TazamaRule>;

export type TazamaExpression = readonly (string | number | TazamaExpression)[];
const expression: z.ZodType<TazamaExpression> = z.lazy(() => z.array(z.union([z.string(), z.number(), expression])).min(2));

export const TazamaTypology = z.object({
  id: z.string().min(1),
  cfg: z.string().min(1),
  desc: z.string().optional(),
  rules: z.array(
    z.object({
      id: z.string().min(1),
      cfg: z.string().min(1),
      termId: z.string().min(1),
      // Some published versions write the weight as text.
      wghts: z.array(
        z.object({
          ref: reference,
          wght: z.union([
            z.number(),
            z
              .string()
              .regex(/^-?\d+(\.\d+)?$/)
              .transform(Number),
          ]),
        }),
      ),
    }),
  ),
  expression,
  workflow: z.object({
    alertThreshold: z.number().optional(),
    interdictionThreshold: z.number().optional(),
    flowProcessor: z.string().optional(),
  }),
});
export type TazamaTypology = z.infer<typeof TazamaTypology>;

export type ConfigFault = { readonly at: string; readonly message: string };
export type Imported<T> = { readonly ok: true; readonly config: T } | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** A rule document, or at which of its fields it is none. */
export function importTazamaRule(input: unknown): Imported<TazamaRule> {
  return imported(TazamaRule, input);
}

/** A typology document, or at which of its fields it is none: terms and rules must fit each other. */
export function importTazamaTypology(input: unknown): Imported<TazamaTypology> {
  const read = imported(TazamaTypology, input);
  if (!read.ok) return read;
  const faults = [...expressionFaults(read.config.expression, new Set(read.config.rules.map(({ termId }) => termId)), 'expression')];
  return faults.length > 0 ? { ok: false, faults } : read;
}

export const OPERATORS = ['Add', 'Subtract', 'Multiply', 'Divide', 'Max', 'Min'] as const;

function* expressionFaults(one: TazamaExpression, terms: ReadonlySet<string>, at: string): Generator<ConfigFault> {
  const [operator, ...rest] = one;
  if (!OPERATORS.some((known) => known === operator))
    yield { at: `${at}.0`, message: `${String(operator)} is none of ${OPERATORS.join(', ')}` };
  for (const [i, term] of rest.entries()) {
    if (typeof term === 'string' && !terms.has(term)) yield { at: `${at}.${i + 1}`, message: `no rule has the term ${term}` };
    if (typeof term === 'object') yield* expressionFaults(term, terms, `${at}.${i + 1}`);
  }
}

function imported<T>(shape: z.ZodType<T>, input: unknown): Imported<T> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return { ok: true, config: parsed.data };
  return { ok: false, faults: parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message })) };
}
