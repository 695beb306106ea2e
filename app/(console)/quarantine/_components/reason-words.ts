import type { useTranslations } from 'next-intl';

type Words = ReturnType<typeof useTranslations>;

/** Name and meaning of a reason code in the reader's language; a code nobody has described yet keeps its own name. `t` speaks for quarantine. */
export function reasonWords(reason: string, t: Words): { readonly name: string; readonly why: string } {
  // A code with a dot would be read as a path into the messages.
  const key = `reason.${reason}.name`;
  if (reason.includes('.') || !t.has(key)) return { name: reason, why: t('unknownReason') };
  return { name: t(key), why: t(`reason.${reason}.why`) };
}
