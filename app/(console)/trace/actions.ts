'use server';

import { getLocale } from 'next-intl/server';
import * as z from 'zod';
import { formatSteps, STEPS_MAX } from '@/domain/tracing/canvas/canvas-step';
import type { PicturePayment } from '@/domain/tracing/canvas/picture';
import { keepCanvas } from '@/server/commands/tracing/keep-canvas';
import { recordTrace } from '@/server/commands/tracing/record-trace';
import { accountFaces } from '@/server/queries/tracing/account-faces';
import { requireActor } from '@/server/session';
import { askedTrace } from './_server/asked-trace';
import { type DrawnTrace, drawnTrace, tracedIndex } from './_server/drawn-trace';
import { nodePayments } from './_server/node-payments';

const Origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('transaction'), idOrKey: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('starts'), from: z.string().max(8_000) }),
]);
/** The page's own address: the server reads the question from it, as it did for the page. */
const Asked = z.strictObject({ origin: Origin, search: z.string().max(16_000) });
const Steps = z.string().max(400_000);
export type AskedByPage = z.infer<typeof Asked>;

export type DrawnOutcome =
  | {
      readonly kind: 'drawn';
      readonly drawn: DrawnTrace /** The steps as they belong into the address. */;
      readonly address: string;
      readonly steps: string;
    }
  | { readonly kind: 'refused' };

/** Longer than this the steps are kept by the server, and the address names them. */
const ADDRESS_STEPS_MAX = 1_600;

/** The picture after these steps ("" and "kept:…" as in an address): drilling, folding, pinning and noting all come through here. Audited. */
export async function drawTrace(input: { readonly asked: AskedByPage; readonly steps: string }): Promise<DrawnOutcome> {
  const actor = await requireActor('transactions:view');
  const { asked, steps } = z.strictObject({ asked: Asked, steps: Steps }).parse(input);
  const params = { ...Object.fromEntries(new URLSearchParams(asked.search)), c: steps };
  const outcome = await askedTrace(actor, asked.origin, params);
  if (outcome.kind !== 'asked' || outcome.asked.steps.length > STEPS_MAX) return { kind: 'refused' };
  const index = await tracedIndex(actor, outcome.asked.question);
  const drawn = await drawnTrace(actor, index, outcome.asked.steps);
  const text = formatSteps(outcome.asked.steps);
  await recordTrace(actor, { act: 'drilled', asked: outcome.asked.question, last: outcome.asked.steps.at(-1) ?? null });
  const address = text.length <= ADDRESS_STEPS_MAX ? text : `kept:${await keepCanvas(actor, text)}`;
  return { kind: 'drawn', drawn, address, steps: text };
}

export type NodePayments = { readonly rows: readonly (PicturePayment & { readonly otherName: string })[]; readonly total: number };

/** Payments of the trace in and out of one account, the largest first; at most fifty, and how many there are. */
export async function paymentsOfNode(input: { readonly asked: AskedByPage; readonly of: string }): Promise<NodePayments | null> {
  const actor = await requireActor('transactions:view');
  const { asked, of } = z.strictObject({ asked: Asked, of: z.string().regex(/^[0-9a-z]{1,11}$/) }).parse(input);
  const outcome = await askedTrace(actor, asked.origin, { ...Object.fromEntries(new URLSearchParams(asked.search)), c: '' });
  if (outcome.kind !== 'asked') return null;
  const listed = nodePayments(await tracedIndex(actor, outcome.asked.question), of);
  const faces = await accountFaces(actor, { accounts: [...new Set(listed.rows.map(({ other }) => other))], locale: await getLocale() });
  const name = (account: string) => {
    const face = faces.get(account);
    return face ? `${face.name} ··${face.tail}` : account.slice(0, 8);
  };
  return { total: listed.total, rows: listed.rows.map((row) => ({ ...row, otherName: name(row.other) })) };
}

/** Puts on record that the picture left the console as a file, before it does. */
export async function recordTraceImage(input: { readonly asked: AskedByPage; readonly form: 'png' | 'svg' }): Promise<boolean> {
  const actor = await requireActor('transactions:view');
  const { asked, form } = z.strictObject({ asked: Asked, form: z.enum(['png', 'svg']) }).parse(input);
  const outcome = await askedTrace(actor, asked.origin, Object.fromEntries(new URLSearchParams(asked.search)));
  if (outcome.kind !== 'asked') return false;
  await recordTrace(actor, { act: 'imaged', asked: outcome.asked.question, last: null, form });
  return true;
}
