import 'server-only';
import type pg from 'pg';
import type { Role } from '@/domain/permissions';
import { hashPassword } from '../session/hash-password';

export const PASSWORD_CHARACTERS_MIN = 12;

export type CreateUser = {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  /** Code of the institution whose data the person may see: for the role "institution", and for no other. */
  readonly institution?: string;
  readonly password: string;
};
export type CreatedUser =
  | { readonly kind: 'created'; readonly userId: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'login-syntax' | 'login-taken' | 'password-short' | 'institution-unknown' | 'institution-and-role';
    };

/** Makes a person who can sign in, from the command line: nobody is signed in while the first one is made. Needs a connection of its own. */
export async function createUser(client: pg.ClientBase, input: CreateUser): Promise<CreatedUser> {
  if (!/^[a-z0-9][a-z0-9._@-]{1,63}$/.test(input.login)) return { kind: 'refused', reason: 'login-syntax' };
  if ((input.role === 'institution') !== (input.institution !== undefined)) return { kind: 'refused', reason: 'institution-and-role' };
  if (input.password.length < PASSWORD_CHARACTERS_MIN) return { kind: 'refused', reason: 'password-short' };
  const passwordHash = await hashPassword(input.password);
  await client.query('begin');
  try {
    const created = await insertUser(client, input, passwordHash);
    await client.query(created.kind === 'created' ? 'commit' : 'rollback');
    return created;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function insertUser(client: pg.ClientBase, input: CreateUser, passwordHash: string): Promise<CreatedUser> {
  const { login, displayName, role, institution } = input;
  let institutionId: number | null = null;
  if (institution !== undefined) {
    const { rows } = await client.query<{ id: number }>('select id from institution where code = $1', [institution]);
    if (!rows[0]) return { kind: 'refused', reason: 'institution-unknown' };
    institutionId = rows[0].id;
  }
  const { rows } = await client.query<{ id: string }>(
    `insert into app_user (login, display_name, role, institution_id, password_hash)
     values ($1, $2, $3::user_role, $4, $5)
     on conflict (login) do nothing
     returning id`,
    [login, displayName, role, institutionId, passwordHash],
  );
  const [user] = rows;
  if (!user) return { kind: 'refused', reason: 'login-taken' };
  await client.query(
    `insert into audit_event (action, subject_type, subject_id, detail)
     values ('user.created', 'app_user', $1, $2)`,
    [user.id, { login, role, institution: institution ?? null }],
  );
  return { kind: 'created', userId: user.id };
}
