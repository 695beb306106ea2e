import * as z from 'zod';
import { DISMISS_REASONS } from './alert-states';

const Note = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\p{Cc}]*$/u);
export const AlertId = z.string().regex(/^\d{1,18}$/);

/** What a person does with an alert. Notes are one line; times are checked against the server's clock. */
export const TriageAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept'), note: Note.optional() }),
  z.object({ kind: z.literal('duplicate'), of: AlertId }),
  z.object({ kind: z.literal('dismiss'), reason: z.enum(DISMISS_REASONS), note: Note.optional() }),
  z.object({ kind: z.literal('snooze'), until: z.coerce.date() }),
  z.object({ kind: z.literal('assign'), to: z.uuid().nullable() }),
  z.object({ kind: z.literal('escalate'), note: Note.min(2) }),
  z.object({ kind: z.literal('reopen') }),
]);
export type TriageAction = z.infer<typeof TriageAction>;
