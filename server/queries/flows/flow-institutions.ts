import 'server-only';
import type { InstitutionKind } from '@/domain/flows/axes';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type FlowInstitution = {
  readonly id: number;
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly category: string;
  readonly name: string;
  readonly short: string;
};

/** Every institution a flow may touch, by row number, in the language asked for. Names are public: the scope is on the flows. */
export async function flowInstitutions(_actor: Actor, { locale }: { locale: string }): Promise<ReadonlyMap<number, FlowInstitution>> {
  const rows = await database().institution.findMany({
    select: { id: true, code: true, kind: true, category: true, nameZh: true, nameEn: true, shortZh: true, shortEn: true },
  });
  const chinese = locale.startsWith('zh');
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        code: row.code,
        kind: row.kind,
        category: row.category,
        name: chinese ? row.nameZh : row.nameEn,
        short: chinese ? row.shortZh : row.shortEn,
      },
    ]),
  );
}
