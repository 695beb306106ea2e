'use client';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { memo, type ReactNode } from 'react';
import { LatencyWhisker } from '@/components/charts/latency-whisker';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { HEARTBEAT_LAYERS } from '@/domain/clearing/transaction';
import { exactAmount, formatAmount } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { institutionLink, type TransactionsFilter, transactionsLink } from '@/domain/links';
import { netMinor } from '@/domain/overview/board-order';
import { BoardBars, shortTime } from './board-bars';
import type { BoardWire, DrawnLine } from './board-wire';

/** Below these shares of payments processed, in parts per million, the figure takes a colour: the platform's own bar, and half of it. */
const BAD_PPM = 990_000;
const WARN_PPM = 995_000;
const SLOW_MS = 1500;
/** Of fewer payments a share is mostly chance, and takes no colour. */
const TELLING_PAYMENTS = 100;

/** One institution: state and name, drawings, then figures, each of which opens the rows that it is made of. */
export const BoardRow = memo(function BoardRow({
  line,
  wire,
  rowIndex,
  barsPx,
  figures,
  cursor,
  lit,
}: {
  line: DrawnLine;
  wire: BoardWire;
  rowIndex: number;
  barsPx: number;
  /** The table shows money as well. */
  figures: boolean;
  cursor: number | null;
  /** The keyboard is on this row's bars. */
  lit: boolean;
}) {
  const t = useTranslations('institutions');
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  const range = { from: new Date(wire.rows.from), to: new Date(wire.rows.to) };
  const side =
    wire.role === 'payer' ? { payer: [line.code] } : wire.role === 'payee' ? { payee: [line.code] } : { intermediary: [line.code] };
  const figure = (filter: TransactionsFilter | null, text: string, className = '', title?: string) => (
    <td className={`num ${className}`} title={title}>
      {filter && text !== '—' ? (
        <Link prefetch={false} className="fig" href={transactionsLink({ range, ...filter })}>
          {text}
        </Link>
      ) : (
        <span className={text === '—' ? 't3' : ''}>{text}</span>
      )}
    </td>
  );
  const ms = (value: number | undefined) => (value === undefined ? '—' : formatCount(Math.round(value)));
  const money = (minor: string) => formatAmount(BigInt(minor), wire.unit, locale);
  const exact = (minor: bigint) => exactAmount(minor, wire.currency, locale);
  const net = netMinor(line);
  const span = { from: new Date(wire.axis.from), to: new Date(wire.axis.from + wire.axis.bars * wire.axis.bucketMs) };
  const missed = line.availabilityPpm !== null && line.availabilityPpm < wire.targetPpm;
  return (
    <tr aria-rowindex={rowIndex} data-code={line.code} aria-current={lit ? 'true' : undefined}>
      <td>
        <StateGlyph state={line.state} size={13} label={t(`states.${line.state}`)} />
      </td>
      <td className="nm cut">
        <Link prefetch={false} className="fig" href={institutionLink(line.code)} title={line.name}>
          {line.short}
          <span className="code">{line.code}</span>
        </Link>
      </td>
      <td className="only-l">
        <Layers line={line} />
      </td>
      <td className="only-l ib-barcell">
        <BoardBars
          bars={line.bars}
          knownFrom={line.knownFrom}
          axis={wire.axis}
          targetPpm={wire.targetPpm}
          areaPx={barsPx}
          cursor={cursor}
          label={t('row.bars', { down: shortTime(t, Math.round(line.downMs / 1000)) })}
        />
      </td>
      <td className={`num ${missed ? 'bad' : ''}`} title={t('row.availability', { down: shortTime(t, Math.round(line.downMs / 1000)) })}>
        {line.availabilityPpm === null ? (
          <span className="t3">—</span>
        ) : (
          <Link prefetch={false} className="fig" href={`${institutionLink(line.code, { range: wire.preset ?? span })}#history`}>
            {percentDigits(line.availabilityPpm, 3)}
            {line.observedMs === undefined ? null : (
              <span className="ib-observed">{t('row.observed', { time: shortTime(t, Math.round(line.observedMs / 1000)) })}</span>
            )}
          </Link>
        )}
      </td>
      {figures ? figure(side, line.payments > 0 ? formatCount(line.payments) : '—') : null}
      {figure(
        { ...side, status: ['failed'] },
        line.systemPpm === null ? '—' : percentDigits(line.systemPpm),
        line.systemPpm === null || line.payments < TELLING_PAYMENTS
          ? ''
          : line.systemPpm < BAD_PPM
            ? 'bad'
            : line.systemPpm < WARN_PPM
              ? 'warn'
              : '',
        t('row.failed', { failed: line.failed, payments: line.payments }),
      )}
      {figure(
        { ...side, status: ['declined'] },
        line.declinedPpm === null ? '—' : percentDigits(line.declinedPpm),
        'only-l t2',
        t('row.declined', { declined: line.declined, payments: line.payments }),
      )}
      {figure(null, ms(line.latency?.p50Ms), 'only-m t2')}
      {figure(null, ms(line.latency?.p95Ms), 'only-m t2')}
      {figure(
        null,
        ms(line.latency?.p99Ms),
        `only-l ${line.payments >= TELLING_PAYMENTS && (line.latency?.p99Ms ?? 0) > SLOW_MS ? 'warn' : ''}`,
      )}
      {figures ? null : (
        <td className="only-l">
          {line.latency ? (
            <LatencyWhisker
              {...line.latency}
              title={t('row.whisker', { p50: ms(line.latency.p50Ms), p95: ms(line.latency.p95Ms), p99: ms(line.latency.p99Ms) })}
            />
          ) : null}
        </td>
      )}
      {figures ? (
        <>
          {figure(
            { payer: [line.code], currency: wire.currency, status: ['succeeded'] },
            line.outMinor === '0' ? '—' : money(line.outMinor),
            'only-l',
            exact(BigInt(line.outMinor)),
          )}
          {figure(
            { payee: [line.code], currency: wire.currency, status: ['succeeded'] },
            line.inMinor === '0' ? '—' : money(line.inMinor),
            'only-l',
            exact(BigInt(line.inMinor)),
          )}
          {figure(null, net === 0n ? '0' : signed(net, formatAmount(net, wire.unit, locale)), '', exact(net))}
        </>
      ) : null}
    </tr>
  );
});

function signed(value: bigint, text: string): ReactNode & string {
  return value > 0n ? `+${text}` : text;
}

function Layers({ line }: { line: DrawnLine }) {
  const t = useTranslations('institutions');
  return (
    <span className="ly">
      {HEARTBEAT_LAYERS.map((layer) => {
        const state = line.layers[layer] ?? 'unknown';
        return (
          <span key={layer} title={t('row.layers', { layer: t(`layer.${layer}`), state: t(`states.${state}`) })}>
            <StateGlyph state={state} size={11} />
          </span>
        );
      })}
    </span>
  );
}
