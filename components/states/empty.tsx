import type { ReactNode } from 'react';

type EmptyProps = {
  readonly why: ReactNode;
  readonly todo?: ReactNode;
  /** One button, usually "clear filters". */
  readonly action?: ReactNode;
};

/** Nothing to show: why, what to do, one button; in place, at the top left of its region. */
export function Empty({ why, todo, action }: EmptyProps) {
  return (
    <div className="state-note">
      <p>{why}</p>
      {todo ? <p className="t3">{todo}</p> : null}
      {action ? <div className="state-act">{action}</div> : null}
    </div>
  );
}
