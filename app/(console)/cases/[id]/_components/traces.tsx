import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TraceSnapshotFigure } from '@/components/cases/trace-snapshot-figure';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount } from '@/domain/format/count';
import { toBusinessText } from '@/domain/time-range';
import type { CaseTraceRow } from '@/server/queries/cases/case-traces';
import { Part } from './part';
import { TakeOff } from './take-off';

type TracesProps = {
  readonly no: string;
  readonly traces: readonly CaseTraceRow[];
  readonly names: ReadonlyMap<string, string>;
  readonly workable: boolean;
};

/** Traces as they were answered, each with its hash and the way to ask it again. */
export function Traces({ no, traces, names, workable }: TracesProps) {
  const t = useTranslations('cases');
  return (
    <Part id="traces" title={t('detail.traces')} meta={formatCount(traces.length)}>
      {traces.length === 0 ? <p className="cs-none">{t('traces.none')}</p> : null}
      {traces.map((trace) => (
        <div key={trace.id} className="cs-trace" data-trace={trace.sha256}>
          <div className="row cs-trace-head">
            <span className="strong nowrap">{t(`traces.${trace.snapshot.direction}`)}</span>
            <span className="mono cut">{trace.title}</span>
            <span className="t3 nowrap">
              {t('traces.hops', { hops: trace.snapshot.hops })}
              {trace.asOf ? ` · ${t('traces.asOf', { at: toBusinessText(trace.asOf) })}` : ''}
            </span>
            <span className="push" />
            <Link className="lnk nowrap" href={trace.address} prefetch={false}>
              {t('traces.again')}
            </Link>
            {workable ? <TakeOff no={no} kind="trace" id={trace.id} what={trace.title} /> : null}
          </div>
          <TraceSnapshotFigure title={trace.title} snapshot={trace.snapshot} names={names} />
          <p className="row meta cs-trace-head">
            <span className="nowrap">{t('traces.taken', { at: toBusinessText(trace.at), who: trace.by })}</span>
            <span className="nowrap push">{t('traces.hash')}</span>
            <span className="mono cut">{trace.sha256}</span>
            <CopyButton value={trace.sha256} what={t('traces.hash')} />
          </p>
        </div>
      ))}
    </Part>
  );
}
