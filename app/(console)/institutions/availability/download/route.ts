import { stringify } from 'csv-stringify/sync';
import { getLocale, getTranslations } from 'next-intl/server';
import { INSTITUTION_STATES } from '@/domain/overview/institution-state';
import { toBusinessText } from '@/domain/time-range';
import { auditedDownload } from '@/server/commands/connectivity/audited-download';
import { availabilityReport } from '@/server/queries/connectivity/availability-report';
import { requireActor } from '@/server/session';
import { monthOf } from '../report-question';

/** The month's availability as a file, row for row what the page shows; that it was taken is audited. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor('institutions:view');
  const [t, locale] = await Promise.all([getTranslations('institutions'), getLocale()]);
  const { month, range } = monthOf(new URL(request.url).searchParams.get('month'), new Date());
  const report = await availabilityReport(actor, { range, locale });
  const seconds = (ms: number) => Math.round(ms / 1000);
  const rows = report.rows.map((row) => [
    row.code,
    row.name,
    row.ppm === null ? '' : (row.ppm / 10_000).toFixed(4),
    (report.targetPpm / 10_000).toFixed(4),
    row.met === null ? '' : t(row.met ? 'report.yes' : 'report.no'),
    seconds(row.scheduledMs),
    ...INSTITUTION_STATES.map((state) => seconds(row.times[state])),
    row.incidents,
  ]);
  const head = [
    t('page.code'),
    t('columns.institution'),
    t('report.availability'),
    t('report.target'),
    t('report.met'),
    t('report.inSeconds', { what: t('report.scheduled') }),
    ...INSTITUTION_STATES.map((state) => t('report.inSeconds', { what: t(`states.${state}`) })),
    t('report.incidents'),
  ];
  const said = [[t('report.sentenceFile', { month, until: toBusinessText(report.until) })], [t('report.formula')]];
  await auditedDownload(actor, { what: `availability ${month}`, rows: rows.length });
  // Cells that a spreadsheet would take for a formula are made text; the byte order mark lets it read Chinese.
  const text = stringify([head, ...rows, ...said], { escape_formulas: true, record_delimiter: 'windows' });
  return new Response(`\ufeff${text}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="availability-${month}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
