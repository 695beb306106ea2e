import 'server-only';
import * as z from 'zod';
import { CASE_FILE_KINDS } from '@/domain/cases/file-kind';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Note = z.object({ id: z.string(), text: z.string(), by: z.string(), at: z.date() });
const Check = z.object({
  id: z.string(),
  step: z.string().nullable(),
  text: z.string().nullable(),
  by: z.string().nullable(),
  at: z.date().nullable(),
});
const File = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(CASE_FILE_KINDS),
  bytes: z.int(),
  sha256: z.string(),
  description: z.string(),
  by: z.string(),
  at: z.date(),
});
export type CaseNote = z.infer<typeof Note>;
export type CaseCheck = z.infer<typeof Check>;
export type CaseFileRow = z.infer<typeof File>;
export type CaseWork = {
  readonly notes: readonly CaseNote[];
  readonly checks: readonly CaseCheck[];
  readonly files: readonly CaseFileRow[];
};

const NOTES_MAX = 500;

/** What people wrote, ticked and brought in: notes newest first, the checklist in its order, files newest first. Empty for who is not on it. */
export async function caseWork(actor: Actor, { no }: { no: string }): Promise<CaseWork> {
  requirePermission(actor, 'cases:view');
  const [notes, checks, files] = await Promise.all([
    database().$queryRaw`
      select n.id::text as id, n.text, u.display_name as by, n.written_at as at
      from case_note n
      join case_record c on c.id = n.case_id
      join app_user u on u.id = n.written_by
      where c.no = ${no} and ${onCase(actor)}
      order by n.id desc
      limit ${NOTES_MAX}`,
    database().$queryRaw`
      select k.id::text as id, k.step, k.text, u.display_name as by, k.done_at as at
      from case_check k
      join case_record c on c.id = k.case_id
      left join app_user u on u.id = k.done_by
      where c.no = ${no} and ${onCase(actor)}
      order by k.id`,
    database().$queryRaw`
      select f.id::text as id, f.name, f.kind, f.bytes, f.sha256, f.description, u.display_name as by, f.added_at as at
      from case_file f
      join case_record c on c.id = f.case_id
      join app_user u on u.id = f.added_by
      where c.no = ${no} and ${onCase(actor)}
      order by f.added_at desc, f.id`,
  ]);
  return { notes: z.array(Note).parse(notes), checks: z.array(Check).parse(checks), files: z.array(File).parse(files) };
}
