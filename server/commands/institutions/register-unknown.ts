import 'server-only';
import type pg from 'pg';

/** An institution that a file names. */
export type NamedInstitution = {
  readonly code: string;
  readonly currency: string;
  /** The code is a BIC: it comes from a message that says so. */
  readonly isBic?: boolean;
};

/**
 * Registers those of the institutions that nobody has registered, under their codes, as banks of kind "other" until somebody says more.
 * A BIC is kept as a BIC, twelve digits as a bank code. Returns the codes that were new.
 */
export async function registerUnknown(
  client: pg.Pool | pg.ClientBase,
  input: { readonly institutions: readonly NamedInstitution[]; readonly actorId?: string },
): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string }>(
    `with named as (
       select code, currency, is_bic
         from unnest($1::text[], $2::text[], $3::boolean[]) as n (code, currency, is_bic)
     ), registered as (
       insert into institution (code, kind, category, status, name_zh, name_en, short_zh, short_en, pinyin_initials, currency, cnaps_no, bic)
       select code,
              (case when upper(code) = 'EXTERNAL' then 'external' else 'bank' end)::institution_kind,
              'other', 'registered', code, code, code, code, lower(code), currency,
              case when code ~ '^[0-9]{12}$' then code end,
              case when is_bic then code end
         from named
        where not exists (select 1 from institution i where named.code in (i.code, i.cnaps_no, i.bic))
       on conflict (code) do nothing
       returning code
     ), audited as (
       insert into audit_event (actor_id, action, subject_type, subject_id, detail)
       select $4::uuid, 'institution.registered', 'institution', code, '{"from": "import"}'
         from registered
     )
     select code from registered order by code`,
    [
      input.institutions.map(({ code }) => code),
      input.institutions.map(({ currency }) => currency),
      input.institutions.map(({ isBic }) => isBic === true),
      input.actorId ?? null,
    ],
  );
  return rows.map(({ code }) => code);
}

/** The clearing-kind institution in whose name files are imported. Idempotent. */
export async function registerImporter(client: pg.Pool | pg.ClientBase, code: string): Promise<void> {
  await client.query(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en, pinyin_initials)
     values ($1, 'clearing', 'clearing', '数据导入', 'File import', '导入', 'Import', 'sjdr')
     on conflict (code) do nothing`,
    [code],
  );
}
