import 'server-only';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { sha256Hex } from '@/server/evidence/sha256';
import { Prisma } from '@/server/generated/prisma/client';

const Row = z.object({ id: z.int(), code: z.string(), zh: z.string(), en: z.string() });
export type Register = {
  readonly rows: readonly z.infer<typeof Row>[];
  readonly byId: ReadonlyMap<number, z.infer<typeof Row>>;
  readonly sha256: string;
};

export const REGISTER = Prisma.sql`select id, code, short_zh as zh, short_en as en from institution order by code collate "C"`;

/** The institutions whose names stand in an export, and the digest that says which register it was. */
export function registerOf(rows: unknown): Register {
  const parsed = z.array(Row).parse(rows);
  const text = canonicalJson(parsed.map(({ code, zh, en }) => [code, zh, en]));
  return { rows: parsed, byId: new Map(parsed.map((row) => [row.id, row])), sha256: sha256Hex(text) };
}

/** No institution has number 0: a code that nobody has matches nothing. */
export function registeredId(register: Register, code: string): number {
  return register.rows.find((row) => row.code === code)?.id ?? 0;
}
