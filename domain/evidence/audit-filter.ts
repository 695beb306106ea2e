import { readRange, resolveRange, type TimeRange } from '../time-range';

/** What the audit screen is narrowed to, as its address says it. */
export type AuditFilter = {
  /** Login of a person; "platform" for what the platform did by itself. */
  readonly actor: string | null;
  /** An action, or a family of them: "export" for all that begin with "export.". */
  readonly action: string | null;
  /** "type" or "type:id". */
  readonly subject: { readonly type: string; readonly id: string | null } | null;
  /** The text of the range in the address, where there is one. */
  readonly range: string | null;
};

export type AuditSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

export const PLATFORM = 'platform';

/** Whatever cannot be read is no condition, and is named. */
export function parseAuditFilter(search: AuditSearch): { readonly filter: AuditFilter; readonly misread: readonly string[] } {
  const misread: string[] = [];
  const text = (name: string, form: RegExp): string | null => {
    const given = search[name];
    if (given === undefined || given === '') return null;
    if (typeof given === 'string' && form.test(given)) return given;
    misread.push(name);
    return null;
  };
  const subject = text('subject', /^[a-z][a-z-]{0,40}(:[\x20-\x7e]{1,100})?$/);
  const at = subject?.indexOf(':') ?? -1;
  return {
    filter: {
      actor: text('actor', /^[\w.@-]{1,64}$/),
      action: text('action', /^[a-z][a-z-]{0,40}(\.[a-z-]{1,60})?$/),
      subject: subject === null ? null : at < 0 ? { type: subject, id: null } : { type: subject.slice(0, at), id: subject.slice(at + 1) },
      range: text('range', /^.{1,80}$/),
    },
    misread,
  };
}

/** The span that a filter names; a live one reaches to `now`. Null for all time. */
export function auditRange({ range }: Pick<AuditFilter, 'range'>, now: Date): TimeRange | null {
  const choice = range === null ? null : readRange(range);
  return choice === null ? null : resolveRange(choice, now);
}
