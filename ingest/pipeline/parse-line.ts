import { isUtf8 } from 'node:buffer';
import { depthOf, quotesOf, repeatedKey } from './json-text';
import { type Refusal, refuse } from './refusal';

/** Objects and arrays inside each other that a line may have. */
export const DEPTH_MAX = 8;

export type JsonObject = { readonly [name: string]: unknown };

/** One line's bytes as a JSON object, stricter than JSON.parse: no repeated keys, no NUL, no lone surrogates, valid UTF-8. */
export function parseLine(bytes: Buffer): JsonObject | Refusal {
  if (!isUtf8(bytes)) return refuse('invalid-utf8', null, 'The line is not valid UTF-8.');
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return syntaxRefusal(text, error as Error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (depthOf(text, DEPTH_MAX) > DEPTH_MAX) return tooDeep();
    return refuse('json-syntax', null, 'The line is JSON, but not an object.');
  }
  // The usual line has no escapes and every quote in its place; whatever does not is looked at closely.
  if (text.includes('\\') || quotesOf(text) !== quotesExpected(value)) {
    const fault = closerLook(text, value);
    if (fault) return fault;
  }
  return value as JsonObject;
}

function syntaxRefusal(text: string, error: Error): Refusal {
  if (depthOf(text, DEPTH_MAX) > DEPTH_MAX) return tooDeep();
  if (text.includes('\0')) return refuse('nul-character', null, 'The line holds a NUL byte.');
  // The engine's own message quotes the line, which may be personal data: only the position is taken from it.
  const position = /position (\d+)/.exec(error.message)?.[1];
  return refuse(
    'json-syntax',
    null,
    position ? `The line is not JSON from character ${Number(position) + 1} on.` : 'The line is not whole JSON.',
  );
}

function quotesExpected(value: object): number {
  let quotes = 0;
  for (const name in value) {
    const inner = (value as JsonObject)[name];
    quotes += typeof inner === 'string' ? 4 : 2;
    if (typeof inner === 'object' && inner !== null) quotes += Array.isArray(inner) ? Number.NaN : quotesExpected(inner);
  }
  return quotes;
}

function closerLook(text: string, value: object): Refusal | undefined {
  if (depthOf(text, DEPTH_MAX) > DEPTH_MAX) return tooDeep();
  const key = repeatedKey(text);
  if (key !== undefined) return refuse('duplicate-key', printable(key), 'The field is given twice.');
  return textFault(value, '');
}

function textFault(value: unknown, path: string): Refusal | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0')) return refuse('nul-character', path, 'The text holds U+0000.');
    if (/\p{Surrogate}/u.test(value)) return refuse('lone-surrogate', path, 'The text holds half of a surrogate pair.');
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const inside = path === '' ? printable(name) : `${path}.${printable(name)}`;
    const fault = textFault(name, inside) ?? textFault(inner, inside);
    if (fault) return fault;
  }
  return undefined;
}

function tooDeep(): Refusal {
  return refuse('too-deep', null, `Objects and arrays may be ${DEPTH_MAX} deep at most.`);
}

/** A field name of a stranger's making, fit for a receipt and a screen. */
export function printable(name: string): string {
  return name.replace(/[^\x21-\x7e]/gu, '?').slice(0, 64);
}
