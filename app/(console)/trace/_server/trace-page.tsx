import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { type Step, Trail } from '@/components/shell/trail';
import { Empty } from '@/components/states/empty';
import { TraceBoard } from '@/components/trace/trace-board';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { formatRange, readRange, resolveRange, type TimeRange } from '@/domain/time-range';
import { formatSteps } from '@/domain/tracing/canvas/canvas-step';
import { naturalRange, wholeSeconds } from '@/domain/tracing/canvas/natural-range';
import { recordTrace } from '@/server/commands/tracing/record-trace';
import { NotFound } from '@/server/errors';
import { newestData } from '@/server/queries/session/newest-data';
import type { Actor } from '@/server/session';
import { addItem, choicesFor } from '../../cases/add-actions';
import { drawTrace, paymentsOfNode, recordTraceImage } from '../actions';
import type { AskedOutcome, AskedTrace, TraceOrigin, TraceParams } from './asked-trace';
import { drawnTrace, tracedIndex } from './drawn-trace';
import { histogram } from './histogram';
import '../trace.css';

type TracePageProps = {
  readonly actor: Actor;
  readonly origin: TraceOrigin;
  readonly path: string;
  readonly params: TraceParams;
  readonly trail: readonly Step[];
  readonly outcome: Exclude<AskedOutcome, { kind: 'not-found' }>;
};

/** The screen of a trace, whatever it starts from. An address without a fixed range is given one, so that it stays the same picture. */
export async function TracePage({ actor, origin, path, params, trail, outcome }: TracePageProps) {
  const t = await getTranslations('trace');
  if (outcome.kind === 'unbounded')
    redirect(withSearch(path, { ...params, range: formatRange(await fixedRange(params, outcome.acceptedAt)) }));
  if (outcome.kind === 'unreadable') {
    const without = withSearch(path, { from: params.from, currency: params.currency });
    return (
      <Nothing trail={trail} title={t('title')}>
        <Empty
          why={t('state.unreadable')}
          todo={t('state.unreadableTodo')}
          action={
            <a className="btn" href={without}>
              {t('state.without')}
            </a>
          }
        />
      </Nothing>
    );
  }
  return (
    <Suspense key={JSON.stringify(params)} fallback={<TraceSkeleton trail={trail} title={t('title')} words={t('loading')} />}>
      <Traced {...{ actor, origin, trail }} asked={outcome.asked} title={t('title')} />
    </Suspense>
  );
}

async function Traced({
  actor,
  origin,
  trail,
  asked,
  title,
}: Pick<TracePageProps, 'actor' | 'origin' | 'trail'> & { readonly asked: AskedTrace; readonly title: string }) {
  const { question, range } = asked;
  const [t, locale] = await Promise.all([getTranslations('trace.state'), getLocale()]);
  const index = await tracedIndex(actor, question).catch((error) => {
    // The payment is there, or the page would not be: it moved no money.
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (!index)
    return (
      <Nothing trail={trail} title={title}>
        <Empty why={t('notMoved')} todo={t('notMovedTodo')} />
      </Nothing>
    );
  await recordTrace(actor, { act: 'opened', asked: question, last: null });
  if (index.answer.sources.length === 0)
    return (
      <Nothing trail={trail} title={title}>
        <Empty why={t('unknownStart')} todo={t('unknownStartTodo')} />
      </Nothing>
    );
  const turned = naturalRange(question.direction === 'forward' ? 'backward' : 'forward', {
    acceptedAt: asked.acceptedAt,
    dataAt: (await newestData()) ?? new Date(),
  });
  const [drawn, whole] = await Promise.all([drawnTrace(actor, index, asked.steps), tracedIndex(actor, asked.whole)]);
  return (
    <ScreenMessages of="trace">
      <TraceBoard
        key={JSON.stringify([question, locale], (_, value) => (typeof value === 'bigint' ? String(value) : value))}
        origin={origin.kind === 'transaction' ? origin : { kind: 'starts', from: origin.from ?? '' }}
        initial={{ drawn, steps: formatSteps(asked.steps) }}
        span={{
          fromMs: range.from.getTime(),
          toMs: range.to.getTime(),
          chosenFromMs: question.sinceMs ?? range.from.getTime(),
          chosenToMs: question.untilMs ?? range.to.getTime(),
        }}
        counts={histogram(whole.answer.edges, range)}
        conditions={{
          hops: question.hops,
          minMinor: question.minAmountMinor.toString(),
          types: question.businessTypes,
          waitMinutes: question.waitLimitMs === null ? null : question.waitLimitMs / 60_000,
          hubDegree: question.hubDegree,
          through: question.overriddenHubs,
        }}
        actions={{ draw: drawTrace, payments: paymentsOfNode, recordImage: recordTraceImage }}
        turnedRange={formatRange(turned)}
        addTo={allows(actor.role, 'cases:work') ? { choices: choicesFor, add: addItem } : null}
        mark={`${actor.displayName} · ${actor.login}`}
        trail={<Trail steps={trail} />}
        title={title}
      />
    </ScreenMessages>
  );
}

function Nothing({ trail, title, children }: { readonly trail: readonly Step[]; readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="tr">
      <header className="head">
        <Trail steps={trail} />
        <h1>{title}</h1>
      </header>
      <div className="tr-nothing">{children}</div>
    </div>
  );
}

/** The ruled parts of the screen are there at once; only what has to be found is missing. */
function TraceSkeleton({ trail, title, words }: { readonly trail: readonly Step[]; readonly title: string; readonly words: string }) {
  return (
    <div className="tr" aria-busy="true">
      <header className="head">
        <Trail steps={trail} />
        <h1>{title}</h1>
        <span className="meta" role="status">
          {words}
        </span>
      </header>
      <div className="sub" />
      <div className="tr-figure tr-waiting">
        {[0, 1, 2, 3, 4].map((column) => (
          <i key={column} />
        ))}
      </div>
      <div className="side" />
      <div className="tr-slider" />
    </div>
  );
}

// A range that moves is fixed to what it means now.
async function fixedRange(params: TraceParams, acceptedAt: Date | null): Promise<TimeRange> {
  const dataAt = (await newestData()) ?? new Date();
  const choice = params.range === undefined ? null : readRange(params.range);
  if (choice?.kind === 'live') return wholeSeconds(resolveRange(choice, dataAt));
  return naturalRange(params.d === 'backward' ? 'backward' : 'forward', { acceptedAt, dataAt });
}

/** Parameters of an address, each once. */
export function traceParams(search: Readonly<Record<string, string | string[] | undefined>>): TraceParams {
  return Object.fromEntries(Object.entries(search).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]));
}
