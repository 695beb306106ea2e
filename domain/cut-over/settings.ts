import * as z from 'zod';

/** What people may set about the cut-over; the matching rule is not among it, since it would change every verdict. */
export const CutOverSettings = z.object({
  /** From the day after, any direct debit is overdue. The default is the day of the notice that ended direct connections. */
  deadline: z.iso.date(),
  /** A certificate rests on at least so many days. */
  minimumDays: z.int().min(1).max(366),
  /** Agreements that must be known to clearing, in per cent. */
  coverageMinPercent: z.number().min(0).max(100),
});
export type CutOverSettings = z.infer<typeof CutOverSettings>;

export const CUT_OVER_DEFAULTS: CutOverSettings = { deadline: '2018-06-30', minimumDays: 7, coverageMinPercent: 100 };
