import 'server-only';

const KEPT_MS = 2_000;
const KEPT_MOST = 16;
const answers = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>();

/**
 * One answer for everybody who asks the same within two seconds: a page asks for its amounts and right after for its details, and a wall of
 * screens renews at the same moment. The key must hold everything the answer depends on, whose rows may be seen above all.
 * A failure is not kept.
 */
export async function sharedAnswer<T>(key: string, ask: () => Promise<T>, now = Date.now()): Promise<T> {
  const held = answers.get(key);
  if (held && held.until > now) return (await held.answer) as T;
  for (const [old, { until }] of answers) if (until <= now || answers.size >= KEPT_MOST) answers.delete(old);
  const answer = ask();
  answers.set(key, { until: now + KEPT_MS, answer });
  // Unless somebody has asked anew meanwhile.
  answer.catch(() => answers.get(key)?.answer === answer && answers.delete(key));
  return await answer;
}
