import type { RefusalReason } from '@/domain/clearing/refusal-reason';

/** Why one line is refused. `detail` states the rule and never repeats the value: values may be personal data. */
export type Refusal = {
  readonly refused: true;
  readonly field: string | null;
  /** A {@link RefusalReason}, or a code of a message format's own. */
  readonly reason: string;
  readonly detail: string;
};

export function refuse(reason: RefusalReason, field: string | null, detail: string): Refusal {
  return new Refused(field, reason, detail);
}

/** By its making and not by a member's name, which a stranger's line may have as well. */
export function isRefusal(outcome: object): outcome is Refusal {
  return outcome instanceof Refused;
}

class Refused implements Refusal {
  readonly refused = true;

  constructor(
    readonly field: string | null,
    readonly reason: RefusalReason,
    readonly detail: string,
  ) {}
}
