'use client';

import { useState } from 'react';

type CheckListProps<V extends string> = {
  readonly label: string;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly chosen: readonly V[];
  readonly onChange: (chosen: readonly V[]) => void;
  /** At most one: choosing another lets the first go. */
  readonly single?: boolean;
};

/** Boxes to tick; each tick shows at once and acts, also while the page is still on its way. */
export function CheckList<V extends string>({ label, choices, chosen, onChange, single = false }: CheckListProps<V>) {
  const [ticked, setTicked] = useState(chosen);
  const [told, setTold] = useState(chosen);
  // The address has the last word: Back unticks what it undoes.
  if (told.join() !== chosen.join()) {
    setTold(chosen);
    setTicked(chosen);
  }
  const toggle = (value: V) => {
    const next = ticked.includes(value) ? ticked.filter((one) => one !== value) : single ? [value] : [...ticked, value];
    setTicked(next);
    onChange(next);
  };
  return (
    <fieldset className="txs-checks">
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="menu-item">
          <input type="checkbox" checked={ticked.includes(choice.value)} onChange={() => toggle(choice.value)} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
