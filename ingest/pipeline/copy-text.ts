/** One row of COPY's text format. Values are safe as they are, or have gone through {@link copyText}. */
export function copyRow(values: readonly (string | number | bigint | undefined)[]): string {
  let row = '';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    row += value === undefined ? '\\N' : value;
    row += i === values.length - 1 ? '\n' : '\t';
  }
  return row;
}

/** Text that may hold a backslash or a control character. */
export function copyText(text: string | undefined): string | undefined {
  return text === undefined || !/[\\\n\r\t]/.test(text) ? text : text.replace(/[\\\n\r\t]/g, (found) => ESCAPED[found] as string);
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
