import 'server-only';
import * as z from 'zod';
import type { Actor } from '@/server/session';
import { type CaseOutcome, changeCase, Text } from './work-on-case';

export const WriteNote = z.object({ no: z.string(), text: Text(1, 4000) });

/** Writes a note, which stays as it was written. Throws NotFound, Forbidden. */
export async function writeNote(actor: Actor, input: z.input<typeof WriteNote>): Promise<CaseOutcome> {
  const { no, text } = WriteNote.parse(input);
  return await changeCase(actor, no, async (tx, { id: caseId }) => {
    const { id } = await tx.caseNote.create({ data: { caseId, text, writtenBy: actor.id }, select: { id: true } });
    return { outcome: { kind: 'done' }, event: { kind: 'note-written', detail: { note: String(id) } } };
  });
}
