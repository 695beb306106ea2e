import { pinyin } from 'pinyin-pro';
import { bankCategory, isCnapsNumber } from '@/domain/cnaps-number';
import type { InstitutionRow } from '@/server/commands/institutions/import-institutions';
import { csvRows } from '../../formats/csv/rows';
import { Failure } from '../failure';

export type RowFault = { readonly row: number; readonly field: string; readonly detail: string };
export type InstitutionList = { readonly institutions: readonly InstitutionRow[]; readonly faults: readonly RowFault[] };

type Read = { readonly institution: InstitutionRow } | { readonly field: string; readonly detail: string };

/**
 * Reads a list of banks (`cnaps_no,name,class_code`) or of payment institutions (`licence_no,name,…`); which of the two the header says.
 * Columns with other names are ignored, `name_en` is taken where it is there. Every fault of every row is given, not only the first.
 */
export async function institutionFile(file: string): Promise<InstitutionList> {
  const institutions: InstitutionRow[] = [];
  const faults: RowFault[] = [];
  const seen = new Map<string, number>();
  let header: readonly string[] | undefined;
  let read: ((cell: (name: string) => string) => Read) | undefined;
  try {
    for await (const { row, cells } of csvRows(file, { delimiter: ',', quote: '"' })) {
      if (!header) {
        header = cells.map((name) => name.trim());
        read = header.includes('cnaps_no') ? bank : header.includes('licence_no') ? paymentInstitution : undefined;
        if (!read || !header.includes('name')) break;
        continue;
      }
      const columns = header;
      const result = read?.((name) => cells[columns.indexOf(name)]?.trim() ?? '');
      if (!result) continue;
      if (!('institution' in result)) {
        faults.push({ row, ...result });
        continue;
      }
      const { code } = result.institution;
      const first = seen.get(code);
      if (first !== undefined) faults.push({ row, field: 'code', detail: `${code} is on row ${first} already` });
      else institutions.push(result.institution);
      seen.set(code, first ?? row);
    }
  } catch (error) {
    throw new Failure(`${file} cannot be read as CSV: ${(error as Error).message}`);
  }
  if (!read || !header?.includes('name')) throw new Failure(`${file}: the header must have "name" and one of "cnaps_no" and "licence_no".`);
  return { institutions, faults };
}

function bank(cell: (name: string) => string): Read {
  const number = cell('cnaps_no');
  if (!/^\d{12}$/.test(number)) return { field: 'cnaps_no', detail: `"${number}" is not twelve digits` };
  if (!isCnapsNumber(number)) return { field: 'cnaps_no', detail: `the check digit of ${number} is wrong` };
  const classCode = cell('class_code') || number.slice(0, 3);
  if (classCode !== number.slice(0, 3)) return { field: 'class_code', detail: `${classCode} is not the beginning of ${number}` };
  const category = bankCategory(classCode);
  if (!category) return { field: 'class_code', detail: `${classCode} is no bank class` };
  return named(cell, { code: number, kind: 'bank', category, cnapsNo: number });
}

function paymentInstitution(cell: (name: string) => string): Read {
  const number = cell('licence_no');
  if (!/^Z\d{13}$/.test(number)) return { field: 'licence_no', detail: `"${number}" is not Z and thirteen digits` };
  return named(cell, { code: number, kind: 'payment', category: 'payment', licenceNo: number });
}

function named(cell: (name: string) => string, rest: Pick<InstitutionRow, 'code' | 'kind' | 'category' | 'cnapsNo' | 'licenceNo'>): Read {
  const name = cell('name');
  if (name === '' || name.length > 200)
    return { field: 'name', detail: name ? 'the name is longer than 200 characters' : 'the name is empty' };
  const short = name.replace(/(集团)?(股份有限公司|有限责任公司|有限公司|股份公司)$/, '') || name;
  const english = cell('name_en') || romanised(name);
  const shortEn = cell('name_en') || romanised(short);
  const initials = pinyin(short, { pattern: 'first', toneType: 'none', type: 'array' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return { institution: { ...rest, nameZh: name, nameEn: english, shortZh: short, shortEn, pinyinInitials: initials } };
}

/** A name without an English one is given in pinyin, a word a syllable: "Bei Jing Yin Hang". */
function romanised(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true });
  return syllables.map((syllable) => syllable.charAt(0).toUpperCase() + syllable.slice(1)).join(' ');
}
