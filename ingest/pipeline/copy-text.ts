/** One row of COPY's text format. Values are safe as they are, or have gone through {@link copyText}. */
export function copyRow(values: (string | number | bigint | undefined)[]): string {
  // Joined and not added up: a sum of strings stays a tree of its parts until somebody reads it, and the collector walks the tree.
  for (let i = 0; i < values.length; i++) values[i] ??= '\\N';
  return `${values.join('\t')}\n`;
}

/** Text that may hold a backslash or a control character. */
export function copyText(text: string | undefined): string | undefined {
  return text === undefined || !/[\\\n\r\t]/.test(text) ? text : text.replace(/[\\\n\r\t]/g, (found) => ESCAPED[found] as string);
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
