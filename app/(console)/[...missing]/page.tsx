import { notFound } from 'next/navigation';
import { requireActor } from '@/server/session';

/** An address that is no screen answers 404 inside the shell. */
export default async function Missing() {
  await requireActor('console:enter');
  notFound();
}
