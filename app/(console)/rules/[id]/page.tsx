import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Icon } from '@/components/glyphs/icon';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { Trail } from '@/components/shell/trail';
import { Chip } from '@/components/ui/chip';
import { formatCount, formatDecimal } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { BUSINESS_OFFSET_MS, DAY_MS } from '@/domain/time-range';
import { ruleCatalogue } from '@/server/queries/rules/rule-catalogue';
import { ruleVersions } from '@/server/queries/rules/rule-versions';
import { shadowDifference } from '@/server/queries/rules/shadow-difference';
import { newestData } from '@/server/queries/session/newest-data';
import { requireActor } from '@/server/session';
import { ruleTexts } from '../rule-text';
import '../rules.css';
import { Definition } from './_components/definition';
import { ReplayForm } from './_components/replay-form';
import { RuleEditor } from './_components/rule-editor';
import { VersionList } from './_components/version-list';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('rules');
  return { title: `${decodeURIComponent((await params).id)} · ${t('title')}` };
}

/** One rule, pattern or statistic: what it says, under which law, how it has done; a rule's versions, editor and replay besides. */
export default async function RulePage({ params }: Params) {
  const actor = await requireActor('rules:view');
  const id = decodeURIComponent((await params).id);
  const [t, texts, all, versions, dataAt] = await Promise.all([
    getTranslations('rules'),
    ruleTexts(),
    ruleCatalogue(actor, { at: new Date() }),
    ruleVersions(actor, { ruleId: id }),
    newestData(),
  ]);
  const entry = all.find((one) => one.id === id);
  if (!entry) notFound();
  const shadows = await Promise.all(
    versions
      .filter(({ state }) => state === 'shadow')
      .map(async ({ version }) => {
        const { since, ...counts } = await shadowDifference(actor, { ruleId: id, version });
        return { version, since: since?.toISOString() ?? null, ...counts };
      }),
  );
  const { precision } = entry;
  const mayGovern = allows(actor.role, 'rules:govern');
  const yesterday = new Date((dataAt ?? new Date()).getTime() + BUSINESS_OFFSET_MS - DAY_MS).toISOString().slice(0, 10);
  return (
    <ScreenMessages of="rule">
      <div className="ru-page">
        <div className="head">
          <Trail steps={[{ href: '/rules', words: t('title') }]} />
          <h1>{texts.title(entry)}</h1>
          <span className="meta mono">{entry.id}</span>
          <Chip>{t(`kinds.${entry.kind}`)}</Chip>
          {entry.switchedOff === null ? null : <Chip tone="critical">{t('state.off')}</Chip>}
          <span className="sp" />
          <Link className="btn" href={withSearch('/alerts', { queue: 'all', source: entry.id })} prefetch={false}>
            <Icon name="alerts" small />
            {t('page.openAlerts')}
          </Link>
        </div>
        <div className="ru-say">
          <p>{texts.text(entry) ?? texts.title(entry)}</p>
          <p className="t2">{texts.citation(entry)}</p>
          {entry.switchedOff === null ? null : <p className="wrong">{entry.switchedOff}</p>}
        </div>
        <div className="ru-facts">
          <Fact label={t('page.alerts')} value={formatCount(entry.alerts30d)} note={t('page.raised', { count: entry.alerts30d })} />
          <Fact
            label={t('page.precision')}
            value={precision.judged === 0 ? '—' : formatDecimal(precision.good / precision.judged, 2)}
            note={
              precision.judged === 0 ? t('page.precisionNone') : t('page.precisionSay', { good: precision.good, judged: precision.judged })
            }
          />
          <Fact
            label={t('page.missing')}
            value=""
            note={t(
              entry.kind === 'rule' ? 'page.missingSay' : entry.kind === 'statistic' ? 'page.missingStatistic' : 'page.missingTypology',
            )}
          />
        </div>
        <div className="ru-two">
          <Definition entry={entry} reasonOf={texts.reason} />
          {entry.kind === 'rule' ? (
            <VersionList ruleId={id} versions={versions} shadows={shadows} me={actor.id} mayGovern={mayGovern} />
          ) : null}
        </div>
        {entry.rule ? (
          <div className="ru-two">
            <RuleEditor ruleId={id} rule={entry.rule} mayGovern={mayGovern} day={yesterday} />
            <ReplayForm ruleId={id} versions={versions.map(({ version }) => version)} day={yesterday} />
          </div>
        ) : null}
      </div>
    </ScreenMessages>
  );
}

function Fact({ label, value, note }: { readonly label: string; readonly value: string; readonly note: string }) {
  return (
    <div>
      <h2 className="meta">{label}</h2>
      {value === '' ? null : <p className="ru-figure">{value}</p>}
      <p className="meta">{note}</p>
    </div>
  );
}
