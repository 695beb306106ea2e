'use server';

import * as z from 'zod';
import { acknowledgeIncident } from '@/server/commands/connectivity/acknowledge-incident';
import { announceStop } from '@/server/commands/connectivity/announce-stop';
import { cancelStop } from '@/server/commands/connectivity/cancel-stop';
import { stepCertificate } from '@/server/commands/connectivity/certificate-steps';
import { setAvailabilityTarget } from '@/server/commands/connectivity/set-availability-target';
import { isCommandFault } from '@/server/errors';
import { requireActor } from '@/server/session';

/** What a form says afterwards: done, or which kind of fault, in the words of the messages. */
export type Done = { readonly kind: 'done' | 'invalid' | 'conflict' | 'missing' } | null;

/** Acknowledges an incident with a note; audited. */
export async function acknowledge(_before: Done, form: FormData): Promise<Done> {
  const actor = await requireActor('connectivity:acknowledge');
  return await outcome(() => acknowledgeIncident(actor, { id: text(form, 'id'), note: text(form, 'note'), at: new Date() }));
}

/** Announces a stop of an institution or one of its lines; audited. */
export async function announce(_before: Done, form: FormData): Promise<Done> {
  const actor = await requireActor('connectivity:operate');
  return await outcome(() =>
    announceStop(actor, {
      institution: text(form, 'institution') as never,
      line: text(form, 'line') || null,
      from: businessTime(text(form, 'from')),
      to: businessTime(text(form, 'to')),
      reason: text(form, 'reason'),
      at: new Date(),
    }),
  );
}

/** Takes an announced stop back; audited. */
export async function takeStopBack(_before: Done, form: FormData): Promise<Done> {
  const actor = await requireActor('connectivity:operate');
  return await outcome(() => cancelStop(actor, { id: text(form, 'id'), at: new Date() }));
}

/** Asks for a certificate's renewal, or revokes it; audited. */
export async function certificateStep(_before: Done, form: FormData): Promise<Done> {
  const actor = await requireActor('connectivity:operate');
  return await outcome(() =>
    stepCertificate(actor, {
      institution: text(form, 'institution') as never,
      line: text(form, 'line'),
      party: text(form, 'party') as 'server',
      fingerprint: text(form, 'fingerprint'),
      to: text(form, 'to') as 'revoked',
      note: text(form, 'note'),
      at: new Date(),
    }),
  );
}

/** Sets the availability that is promised, in percent; audited. */
export async function setTarget(_before: Done, form: FormData): Promise<Done> {
  const actor = await requireActor('connectivity:operate');
  const percent = Number(text(form, 'percent'));
  return await outcome(() => setAvailabilityTarget(actor, { ppm: Math.round(percent * 10_000), at: new Date() }));
}

async function outcome(work: () => Promise<unknown>): Promise<Done> {
  try {
    await work();
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof z.ZodError) return { kind: 'invalid' };
    if (!isCommandFault(error) || error.name === 'Forbidden') throw error;
    return { kind: error.name === 'Conflict' ? 'conflict' : error.name === 'NotFound' ? 'missing' : 'invalid' };
  }
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '');
}

/** "2026-11-23T22:00" as a field of the browser gives it, in business time. */
function businessTime(field: string): Date {
  return new Date(`${field}${field.length === 16 ? ':00' : ''}+08:00`);
}
