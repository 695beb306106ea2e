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
  return { refused: true, field, reason, detail };
}

export function isRefusal(outcome: object): outcome is Refusal {
  return 'refused' in outcome;
}
