/** A whole request is told no; thrown from any step, answered once in ingest/http. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly reason: string;
  /** Further fields of the answer. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, reason: string, detail: string, more: Readonly<Record<string, unknown>> = {}, retryAfterSeconds?: number) {
    super(detail);
    this.name = 'RequestRefused';
    this.status = status;
    this.reason = reason;
    this.more = more;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Not now: the same request may be sent again, under the same batch id. */
export function notNow(reason: string, detail: string, retryAfterSeconds = 1, status: 429 | 503 = 503): RequestRefused {
  return new RequestRefused(status, reason, detail, {}, retryAfterSeconds);
}
