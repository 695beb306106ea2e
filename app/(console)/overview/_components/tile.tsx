import Link from 'next/link';
import type { ReactNode } from 'react';

/** Three lines: label · figure and unit with its shape · change and what it is compared with. The whole tile opens its rows. */
export function Tile({
  name,
  value,
  label,
  figure,
  unit,
  exact,
  href,
  shape,
  shapeless = false,
  also = [],
  children,
}: {
  /** What tests and other programs find it by, and its exact value. */
  name: string;
  value?: bigint | number | null;
  label: string;
  figure: ReactNode;
  unit?: string;
  /** What the figure is exactly, and what the link opens. */
  exact?: string;
  href?: string;
  shape?: ReactNode;
  shapeless?: boolean | undefined;
  /** Other rows that the figure rests on; beside the label. */
  also?: readonly { readonly href: string; readonly words: string; readonly exact: string }[];
  children?: ReactNode;
}) {
  const content = (
    <>
      <span className="l">{label}</span>
      <span className="v">
        {figure}
        {unit ? <small>{unit}</small> : null}
      </span>
      <span className="s">{shapeless ? null : shape}</span>
      <span className="d">{children}</span>
    </>
  );
  const tile = href ? (
    <Link className="ov-tile" href={href} title={exact} data-testid={`tile-${name}`} data-value={value?.toString()}>
      {content}
    </Link>
  ) : (
    <div className="ov-tile" title={exact} data-testid={`tile-${name}`} data-value={value?.toString()}>
      {content}
    </div>
  );
  if (also.length === 0 || shapeless) return tile;
  return (
    <div className="ov-tile-with">
      {tile}
      <span className="ov-also">
        {also.map((one) => (
          <Link key={one.href} className="lnk" href={one.href} title={one.exact} prefetch={false}>
            {one.words}
          </Link>
        ))}
      </span>
    </div>
  );
}
