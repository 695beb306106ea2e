import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type Contact = {
  readonly id: number;
  readonly duty: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly hours: string | null;
};

/** Whom to call at an institution, by duty. */
export async function contacts(actor: Actor, { institutionId, locale }: { institutionId: number; locale: string }): Promise<Contact[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const rows = await database().institutionContact.findMany({ where: { institutionId }, orderBy: [{ id: 'asc' }] });
  return rows.map(({ id, duty, nameZh, nameEn, phone, email, hours }) => ({
    id,
    duty,
    name: locale.startsWith('zh') ? nameZh : nameEn,
    phone,
    email,
    hours,
  }));
}
