'use client';

import { useEffect, useRef } from 'react';
import { useShortcuts } from '@/components/shell/shortcuts';

export const INBOX_ACTS = [
  'next',
  'previous',
  'extend-next',
  'extend-previous',
  'next-open',
  'select',
  'select-range',
  'accept',
  'duplicate',
  'dismiss',
  'snooze',
  'assign',
  'escalate',
  'undo',
  'redo',
  'clear',
] as const;
export type InboxAct = (typeof INBOX_ACTS)[number];

const SINGLE: Readonly<Record<string, InboxAct>> = {
  j: 'next',
  k: 'previous',
  J: 'extend-next',
  K: 'extend-previous',
  n: 'next-open',
  x: 'select',
  X: 'select-range',
  '1': 'accept',
  '2': 'duplicate',
  '3': 'dismiss',
  h: 'snooze',
  a: 'assign',
  e: 'escalate',
  u: 'undo',
  U: 'redo',
};
const NAMED: Readonly<Record<string, InboxAct>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  'Shift+ArrowDown': 'extend-next',
  'Shift+ArrowUp': 'extend-previous',
  Escape: 'clear',
};

/**
 * What a key does in the inbox, or null. Single letters act only while they are switched on (WCAG 2.1.4); arrows, Escape and the usual
 * Ctrl Z, Ctrl Shift Z and Ctrl Y always do.
 */
export function actOfKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  singleKeys: boolean,
): InboxAct | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    return key === 'y' ? 'redo' : null;
  }
  const named = NAMED[event.shiftKey ? `Shift+${event.key}` : event.key];
  if (named) return named;
  if (!singleKeys) return null;
  // Caps lock is not shift.
  const letter =
    event.key.length === 1 && /[a-z]/i.test(event.key) ? (event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key;
  return SINGLE[letter] ?? null;
}

/** Listens while no float is open and nobody types; arrows move only where no other widget has the focus. */
export function useInboxKeys(act: (act: InboxAct) => void): void {
  const { on } = useShortcuts();
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event)) return;
      const wanted = actOfKey(event, on);
      if (!wanted) return;
      event.preventDefault();
      latest.current(wanted);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [on]);
}

function isElsewhere({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A float that is on its way out has the focus for a moment longer: what is pressed now is meant for the list.
  if (target.closest('[data-closed]') !== null) return false;
  if (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"], .float') !== null) return true;
  // Widgets and scrolled parts have arrows of their own; Escape belongs to whatever is open.
  return key.startsWith('Arrow') && target.closest('[role="radiogroup"], [role="application"], .al-detail') !== null;
}
