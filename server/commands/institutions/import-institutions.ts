import 'server-only';
import type pg from 'pg';

/** One row of a list of institutions, as the institution table will hold it. */
export type InstitutionRow = {
  readonly code: string;
  readonly kind: 'bank' | 'payment' | 'clearing' | 'external';
  readonly category: 'state' | 'joint' | 'city' | 'rural' | 'foreign' | 'payment' | 'clearing' | 'other';
  readonly nameZh: string;
  readonly nameEn: string;
  readonly shortZh: string;
  readonly shortEn: string;
  readonly pinyinInitials: string;
  readonly cnapsNo?: string;
  readonly licenceNo?: string;
};
export type ImportedInstitutions = { readonly added: readonly string[]; readonly changed: readonly string[]; readonly unchanged: number };

const NAMES = ['kind', 'category', 'name_zh', 'name_en', 'short_zh', 'short_en', 'pinyin_initials'] as const;

/**
 * Adds the institutions that are new and corrects those whose names or kind differ, found again by code, 12-digit code or licence.
 * All of it or, after any fault, nothing. `dryRun` says what would happen and undoes it. Needs a connection of its own.
 */
export async function importInstitutions(
  client: pg.ClientBase,
  input: { readonly institutions: readonly InstitutionRow[]; readonly dryRun?: boolean; readonly actorId?: string },
): Promise<ImportedInstitutions> {
  await client.query('begin');
  try {
    const imported = await apply(client, input.institutions);
    if (imported.added.length + imported.changed.length > 0) {
      await client.query(
        `insert into audit_event (actor_id, action, subject_type, subject_id, detail)
         values ($1, 'institutions.imported', 'institution', 'list', $2)`,
        [input.actorId ?? null, { added: imported.added, changed: imported.changed, unchanged: imported.unchanged }],
      );
    }
    await client.query(input.dryRun ? 'rollback' : 'commit');
    return imported;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function apply(client: pg.ClientBase, institutions: readonly InstitutionRow[]): Promise<ImportedInstitutions> {
  const added: string[] = [];
  const changed: string[] = [];
  let unchanged = 0;
  for (const institution of institutions) {
    const row = columnsOf(institution);
    const { rows } = await client.query<Record<string, string | number>>(
      `select id, code, ${NAMES.join(', ')}
         from institution
        where code = $1 or cnaps_no = $2 or licence_no = $3
          for update`,
      [row.code, row.cnaps_no, row.licence_no],
    );
    const [known] = rows;
    if (rows.length > 1)
      throw new Error(`${institution.code} is the code of one institution and the number of another: ${rows.map((r) => r.code)}`);
    if (!known) {
      await client.query(
        `insert into institution (code, cnaps_no, licence_no, ${NAMES.join(', ')})
         values ($1, $2, $3, ${NAMES.map((_, i) => `$${i + 4}`).join(', ')})`,
        [row.code, row.cnaps_no, row.licence_no, ...NAMES.map((name) => row[name])],
      );
      added.push(institution.code);
    } else if (NAMES.some((name) => known[name] !== row[name])) {
      await client.query(
        `update institution
            set ${NAMES.map((name, i) => `${name} = $${i + 4}`).join(', ')},
                cnaps_no = coalesce(cnaps_no, $2),
                licence_no = coalesce(licence_no, $3)
          where id = $1`,
        [known.id, row.cnaps_no, row.licence_no, ...NAMES.map((name) => row[name])],
      );
      changed.push(String(known.code));
    } else unchanged++;
  }
  return { added, changed, unchanged };
}

function columnsOf(institution: InstitutionRow) {
  return {
    code: institution.code,
    cnaps_no: institution.cnapsNo ?? null,
    licence_no: institution.licenceNo ?? null,
    kind: institution.kind,
    category: institution.category,
    name_zh: institution.nameZh,
    name_en: institution.nameEn,
    short_zh: institution.shortZh,
    short_en: institution.shortEn,
    pinyin_initials: institution.pinyinInitials,
  };
}
