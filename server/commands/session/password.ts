import 'server-only';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP's first choice: argon2id with 19 MiB, two passes, one lane.
const SETTINGS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MAX_AT_ONCE = 4;

let running = 0;
const waiting: (() => void)[] = [];

// Each check takes 19 MiB; a flood of sign-ins queues instead of filling the memory.
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

export async function hashPassword(password: string): Promise<string> {
  return await inTurn(() => hash(password, SETTINGS));
}

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown login (`stored` undefined) as for a wrong password. */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('no such person');
  const against = stored ?? (await decoy);
  const matches = await inTurn(() => verify(against, password));
  return matches && stored !== undefined;
}
