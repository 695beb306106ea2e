import 'server-only';

const KEPT_MOST = 48;
type Held = { madeAt: number; readonly answer: unknown; renewing: boolean };
const held = new Map<string, Held>();

/**
 * An answer that moves slowly against what it costs: up to `freshMs` old it is given as it is, up to `keptMs` old it is given at once while
 * the next is made for whoever asks then, and beyond it is waited for. The key must hold everything the answer depends on, whose rows may
 * be seen above all. A failure is not kept.
 */
export async function keptAnswer<T>(
  key: string,
  ask: () => Promise<T>,
  { freshMs, keptMs, now = Date.now }: { freshMs: number; keptMs: number; now?: () => number },
): Promise<T> {
  const known = held.get(key);
  const age = known ? now() - known.madeAt : Number.POSITIVE_INFINITY;
  if (!known || age >= keptMs) return await made(key, ask, now);
  if (age >= freshMs && !known.renewing) {
    known.renewing = true;
    made(key, ask, now).catch(() => {
      known.renewing = false;
    });
  }
  return known.answer as T;
}

async function made<T>(key: string, ask: () => Promise<T>, now: () => number): Promise<T> {
  const madeAt = now();
  const answer = await ask();
  held.delete(key);
  // The oldest of too many goes: keys stand in the order in which they were made.
  for (const old of held.keys()) {
    if (held.size < KEPT_MOST) break;
    held.delete(old);
  }
  held.set(key, { madeAt, answer, renewing: false });
  return answer;
}
