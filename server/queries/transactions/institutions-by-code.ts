import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type FoundInstitution = { readonly id: number; readonly code: string; readonly name: string };

/** The institutions that carry one of `codes`, with short names in `locale`. Names are public: who sees what is decided on the payments. */
export async function institutionsByCode(
  _actor: Actor,
  { codes, locale }: { codes: readonly string[]; locale: string },
): Promise<readonly FoundInstitution[]> {
  // An address may hold anything; the database takes no NUL even in a question.
  const asked = codes.filter((code) => !code.includes('\0'));
  if (asked.length === 0) return [];
  const rows = await database().institution.findMany({
    where: { code: { in: asked } },
    select: { id: true, code: true, shortZh: true, shortEn: true },
  });
  return rows.map(({ id, code, shortZh, shortEn }) => ({ id, code, name: locale.startsWith('zh') ? shortZh : shortEn }));
}
