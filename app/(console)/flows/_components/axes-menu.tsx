'use client';

import { useSetAddress } from '@/components/shell/use-address';
import { Menu, MenuChoices } from '@/components/ui/menu';
import { AXES, type Axes } from '@/domain/flows/axes';

/** Which institutions stand on the two edges. The words are the control, so that the head says what is drawn. Other axes have other ranks: a selection ends. */
export function AxesMenu({
  value,
  text,
  label,
  options,
}: {
  value: Axes;
  text: string;
  label: string;
  options: Readonly<Record<string, string>>;
}) {
  const set = useSetAddress();
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="btn quiet axes-menu" title={text}>
          <span className="meta cut">{text}</span>
          <span aria-hidden="true" className="t3">
            ▾
          </span>
        </button>
      }
    >
      <MenuChoices
        label={label}
        value={value}
        choices={AXES.map((axes) => ({ value: axes, label: options[axes] }))}
        onChange={(axes) => set({ axes, sel: null })}
      />
    </Menu>
  );
}
