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
 * A BIC is kept as a BIC, twelve digits as a bank code, a LEI as a LEI. Returns the codes that were new. Needs a connection of its own.
 */
export async function registerUnknown(
  client: pg.ClientBase,
  input: { readonly institutions: readonly NamedInstitution[]; readonly actorId?: string },
): Promise<readonly string[]> {
  await client.query('begin');
  try {
    const codes = await insertUnknown(client, input.institutions);
    await client.query(
      `insert into audit_event (actor_id, action, subject_type, subject_id, detail)
       select $2::uuid, 'institution.registered', 'institution', code, '{"from": "import"}'
         from unnest($1::text[]) as code`,
      [codes, input.actorId ?? null],
    );
    await client.query('commit');
    return codes;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function insertUnknown(client: pg.ClientBase, institutions: readonly NamedInstitution[]): Promise<readonly string[]> {
  // A head office's BIC may be on record with or without its "XXX".
  const { rows } = await client.query<{ code: string }>(
    `insert into institution (code, kind, category, status, name_zh, name_en, short_zh, short_en, pinyin_initials, currency, cnaps_no, bic, lei)
     select named.code,
            (case when upper(named.code) = 'EXTERNAL' then 'external' else 'bank' end)::institution_kind,
            'other', 'registered', named.code, named.code, named.code, named.code, lower(named.code), named.currency,
            case when named.code ~ '^[0-9]{12}$' then named.code end,
            case when named.is_bic then named.code end,
            case when named.code ~ '^[0-9A-Z]{18}[0-9]{2}$' then named.code end
       from unnest($1::text[], $2::text[], $3::boolean[]) as named (code, currency, is_bic)
       left join institution i
         on named.code in (i.code, i.cnaps_no, i.bic, i.lei)
         or (named.is_bic and regexp_replace(named.code, 'XXX$', '') = regexp_replace(i.bic, 'XXX$', ''))
      where i.id is null
     on conflict (code) do nothing
     returning code`,
    [institutions.map(({ code }) => code), institutions.map(({ currency }) => currency), institutions.map(({ isBic }) => isBic === true)],
  );
  return rows.map(({ code }) => code).sort();
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
