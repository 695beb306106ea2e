import { getLocale, getTranslations } from 'next-intl/server';
import { INSTITUTION_STATES } from '@/domain/overview/institution-state';
import { toBusinessText } from '@/domain/time-range';
import { auditedDownload } from '@/server/commands/connectivity/audited-download';
import { availabilityReport } from '@/server/queries/connectivity/availability-report';
import { requireActor } from '@/server/session';
import { monthOf } from '../report-question';
import { CONTENT_TYPES, REPORT_FORMATS, reportFile } from './report-file';

/** The month's availability as a file, row for row what the page shows; that it was taken is audited. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor('institutions:view');
  const [t, locale] = await Promise.all([getTranslations('institutions'), getLocale()]);
  const asked = new URL(request.url).searchParams;
  const { month, range } = monthOf(asked.get('month'), new Date());
  const format = REPORT_FORMATS.find((one) => one === asked.get('format')) ?? 'csv';
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
  await auditedDownload(actor, { what: `availability ${month} ${format}`, rows: rows.length });
  const file = await reportFile(format, [head, ...rows, ...said]);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': CONTENT_TYPES[format],
      'content-disposition': `attachment; filename="availability-${month}.${format}"`,
      'cache-control': 'no-store',
    },
  });
}
