import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/domain/format/count';
import type { ExportJobRow } from '@/server/queries/exports/export-jobs';

const TONE: Partial<Record<ExportJobRow['state'], string>> = { ready: 'chip accent', failed: 'chip critical', declined: 'chip critical' };

/** The state in words, and how far the rows are while they are being written. */
export async function JobState({ job }: { readonly job: Pick<ExportJobRow, 'state' | 'promisedRows' | 'deliveredRows'> }) {
  const t = await getTranslations('exports');
  const words = t(`state.${job.state}`);
  if (job.state !== 'writing') return <span className={TONE[job.state] ?? 'chip'}>{words}</span>;
  const said = t('rowsOf', { delivered: formatCount(job.deliveredRows), promised: formatCount(job.promisedRows) });
  return (
    <span className="ex-work">
      <span className="chip">{words}</span>
      <progress max={1_000} value={Number((job.deliveredRows * 1_000n) / job.promisedRows)} aria-label={`${words} ${said}`} />
      <span className="meta">{said}</span>
    </span>
  );
}
