import type { FeedSteps, Passing, RawLine, RefusedLine } from './feed-steps';
import type { Institution, InstitutionRegister } from './institution-register';
import type { OpenBatch } from './open-batch';
import { type JsonObject, parseLine } from './parse-line';
import { LINE_BYTES_MAX } from './read-lines';
import { isRefusal, type Refusal, refuse } from './refusal';

/** Lines that are ready to be stored, and those that a step refused. */
export type Chunk<Ready> = { readonly ready: Ready[]; readonly refused: RefusedLine[] };

export type Resolving = {
  readonly register: InstitutionRegister;
  readonly sender: Institution;
  /** Brings the register up to date for a name that it does not have; at most once a request. */
  readonly lookAgain: () => Promise<void>;
  readonly nowMs: number;
};

/**
 * Each line through all steps that need no database: parse → check → resolve → prepare. Line by line and not step by step, so that what one
 * step makes for the next is garbage at once and never has to be moved by the collector.
 */
export async function readied<Checked extends object, Resolved extends object, Ready>(
  batch: OpenBatch,
  steps: FeedSteps<Checked, Resolved, Ready>,
  lines: readonly RawLine[],
  context: Resolving,
): Promise<Chunk<Ready>> {
  const chunk: Chunk<Ready> = { ready: [], refused: [] };
  for (const raw of lines) {
    const usual = steps.quick?.(batch, raw, context.register, context.nowMs);
    if (usual) {
      chunk.ready.push(usual);
      continue;
    }
    let line = resolvedLine(raw, steps, context);
    if (isRefusal(line) && line.reason === 'institution-unknown') {
      // Somebody may have been registered a moment ago.
      await context.lookAgain();
      line = resolvedLine(raw, steps, context);
    }
    if (isRefusal(line)) chunk.refused.push({ raw, refusal: line });
    else chunk.ready.push(steps.prepare(batch, line));
  }
  return chunk;
}

function resolvedLine<Checked extends object, Resolved extends object>(
  raw: RawLine,
  steps: Pick<FeedSteps<Checked, Resolved, never>, 'check' | 'resolve'>,
  { register, sender, nowMs }: Resolving,
): Passing<Resolved> | Refusal {
  const json = raw.value ?? parse(raw);
  if (isRefusal(json)) return json;
  // Shape, amounts, times.
  const checked = steps.check(json, nowMs);
  if (isRefusal(checked)) return checked;
  // Codes → institutions of the register, and whether the sender may speak of them.
  const item = steps.resolve(checked, register, sender);
  return isRefusal(item) ? item : { raw, item };
}

/** Bytes → JSON object. */
function parse(raw: RawLine): JsonObject | Refusal {
  if (raw.tooLong) return refuse('line-too-long', null, `A line may have ${LINE_BYTES_MAX} bytes; this one has ${raw.tooLong.length}.`);
  return parseLine(raw.bytes);
}

export function resolving(register: InstitutionRegister, sender: Institution, nowMs: number): Resolving {
  let looked: Promise<void> | undefined;
  return {
    register,
    sender,
    nowMs,
    lookAgain: () => {
      looked ??= register.lookAgain();
      return looked;
    },
  };
}
