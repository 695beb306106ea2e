'use client';

import { Segmented } from '@/components/ui/segmented';

/** One of a few ways to look, with its name before it. */
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
      <Segmented label={label} value={value} segments={options} onChange={onChange} />
    </span>
  );
}
