'use client';

type CheckListProps<V extends string> = {
  readonly label: string;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly chosen: readonly V[];
  readonly onChange: (chosen: readonly V[]) => void;
  /** At most one: choosing another lets the first go. */
  readonly single?: boolean;
};

/** Boxes to tick; each tick acts at once. */
export function CheckList<V extends string>({ label, choices, chosen, onChange, single = false }: CheckListProps<V>) {
  const toggled = (value: V) => (chosen.includes(value) ? chosen.filter((one) => one !== value) : single ? [value] : [...chosen, value]);
  return (
    <fieldset className="txs-checks">
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="menu-item">
          <input type="checkbox" checked={chosen.includes(choice.value)} onChange={() => onChange(toggled(choice.value))} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
