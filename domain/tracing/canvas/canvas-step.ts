/** What a person does to the picture of a trace. `of` is an account's reference. */
export type CanvasStep =
  /** Shows the next accounts behind this one, the most money first. */
  | { readonly kind: 'expand'; readonly of: string }
  /** Shows more accounts of a whole layer. */
  | { readonly kind: 'more'; readonly layer: number }
  /** Folds away what only this account leads to. */
  | { readonly kind: 'fold'; readonly of: string }
  /** Folds this account away itself. */
  | { readonly kind: 'hide'; readonly of: string }
  /** Pins the way on which the most money came here. */
  | { readonly kind: 'pin'; readonly of: string }
  | { readonly kind: 'unpin'; readonly of: string }
  /** Writes a note on the account; an empty text takes it away. */
  | { readonly kind: 'note'; readonly of: string; readonly text: string };

export const STEPS_MAX = 400;
export const NOTE_MAX = 200;

const LETTERS = { expand: 'e', more: 'm', fold: 'f', hide: 'h', pin: 'p', unpin: 'u', note: 'n' } as const;
const KINDS = Object.fromEntries(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind])) as Readonly<
  Record<string, CanvasStep['kind']>
>;

/** The steps as they stand in an address: "e1k2j…·m3" with full stops between; notes in base64url. */
export function formatSteps(steps: readonly CanvasStep[]): string {
  return steps.map(formatStep).join('.');
}

/** Reads what {@link formatSteps} wrote; null for anything else, so that half a picture is never taken for a whole one. */
export function readSteps(text: string): readonly CanvasStep[] | null {
  if (text === '') return [];
  const steps = text.split('.').map(readStep);
  return steps.length <= STEPS_MAX && steps.every((step) => step !== null) ? steps : null;
}

function formatStep(step: CanvasStep): string {
  if (step.kind === 'more') return `${LETTERS.more}${step.layer}`;
  if (step.kind === 'note') return `${LETTERS.note}${step.of}~${toBase64(step.text)}`;
  return `${LETTERS[step.kind]}${step.of}`;
}

function readStep(text: string): CanvasStep | null {
  const kind = KINDS[text[0] ?? ''];
  const rest = text.slice(1);
  if (kind === undefined) return null;
  if (kind === 'more') return /^(?:[0-9]|1[0-2])$/.test(rest) ? { kind, layer: Number(rest) } : null;
  if (kind !== 'note') return /^[0-9a-z]{1,11}$/.test(rest) ? { kind, of: rest } : null;
  const match = /^([0-9a-z]{1,11})~([A-Za-z0-9_-]*)$/.exec(rest);
  const note = match && fromBase64(match[2] as string);
  return match && note !== null && note.length <= NOTE_MAX ? { kind, of: match[1] as string, text: note } : null;
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64(text: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (unit) => unit.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
