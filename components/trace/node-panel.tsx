'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatCount } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import { shareOf } from '@/domain/money';
import { bigintSpan } from '@/domain/tracing/canvas/bigint-span';
import type { CanvasStep } from '@/domain/tracing/canvas/canvas-step';
import type { PictureNode, PictureStop, TracePicture } from '@/domain/tracing/canvas/picture';
import type { TraceView } from '@/domain/tracing/canvas/scene';
import { CONSERVING_METHODS, TRACE_METHODS, type TraceMethod } from '@/domain/tracing/trace-answer';
import { Amount } from '../figures/amount';
import { BusinessTime } from '../figures/business-time';
import { formatLocale } from '../figures/format-locale';
import { Icon } from '../glyphs/icon';
import { Chip } from '../ui/chip';
import { CopyButton } from '../ui/copy-button';
import type { TraceConditions } from './conditions';
import { NodeEdges } from './node-edges';
import { NodePaymentsList } from './node-payments-list';
import { minorText, spanText, type TraceUnit } from './trace-amounts';
import type { AskedByPage, NodeFace, TraceActions } from './trace-types';
import type { Describe } from './trace-words';

type NodePanelProps = {
  readonly node: PictureNode;
  readonly picture: TracePicture;
  readonly faces: Readonly<Record<string, NodeFace>>;
  readonly view: TraceView;
  readonly unit: TraceUnit;
  readonly describe: Describe;
  readonly conditions: TraceConditions;
  readonly onAct: (step: CanvasStep) => void;
  readonly onNote: (id: string) => void;
  readonly onAsk: (changes: Readonly<Record<string, string>>) => void;
  readonly asked: () => AskedByPage;
  readonly payments: TraceActions['payments'];
  readonly freeze: ReactNode;
};

/** One node in full: who it is, what reached it by each method, what it passed on and still holds, and what may be done. */
export function NodePanel(props: NodePanelProps) {
  const { node, picture, faces, unit, describe, onAct, onNote } = props;
  const t = useTranslations('trace.panel');
  const face = faces[node.id];
  const { name } = describe(node.id);
  const single = node.account !== null;
  return (
    <>
      <section>
        <div className="row">
          <h2 className="who2 cut">{face?.full ?? name}</h2>
          <span className="sp" />
          <Chip>{node.layer === 0 ? t(picture.direction === 'forward' ? 'source' : 'asked') : t('hop', { hop: node.layer })}</Chip>
        </div>
        {face?.masked ? (
          <div className="row t2">
            <span>{face.masked}</span>
            <CopyButton value={face.masked} what={t('account')} />
            {face.code ? <span className="code push">{face.code}</span> : null}
          </div>
        ) : null}
        {single ? null : (
          <p className="t2">
            {t(`group.${node.kind as 'rest' | 'rest-outside' | 'unknown'}`, { count: formatCount(node.accounts), n: node.accounts })}
          </p>
        )}
        {node.note ? <p className="tr-said-note">{node.note}</p> : null}
        <div className="tr-acts">
          {single ? (
            <>
              <Act
                icon="branch"
                label={t('expand')}
                keyName="E"
                disabled={node.hiddenNext === 0}
                onClick={() => onAct({ kind: 'expand', of: node.id })}
              />
              <Act icon="minus" label={t('fold')} keyName="F" onClick={() => onAct({ kind: 'fold', of: node.id })} />
              <Act
                icon="pin"
                label={t(node.pinned === 'end' ? 'unpin' : 'pin')}
                keyName="P"
                onClick={() => onAct({ kind: node.pinned === 'end' ? 'unpin' : 'pin', of: node.id })}
              />
              <Act icon="note" label={t('note')} keyName="N" onClick={() => onNote(node.id)} />
              {node.kind === 'source' ? null : (
                <Act icon="close" label={t('hide')} keyName="⇧F" onClick={() => onAct({ kind: 'hide', of: node.id })} />
              )}
            </>
          ) : node.kind === 'unknown' ? null : (
            <Act icon="branch" label={t('more')} keyName="E" onClick={() => onAct({ kind: 'more', layer: node.layer })} />
          )}
        </div>
      </section>
      <Methods {...props} />
      {single ? <Balance {...props} /> : null}
      {node.stops.map((stop) => (
        <Stop key={stop.reason} stop={stop} {...props} />
      ))}
      <NodeEdges {...{ node, picture, describe, view: props.view, unit }} />
      {single ? <NodePaymentsList node={node} currency={picture.currency} asked={props.asked} payments={props.payments} /> : null}
      {single ? props.freeze : null}
    </>
  );
}

function Act({
  icon,
  label,
  keyName,
  disabled = false,
  onClick,
}: {
  readonly icon: 'branch' | 'minus' | 'pin' | 'note' | 'close';
  readonly label: string;
  readonly keyName: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" className="btn" disabled={disabled} onClick={onClick}>
      <Icon name={icon} small />
      {label}
      <kbd className="kbd">{keyName}</kbd>
    </button>
  );
}

