import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import type { FoundInstitution } from './institutions-by-code';

const OFFERED_MAX = 12;
const Row = z.object({ id: z.int(), code: z.string(), name: z.string() });

/** A dozen institutions whose code, names or pinyin initials hold `text`; those that begin with it first. */
export async function matchingInstitutions(
  _actor: Actor,
  { text, locale }: { text: string; locale: string },
): Promise<readonly FoundInstitution[]> {
  const chinese = locale.startsWith('zh');
  const wanted = text.toLowerCase();
  const rows = await database().$queryRaw`
    select id, code, case when ${chinese} then short_zh else short_en end as name
    from institution
    where strpos(lower(code), ${wanted}) > 0
      or strpos(lower(short_zh), ${wanted}) > 0
      or strpos(lower(short_en), ${wanted}) > 0
      or strpos(lower(name_zh), ${wanted}) > 0
      or strpos(lower(name_en), ${wanted}) > 0
      or strpos(pinyin_initials, ${wanted}) > 0
    order by least(
      nullif(strpos(lower(code), ${wanted}), 0), nullif(strpos(lower(short_zh), ${wanted}), 0),
      nullif(strpos(lower(short_en), ${wanted}), 0), nullif(strpos(pinyin_initials, ${wanted}), 0)) nulls last, code
    limit ${OFFERED_MAX}`;
  return z.array(Row).parse(rows);
}
