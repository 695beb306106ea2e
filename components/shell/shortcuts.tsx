'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

type Shortcuts = { readonly on: boolean; readonly setOn: (on: boolean) => void };
const KEPT_AS = 'headwater-single-keys';
const ShortcutsContext = createContext<Shortcuts>({ on: true, setOn: () => {} });

export function useShortcuts(): Shortcuts {
  return useContext(ShortcutsContext);
}

/** Whether single keys act (WCAG 2.1.4): kept in this browser. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [on, keep] = useState(true);
  useEffect(() => keep(localStorage.getItem(KEPT_AS) !== 'off'), []);
  const value = useMemo(
    () => ({
      on,
      setOn: (next: boolean) => {
        localStorage.setItem(KEPT_AS, next ? 'on' : 'off');
        keep(next);
      },
    }),
    [on],
  );
  return <ShortcutsContext value={value}>{children}</ShortcutsContext>;
}

/** Calls `act` when the single key is pressed outside a field, a float and any modifier; nothing while single keys are switched off. */
export function useShortcut(key: string, act: () => void, wanted = true): void {
  const { on } = useShortcuts();
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!on || !wanted) return;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented)
        return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [key, on, wanted]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null;
}