/** What reached the node by each method, as bars to one scale, and between what they differ. */
function Methods({ node, picture, unit }: NodePanelProps) {
  const t = useTranslations('trace.panel');
  const m = useTranslations('trace.method');
  // Poison may say many times as much; its bar ends at the edge, and the others can still be compared.
  const { high: largest } = bigintSpan([1n, ...CONSERVING_METHODS.map((method) => BigInt(node.amounts[method]))]);
  const width = (method: TraceMethod) => `${Math.min(100, Math.round(shareOf(BigInt(node.amounts[method]), largest) * 1000) / 10)}%`;
  const [low, high] = [BigInt(node.amounts.low), BigInt(node.amounts.high)];
  const title = node.layer === 0 ? 'amount' : picture.direction === 'forward' ? 'reached' : 'passed';
  return (
    <section>
      <h2>
        {t(title)} <span className="unit">{picture.currency}</span>
      </h2>
      <div className="mth">
        {TRACE_METHODS.map((method) => (
          <div key={method} data-method={method}>
            <span className="t2">{m(method)}</span>
            <span className="track">
              <i style={{ width: width(method) }} />
            </span>
            <b>
              <Amount minor={node.amounts[method]} currency={picture.currency} />
            </b>
          </div>
        ))}
      </div>
      <p className="meta">
        {low === high
          ? t('agree')
          : t(picture.direction === 'forward' ? 'between' : 'betweenBack', {
              low: minorText(low, unit),
              high: minorText(high, unit),
              unit: unit.label,
            })}
      </p>
    </section>
  );
}

/** In, out and held by each method, in the picture's unit; the difference is printed. */
function Balance({ node, picture, unit }: NodePanelProps) {
  const t = useTranslations('trace.panel');
  const m = useTranslations('trace.method');
  const locale = formatLocale(useLocale());
  if (!node.held) return null;
  const { held } = node;
  const left = (method: TraceMethod) => BigInt(held[method]) - BigInt(node.stopped?.[method] ?? '0');
  const methods = CONSERVING_METHODS;
  const { low, high } = bigintSpan(methods.map(left));
  const waited = picture.asOfMs !== null && node.lastAtMs !== null ? picture.asOfMs - node.lastAtMs : null;
  const forward = picture.direction === 'forward';
  return (
    <>
      <section>
        <h2>
          {t('byMethod')} <span className="unit">{unit.label}</span>
        </h2>
        <table className="tr-mini">
          <thead>
            <tr>
              <td />
              {methods.map((method) => (
                <th key={method} scope="col">
                  {m(method)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t(forward ? 'in' : 'outBack')}</th>
              {methods.map((method) => (
                <td key={method}>{minorText(BigInt(node.amounts[method]), unit)}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t(forward ? 'out' : 'fromEarlier')}</th>
              {methods.map((method) => (
                <td key={method}>{minorText(BigInt(node.amounts[method]) - BigInt(held[method]), unit)}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t(forward ? 'held' : 'ends')}</th>
              {methods.map((method) => (
                <td key={method}>{minorText(BigInt(held[method]), unit)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
      {forward ? (
        <section>
          <h2>
            {t('freezable')} <span className="unit">{unit.label}</span>
          </h2>
          <dl>
            <dt>{t('stillHere')}</dt>
            <dd data-testid="node-freezable">{spanText(low, high, unit)}</dd>
            {node.firstAtMs === null ? null : (
              <>
                <dt>{t('first')}</dt>
                <dd>
                  <BusinessTime at={new Date(node.firstAtMs)} form="short" />
                </dd>
              </>
            )}
            {waited === null ? null : (
              <>
                <dt>{t('since')}</dt>
                <dd>{formatDuration(waited, locale)}</dd>
              </>
            )}
          </dl>
        </section>
      ) : null}
    </>
  );
}

function Stop({ stop, node, unit, conditions, onAsk }: NodePanelProps & { readonly stop: PictureStop }) {
  const t = useTranslations('trace.stop');
  const locale = formatLocale(useLocale());
  const amounts = (['fifo', 'lifo', 'proRata'] as const).map((method) => BigInt(stop.amounts[method]));
  const { low, high } = bigintSpan(amounts);
  const limit =
    stop.limit === null
      ? ''
      : stop.reason === 'wait'
        ? formatDuration(Number(stop.limit), locale)
        : stop.reason === 'min-amount'
          ? `${minorText(BigInt(stop.limit), unit)} ${unit.label}`
          : formatCount(Number(stop.limit));
  return (
    <section className="tr-stop">
      <p>
        {t(stop.reason, { payments: formatCount(stop.payments), limit })}
        {high > 0n ? ` ${t('rests', { amount: spanText(low, high, unit), unit: unit.label })}` : ''}
      </p>
      {stop.reason === 'hub' && node.account !== null ? (
        <button type="button" className="btn" onClick={() => onAsk({ through: [...conditions.through, node.account].join(',') })}>
          {t('anyway')}
        </button>
      ) : null}
    </section>
  );
}
