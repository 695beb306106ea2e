'use client';

/** One of a few exclusive ways to look, as a row of buttons. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <span className="choice">
      <span className="t3">{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a bar. */}
      <span className="seg" role="group" aria-label={label}>
        {options.map((option) => (
          <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
            {option.label}
          </button>
        ))}
      </span>
    </span>
  );
}
