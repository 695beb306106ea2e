import 'server-only';
import { getLocale } from 'next-intl/server';
import { replay } from '@/domain/tracing/canvas/canvas';
import type { CanvasStep } from '@/domain/tracing/canvas/canvas-step';
import { drawPicture } from '@/domain/tracing/canvas/draw-picture';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import { type TraceIndex, traceIndex } from '@/domain/tracing/canvas/trace-index';
import type { TraceQuestion } from '@/domain/tracing/trace-question';
import { accountFaces } from '@/server/queries/tracing/account-faces';
import { traceMoney } from '@/server/queries/tracing/trace-money';
import { institutionsByCode } from '@/server/queries/transactions/institutions-by-code';
import type { Actor } from '@/server/session';
import { keptTrace } from './kept-trace';

/** How a node is shown: its institution, and for a single account its masked number and last digits. */
export type NodeFace = {
  readonly name: string;
  readonly full: string;
  readonly code: string | null;
  readonly masked: string | null;
  readonly tail: string | null;
};
/** A picture with everything that drawing it takes. */
export type DrawnTrace = {
  readonly picture: TracePicture;
  readonly faces: Readonly<Record<string, NodeFace>>;
  /** Names of the institutions that could still hold money back, by code. */
  readonly institutions: Readonly<Record<string, string>>;
};

/** The answer to a question, arranged for being looked at; asked again within minutes it is the same one. */
export async function tracedIndex(actor: Actor, question: TraceQuestion): Promise<TraceIndex> {
  return await keptTrace(actor, question, async () => traceIndex(await traceMoney(actor, question)));
}

/** The picture of an answer after `steps`, with the faces of what it shows. */
export async function drawnTrace(actor: Actor, index: TraceIndex, steps: readonly CanvasStep[]): Promise<DrawnTrace> {
  const picture = drawPicture(index, replay(index, steps));
  const accounts = picture.nodes.flatMap(({ account }) => account ?? []);
  const codes = [...new Set(picture.freezable.flatMap(({ institution }) => institution ?? []))];
  const locale = await getLocale();
  const [faces, institutions] = await Promise.all([
    accountFaces(actor, { accounts, locale }),
    institutionsByCode(actor, { codes, locale }),
  ]);
  return {
    picture,
    faces: Object.fromEntries(
      picture.nodes.flatMap(({ id, account, institution }) => {
        if (account === null) return [];
        const face = faces.get(account);
        return [
          [
            id,
            face
              ? { name: face.name, full: face.full, code: face.code, masked: face.masked, tail: face.tail }
              : { name: institution ?? account.slice(0, 8), full: account, code: institution, masked: null, tail: null },
          ] as const,
        ];
      }),
    ),
    institutions: Object.fromEntries(institutions.map(({ code, name }) => [code, name])),
  };
}
