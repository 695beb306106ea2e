import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Role } from '@/domain/permissions';
import { type CreatedUser, createUser, PASSWORD_CHARACTERS_MIN } from '@/server/commands/people/create-user';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';

/** Makes a person. The password comes from the terminal, unseen, or from the first line of standard input. */
export async function makeUser(
  here: Installation,
  login: string,
  options: { readonly role: Role; readonly name?: string; readonly institution?: string },
  ask: () => Promise<string> = askPassword,
): Promise<ExitCode> {
  const { role, name, institution } = options;
  const password = await ask();
  const created = await withDatabase(here, (client) =>
    createUser(client, { login, displayName: name ?? login, role, password, ...(institution === undefined ? {} : { institution }) }),
  );
  if (created.kind === 'refused') throw new Failure(said(created.reason, login, institution));
  process.stdout.write(`${login} can sign in as ${role}.\n`);
  return EXIT.done;
}

function said(reason: Extract<CreatedUser, { kind: 'refused' }>['reason'], login: string, institution: string | undefined): string {
  switch (reason) {
    case 'login-syntax':
      return 'A login has 2 to 64 small letters, digits, . _ @ or -.';
    case 'login-taken':
      return `There is a person with the login ${login} already.`;
    case 'password-short':
      return `The password must have ${PASSWORD_CHARACTERS_MIN} characters or more.`;
    case 'institution-unknown':
      return `No institution is registered as ${institution}.`;
    case 'institution-and-role':
      return 'The role "institution", and no other, needs --institution.';
  }
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
