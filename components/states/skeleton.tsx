/** A block in place of a figure, at its final size in px; captions and hairlines around it are real at once. */
export function Skeleton({ width, height = 16 }: { readonly width: number | string; readonly height?: number | string }) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}

/** Rows of a table that are still on their way, at their final height. */
export function SkeletonRows({ rows, widths }: { readonly rows: number; readonly widths: readonly number[] }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity but their place.
    <tr key={row}>
      {widths.map((width, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <td key={column}>
          <Skeleton width={width} height={12} />
        </td>
      ))}
    </tr>
  ));
}
