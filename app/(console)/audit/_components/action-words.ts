type Words = { (key: string): string; has: (key: string) => boolean };

/** An action in words; one that has none stays what it is called in the log. */
export function actionWords(action: string, t: Words): string {
  const key = `action.${action}`;
  return t.has(key) ? t(key) : action;
}
