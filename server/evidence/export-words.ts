import 'server-only';
import { canonicalJson } from '@/domain/canonical-json';
import type { ExportQuestion } from '@/domain/evidence/export-question';
import exportsEn from '@/messages/en/exports.json';
import transactionsEn from '@/messages/en/transactions.json';
import exportsZh from '@/messages/zh-CN/exports.json';
import transactionsZh from '@/messages/zh-CN/transactions.json';
import { sha256Hex } from './sha256';

function wordsOf(exports: typeof exportsEn, { type, route, status }: typeof transactionsEn) {
  return { columns: exports.columns, types: type, routes: route, statuses: status };
}

/** The words of the files, the same as on the screens. */
export const EXPORT_WORDS: Readonly<Record<ExportQuestion['language'], ReturnType<typeof wordsOf>>> = {
  'zh-CN': wordsOf(exportsZh, transactionsZh),
  en: wordsOf(exportsEn, transactionsEn),
};

/** Another word is another file: part of the manifest's versions. */
export const WORDS_VERSION = sha256Hex(canonicalJson(EXPORT_WORDS)).slice(0, 12);
