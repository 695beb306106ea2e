/** The content of a picture as a table: the first two columns are words, the others figures. */
export function SankeyTable({
  label,
  head,
  rows,
}: {
  label: string;
  head: readonly string[];
  rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}) {
  return (
    <section className="flows-scroll" aria-label={label} tabIndex={0}>
      <table className="tbl">
        <thead>
          <tr>
            {head.map((text, column) => (
              <th key={text} className={column > 1 ? 'num' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((text, column) => (
                <td key={head[column]} className={column > 1 ? 'num' : undefined}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
