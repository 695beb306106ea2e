import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

const Row = z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string(), kind: z.string() });
export type FoundInstitution = z.infer<typeof Row>;

/** Up to eight institutions by code, Chinese or English name, pinyin initials, bank code or BIC; what begins with the text comes first. */
export async function foundInstitutions(actor: Pick<Actor, 'institutionId'>, text: string): Promise<readonly FoundInstitution[]> {
  if (text === '') return [];
  const escaped = text.replaceAll(/[\\%_]/g, '\\$&');
  const within = `%${escaped}%`;
  const begins = `${escaped}%`;
  const own = actor.institutionId === null ? Prisma.empty : Prisma.sql`and id = ${actor.institutionId}`;
  const rows = await database().$queryRaw`
    select code, name_zh as "nameZh", name_en as "nameEn", kind::text as kind
    from institution
    where (name_zh like ${within}
       or short_zh like ${within}
       or name_en ilike ${within}
       or code ilike ${begins}
       or pinyin_initials ilike ${begins}
       or cnaps_no like ${begins}
       or bic ilike ${begins})
      ${own}
    order by
      (code ilike ${escaped}) desc,
      (name_zh like ${begins} or name_en ilike ${begins} or pinyin_initials ilike ${escaped}) desc,
      id
    limit 8`;
  return z.array(Row).parse(rows);
}
