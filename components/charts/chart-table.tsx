/** The figures of a chart as rows; the first column names the row, the others are numbers. */
export function ChartTable({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  const [name, ...columns] = head;
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className="num">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...figures]) => (
          <tr key={`${first}${figures[0]}`}>
            <th scope="row">{first}</th>
            {figures.map((figure, i) => (
              <td key={columns[i]} className="num">
                {figure}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
