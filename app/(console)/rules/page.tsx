import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Icon } from '@/components/glyphs/icon';
import { Empty } from '@/components/states/empty';
import { Chip } from '@/components/ui/chip';
import { TYPOLOGY_SETTINGS, type Typology } from '@/domain/detection/typologies/typology';
import { formatCount, formatDecimal } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import type { SearchParams } from '@/server/page-context';
import { type CatalogueEntry, ruleCatalogue } from '@/server/queries/rules/rule-catalogue';
import { requireActor } from '@/server/session';
import { ruleTexts } from './rule-text';
import './rules.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('rules');
  return { title: t('title') };
}

const KINDS = ['rule', 'typology', 'statistic'] as const;

/** Everything that may raise an alert, with its law, its bounds and how it has done. */
export default async function RulesPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('rules:view');
  const [t, texts, search, all] = await Promise.all([
    getTranslations('rules'),
    ruleTexts(),
    searchParams,
    ruleCatalogue(actor, { at: new Date() }),
  ]);
  const kind = KINDS.find((known) => known === search.kind);
  const wish = (typeof search.q === 'string' ? search.q : '').trim().slice(0, 80);
  const shown = all.filter(
    (entry) =>
      (kind === undefined || entry.kind === kind) &&
      `${entry.id} ${texts.title(entry)} ${texts.text(entry) ?? ''} ${texts.citation(entry)}`.toLowerCase().includes(wish.toLowerCase()),
  );
  const count = (one: CatalogueEntry['kind']) => all.filter((entry) => entry.kind === one).length;
  return (
    <div className="ru">
      <div className="head">
        <h1>{t('title')}</h1>
        <nav className="seg" aria-label={t('kindsLabel')}>
          <Link href={withSearch('/rules', { q: wish })} aria-current={kind === undefined ? 'true' : undefined} prefetch={false}>
            {t('kinds.all')} <span className="ru-n">{all.length}</span>
          </Link>
          {KINDS.map((one) => (
            <Link
              key={one}
              href={withSearch('/rules', { kind: one, q: wish })}
              aria-current={one === kind ? 'true' : undefined}
              prefetch={false}
            >
              {t(`kinds.${one}`)} <span className="ru-n">{count(one)}</span>
            </Link>
          ))}
        </nav>
        <form className="row" action="/rules">
          {kind ? <input type="hidden" name="kind" value={kind} /> : null}
          <input className="input ru-find" type="search" name="q" defaultValue={wish} placeholder={t('search')} aria-label={t('search')} />
          <button type="submit" className="btn">
            <Icon name="search" small />
            {t('searchGo')}
          </button>
        </form>
      </div>
      {shown.length === 0 ? (
        <Empty
          why={t('none')}
          action={
            <Link className="btn" href="/rules" prefetch={false}>
              {t('clear')}
            </Link>
          }
        />
      ) : (
        <div className="fill scroll">
          <table className="tbl ru-table">
            <thead>
              <tr>
                <th scope="col">{t('column.name')}</th>
                <th scope="col">{t('column.bands')}</th>
                <th scope="col" className="ru-cite">
                  {t('column.citation')}
                </th>
                <th scope="col">{t('column.since')}</th>
                <th scope="col" className="num">
                  {t('column.alerts')}
                </th>
                <th scope="col" className="num">
                  {t('column.precision')}
                </th>
                <th scope="col">{t('column.state')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((entry) => (
                <tr key={`${entry.kind} ${entry.id}`} data-entry={entry.id}>
                  <td>
                    <Link className="fig strong" href={`/rules/${encodeURIComponent(entry.id)}`} prefetch={false}>
                      {texts.title(entry)}
                    </Link>
                    <span className="ru-id mono t3">
                      {entry.id} v{entry.version}
                    </span>
                  </td>
                  <td className="t2">{bandText(t, entry)}</td>
                  <td className="t2 ru-cite" title={texts.citation(entry)}>
                    <span className="cut">{texts.citation(entry)}</span>
                  </td>
                  <td className="t2">
                    {entry.rule ? entry.rule.effectiveFrom : ''}
                    {entry.rule?.effectiveTo ? ` – ${entry.rule.effectiveTo}` : ''}
                  </td>
                  <td className="num">
                    {entry.alerts30d === 0 ? (
                      <span className="t3">0</span>
                    ) : (
                      <Link className="fig" href={withSearch('/alerts', { queue: 'all', source: entry.id })} prefetch={false}>
                        {formatCount(entry.alerts30d)}
                      </Link>
                    )}
                  </td>
                  <td className="num">
                    {entry.precision.judged === 0 ? (
                      <span className="t3">{t('notMeasured')}</span>
                    ) : (
                      t('measured', {
                        precision: formatDecimal(entry.precision.good / entry.precision.judged, 2),
                        n: entry.precision.judged,
                      })
                    )}
                  </td>
                  <td>
                    <State t={t} entry={entry} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="foot">
        <span>{t('foot', { shown: shown.length, total: all.length })}</span>
      </div>
    </div>
  );
}

type T = Awaited<ReturnType<typeof getTranslations<'rules'>>>;

function bandText(t: T, { kind, id, rule }: CatalogueEntry): string {
  if (kind === 'statistic') return t('statisticBand');
  if (kind === 'typology') {
    const { alert, windowMs } = TYPOLOGY_SETTINGS[id as Typology];
    return t('typologyBand', { alert, days: formatDecimal(windowMs / 86_400_000, 0) });
  }
  const sign = rule?.boundary === '>=' ? '≥' : '>';
  const currency = rule?.currency === undefined ? '' : ` ${rule.currency}`;
  return rule?.measure.kind === 'flag'
    ? t(`outcomes.${rule.bands[0]?.outcome ?? 'notable'}`)
    : (rule?.bands.map(({ from }) => `${sign} ${grouped(from)}${currency}`).join(' · ') ?? '');
}

function grouped(decimal: string): string {
  return decimal.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function State({ t, entry }: { readonly t: T; readonly entry: CatalogueEntry }) {
  return (
    <span className="row">
      {entry.switchedOff !== null ? (
        <Chip tone="critical" title={entry.switchedOff}>
          {t('state.off')}
        </Chip>
      ) : entry.isActive ? (
        <span className="t2">{t('state.active')}</span>
      ) : (
        <Chip>{t('state.idle')}</Chip>
      )}
      {entry.shadows > 0 ? <Chip>{t('state.shadow', { count: entry.shadows })}</Chip> : null}
      {entry.requested > 0 ? <Chip tone="accent">{t('state.requested', { count: entry.requested })}</Chip> : null}
    </span>
  );
}
