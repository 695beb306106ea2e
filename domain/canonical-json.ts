/**
 * RFC 8785 canonical JSON: keys in the order of their UTF-16 units, no spaces, numbers and strings as ECMAScript writes them.
 * Throws on what JSON cannot say (undefined, bigint, NaN) so that nobody signs something else than they meant.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  throw new TypeError(`${typeof value} has no place in canonical JSON`);
}
