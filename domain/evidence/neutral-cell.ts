/**
 * A text that a spreadsheet would take for a formula, made text by an apostrophe before it: = + - @, tab, line ends, and the full-width
 * signs that some programs take for the same.
 */
export function neutralCell(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}
