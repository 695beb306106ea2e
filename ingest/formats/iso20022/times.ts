// ISODateTime may leave its zone out; then it is the time of the platform's place, UTC+8.
const DATE_TIME = /^(\d{4})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** An ISODateTime as an instant in UTC with milliseconds; undefined where it is none. */
export function instant(text: string | undefined): string | undefined {
  const match = text === undefined ? null : DATE_TIME.exec(text);
  if (!match || text === undefined) return undefined;
  const at = new Date(match[2] ? text : `${text}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
