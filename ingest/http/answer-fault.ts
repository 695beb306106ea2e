import { RequestRefused } from '../pipeline/request-refused';

export type FaultAnswer = {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly body: { readonly reason: string; readonly detail: string } & Readonly<Record<string, unknown>>;
  /** For the log, where it is nobody's expected refusal. */
  readonly unexpected: boolean;
};

// SQLSTATEs after which the same request may well succeed: lost connections, shutdowns, dead-locks, time-outs, no room.
const PASSING_STATES = /^(08|53|57|40|55P03|25P02|25006|23514|58)/;
const PASSING_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** What a sender is told when a step throws. */
export function answerFault(error: unknown): FaultAnswer {
  if (error instanceof RequestRefused) {
    const { status, reason, message, more, retryAfterSeconds } = error;
    return { status, retryAfterSeconds, body: { reason, detail: message, ...more }, unexpected: false };
  }
  if (databaseIsAway(error)) {
    const detail = 'The database could not finish the request. Send it again under the same batch id.';
    return { status: 503, retryAfterSeconds: 1, body: { reason: 'database-unavailable', detail }, unexpected: true };
  }
  const detail = 'The gateway failed. Send the request again under the same batch id; the operator has the details.';
  return { status: 500, retryAfterSeconds: 5, body: { reason: 'internal', detail }, unexpected: true };
}

function databaseIsAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    PASSING_STATES.test(code) ||
    PASSING_CODES.has(code) ||
    /connection (terminated|ended|timeout)|Client has encountered a connection error|timeout exceeded when trying to connect|not queryable/i.test(
      error.message,
    )
  );
}
