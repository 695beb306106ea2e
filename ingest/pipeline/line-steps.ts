import type { FeedSteps, Passing, RawLine, RefusedLine } from './feed-steps';
import type { Institution, InstitutionRegister } from './institution-register';
import { type JsonObject, parseLine } from './parse-line';
import { LINE_BYTES_MAX } from './read-lines';
import { isRefusal, type Refusal, refuse } from './refusal';

/** Lines that came through a step, and those that it refused. */
export type StepResult<T> = { readonly passed: readonly Passing<T>[]; readonly refused: readonly RefusedLine[] };

/** Bytes → JSON object. */
export function parse(lines: readonly RawLine[]): StepResult<JsonObject> {
  return step(
    lines,
    (raw) => raw,
    (raw) => {
      if (raw.tooLong) return refuse('line-too-long', null, `A line may have ${LINE_BYTES_MAX} bytes; this one has ${raw.tooLong.length}.`);
      return parseLine(raw.bytes);
    },
  );
}

/** JSON object → a line of the feed: shape, amounts, times. */
export function check<Checked extends object, Resolved>(
  lines: readonly Passing<JsonObject>[],
  steps: Pick<FeedSteps<Checked, Resolved, never>, 'check'>,
  nowMs: number,
): StepResult<Checked> {
  return step(
    lines,
    ({ raw }) => raw,
    ({ item }) => steps.check(item, nowMs),
  );
}

export type Resolving = {
  readonly register: InstitutionRegister;
  readonly sender: Institution;
  /** Brings the register up to date for a name that it does not have; at most once a request. */
  readonly lookAgain: () => Promise<void>;
};

export function resolving(register: InstitutionRegister, sender: Institution): Resolving {
  let looked: Promise<void> | undefined;
  return {
    register,
    sender,
    lookAgain: () => {
      looked ??= register.lookAgain();
      return looked;
    },
  };
}

/** Codes → institutions of the register, and whether the sender may speak of them. */
export async function resolve<Checked extends object, Resolved extends object>(
  lines: readonly Passing<Checked>[],
  steps: Pick<FeedSteps<Checked, Resolved, never>, 'resolve'>,
  { register, sender, lookAgain }: Resolving,
): Promise<StepResult<Resolved>> {
  const attempt = () =>
    step(
      lines,
      ({ raw }) => raw,
      ({ item }) => steps.resolve(item, register, sender),
    );
  const first = attempt();
  if (!first.refused.some(({ refusal }) => refusal.reason === 'institution-unknown')) return first;
  // Somebody may have been registered a moment ago.
  await lookAgain();
  return attempt();
}

function step<From, To extends object>(
  lines: readonly From[],
  rawOf: (line: From) => RawLine,
  take: (line: From) => To | Refusal,
): StepResult<To> {
  const passed: Passing<To>[] = [];
  const refused: RefusedLine[] = [];
  for (const line of lines) {
    const item = take(line);
    if (isRefusal(item)) refused.push({ raw: rawOf(line), refusal: item });
    else passed.push({ raw: rawOf(line), item: item as To });
  }
  return { passed, refused };
}
