import 'server-only';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP's least-memory argon2id profile. `Algorithm` is a const enum of a native module: 2 is Argon2id.
const PROFILE = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

/** argon2id, m = 19 MiB, t = 2, p = 1, in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return capped(() => hash(password, PROFILE));
}

/** False for a wrong password and for a hash that cannot be read. */
export function passwordMatches(passwordHash: string, password: string): Promise<boolean> {
  return capped(() => verify(passwordHash, password).catch(() => false));
}

// Each hash takes 19 MiB: a flood of sign-ins queues instead of eating the memory.
async function capped<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
