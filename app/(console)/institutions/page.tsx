import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { FLOW_ROLES, type FlowRole } from '@/domain/clearing/transaction';
import { amountUnit } from '@/domain/format/amount';
import { boardAxis } from '@/domain/overview/board-axis';
import { rollupWindow } from '@/domain/overview/rollup-window';
import { pageContext, type SearchParams } from '@/server/page-context';
import { boardRows } from '@/server/queries/institutions/board-rows';
import { institutionLatency } from '@/server/queries/institutions/institution-latency';
import { institutionStates } from '@/server/queries/overview/institution-states';
import { requireActor } from '@/server/session';
import { Board } from './_components/board';
import { BoardSkeleton } from './_components/board-skeleton';
import type { BoardWire } from './_components/board-wire';
import './institutions.css';

export default async function InstitutionsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('institutions:view');
  const t = await getTranslations('institutions');
  return (
    <Suspense fallback={<BoardSkeleton title={t('title')} />}>
      <BoardFigures actor={actor} searchParams={searchParams} />
    </Suspense>
  );
}

async function BoardFigures({ actor, searchParams }: { actor: Awaited<ReturnType<typeof requireActor>>; searchParams: SearchParams }) {
  const [context, parameters] = await Promise.all([pageContext(actor, searchParams), searchParams]);
  const { choice, range, currency, locale } = context;
  const dataAt = context.dataAt ?? new Date();
  const axis = boardAxis(range);
  const window = rollupWindow({ choice, range, dataAt, bucketMs: axis.bucketMs });
  const role: FlowRole = FLOW_ROLES.find((one) => one === parameters.role) ?? 'payer';
  const [states, rows, latency] = await Promise.all([
    institutionStates(actor, { locale }),
    boardRows(actor, { range: window.buckets, axis, role, currency }),
    institutionLatency(actor, { range: window.buckets, axis, role }),
  ]);
  const amounts = [...rows.values()].flatMap((row) => [row.outMinor, row.inMinor]);
  const wire: BoardWire = {
    role,
    currency,
    unit: amountUnit(amounts, currency, locale),
    axis: {
      tier: axis.tier,
      bucketMs: axis.bucketMs,
      from: window.buckets.from.getTime(),
      bars: Math.round((window.buckets.to.getTime() - window.buckets.from.getTime()) / axis.bucketMs),
    },
    rows: { from: window.rows.from.getTime(), to: window.rows.to.getTime() },
    preset: choice.kind === 'live' ? choice.preset : null,
    lines: states.map((one) => {
      const row = rows.get(one.id);
      const payments = row ? row.succeeded + row.declined + row.failed + row.unknown : 0n;
      const times = latency.get(one.id);
      return {
        code: one.code,
        name: one.name,
        short: one.short,
        pinyin: one.pinyin,
        kind: one.kind,
        category: one.category,
        state: one.state,
        layers: one.layers,
        since: one.since?.getTime() ?? null,
        payments: Number(payments),
        systemPpm: row && payments > 0n ? Number(((payments - row.failed) * 1_000_000n) / payments) : null,
        declinedPpm: row && payments > 0n ? Number((row.declined * 1_000_000n) / payments) : null,
        failed: Number(row?.failed ?? 0n),
        declined: Number(row?.declined ?? 0n),
        latency: times ?? null,
        outMinor: (row?.outMinor ?? 0n).toString(),
        inMinor: (row?.inMinor ?? 0n).toString(),
        bars: (row?.bars ?? []).map((bar) => [bar.position, bar.payments, bar.failed] as const),
      };
    }),
  };
  return <Board wire={wire} />;
}
