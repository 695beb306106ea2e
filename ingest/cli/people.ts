import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type Algorithm, hash } from '@node-rs/argon2';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';

export const ROLES = ['regulator', 'compliance', 'admin', 'operator', 'institution'] as const;
const PASSWORD_CHARACTERS_MIN = 12;
// Argon2id with 19 MiB, two passes, one lane: the recommendation of OWASP.
const ARGON2ID: Algorithm.Argon2id = 2;

/** Makes a person who can sign in. The password comes from the terminal, unseen, or from the first line of standard input. */
export async function createUser(
  here: Installation,
  login: string,
  options: { readonly role: string; readonly name?: string; readonly institution?: string },
  ask: () => Promise<string> = askPassword,
): Promise<ExitCode> {
  if (!/^[a-z0-9][a-z0-9._@-]{1,63}$/.test(login)) throw new Failure('A login has 2 to 64 small letters, digits, . _ @ or -.', EXIT.usage);
  if ((options.role === 'institution') !== (options.institution !== undefined)) {
    throw new Failure('The role "institution", and no other, needs --institution.', EXIT.usage);
  }
  const password = await ask();
  if (password.length < PASSWORD_CHARACTERS_MIN) throw new Failure(`The password must have ${PASSWORD_CHARACTERS_MIN} characters or more.`);
  const passwordHash = await hash(password, { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await withDatabase(here, async (client) => {
    const { rows } = await client.query<{ known: boolean }>(
      'select $1::text is null or exists (select from institution where code = $1) as known',
      [options.institution ?? null],
    );
    if (!rows[0]?.known) throw new Failure(`No institution is registered as ${options.institution}.`);
    const created = await client.query(
      `with created as (
         insert into app_user (login, display_name, role, institution_id, password_hash)
         values ($1, $2, $3::user_role, (select id from institution where code = $4), $5)
         on conflict (login) do nothing
         returning id
       ), audited as (
         insert into audit_event (action, subject_type, subject_id, detail)
         select 'user.created', 'app_user', id::text, jsonb_build_object('login', $1::text, 'role', $3::text)
           from created
       )
       select id from created`,
      [login, options.name ?? login, options.role, options.institution ?? null, passwordHash],
    );
    if (created.rowCount === 0) throw new Failure(`There is a person with the login ${login} already.`);
  });
  process.stdout.write(`${login} can sign in as ${options.role}.\n`);
  return EXIT.done;
}

async function askPassword(): Promise<string> {
  const hidden = process.stdin.isTTY === true;
  if (hidden) process.stderr.write('Password: ');
  // The terminal's echo goes nowhere.
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: hidden });
  try {
    for await (const line of lines) return line;
    throw new Failure('No password was given.');
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
