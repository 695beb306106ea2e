'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon } from '../glyphs/icon';

type MenuProps = { readonly trigger: ReactElement; readonly align?: 'start' | 'center' | 'end'; readonly children: ReactNode };

/** A list of actions or exclusive choices beside its trigger. */
export function Menu({ trigger, align = 'start', children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="floater" sideOffset={6} align={align} collisionPadding={8}>
          <Base.Popup className="float menu">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type MenuChoicesProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: ReactNode }[];
  readonly onChange: (value: V) => void;
};

export function MenuChoices<V extends string>({ label, value, choices, onChange }: MenuChoicesProps<V>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as V)} aria-label={label}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className="menu-item" closeOnClick>
          <span className="menu-tick">
            <Base.RadioItemIndicator>
              <Icon name="check" small />
            </Base.RadioItemIndicator>
          </span>
          {choice.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
