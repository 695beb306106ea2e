const TIME = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(\.\d{1,9})?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Writes a time of the file as the feed takes it; undefined where it is no time. */
export type TimeReader = (text: string) => string | undefined;

/**
 * Reads "2024-01-02T00:00:00", "2024/01/02 09:30", "20240102093000", "2024-01-02", with or without a zone of its own.
 * `timeZone` is for times without: an offset or a name of the time zone database. Undefined where there is no such zone.
 */
export function timeReader(timeZone: string): TimeReader | undefined {
  const offsetOf = zoneOffset(timeZone);
  if (!offsetOf) return undefined;
  return (text) => {
    const match = TIME.exec(text);
    if (!match) return undefined;
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = match;
    const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    if (Number.isNaN(Date.parse(`${local}Z`))) return undefined;
    return `${local}${fraction.slice(0, 7)}${zone ? withColon(zone) : offsetOf(local)}`;
  };
}

/** The zone's offset ("+08:00") at a local time ("2024-01-02T00:00:00"). */
function zoneOffset(timeZone: string): ((local: string) => string) | undefined {
  if (/^(Z|UTC|[+-]\d{2}:?\d{2})$/i.test(timeZone)) {
    const fixed = withColon(timeZone.toUpperCase().replace('UTC', 'Z'));
    return () => fixed;
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  const offsetAt = (ms: number) => format.format(ms).match(/GMT([+-]\d{2}:\d{2})?/)?.[1] ?? '+00:00';
  // Offsets change at most at full hours, and rows of a file follow each other in time.
  const byHour = new Map<string, string>();
  return (local) => {
    const hour = local.slice(0, 13);
    let offset = byHour.get(hour);
    if (offset === undefined) {
      const asUtc = Date.parse(`${local}Z`);
      // The offset at the instant that this local time has under the offset of the same clock time in UTC.
      offset = offsetAt(asUtc - minutes(offsetAt(asUtc)) * 60_000);
      byHour.set(hour, offset);
    }
    return offset;
  };
}

function withColon(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
}

function minutes(offset: string): number {
  const value = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -value : value;
}
