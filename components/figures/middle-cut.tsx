/** Signs that stay at the end: ids of one minute differ there. */
const END = 7;

/** An id on one line: where it is too long for its place the middle gives way, so that the end, where ids differ, stays readable. */
export function MiddleCut({ text }: { readonly text: string }) {
  const signs = [...text];
  if (signs.length <= END * 2) return text;
  return (
    <span className="middle-cut" title={text}>
      <span>{signs.slice(0, -END).join('')}</span>
      <span>{signs.slice(-END).join('')}</span>
    </span>
  );
}
