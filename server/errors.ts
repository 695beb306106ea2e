import 'server-only';
import type { Permission } from '@/domain/permissions';

/** The closed family of faults that commands throw; the edge turns each into one status or one form state. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly status = 404;
}

export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  readonly status = 403;
  constructor(readonly permission: Permission) {
    super(`the actor does not hold ${permission}`);
  }
}

export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly status = 409;
}

export class Invalid extends Error {
  override readonly name = 'Invalid';
  readonly status = 422;
}

export type CommandFault = NotFound | Forbidden | Conflict | Invalid;

export function isCommandFault(error: unknown): error is CommandFault {
  return error instanceof NotFound || error instanceof Forbidden || error instanceof Conflict || error instanceof Invalid;
}
