import { ICON_PATHS, type IconName } from './icon-paths';

/** A 15 px outline icon (13 px when small) in the colour of its text; never the only name of a control. */
export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg className={small ? 'i s' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
      {ICON_PATHS[name]}
    </svg>
  );
}
