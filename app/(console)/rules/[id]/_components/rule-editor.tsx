'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Icon } from '@/components/glyphs/icon';
import type { Rule, RuleFault } from '@/domain/detection/rules/rule';
import { previewRule, saveRule } from '../../actions';
import { readDefinition } from './read-definition';
import { ReplayAnswer, type ReplayWire } from './replay-answer';

type RuleEditorProps = { readonly ruleId: string; readonly rule: Rule; readonly mayGovern: boolean; readonly day: string };
type Said = { readonly replay: ReplayWire; readonly sentence: string } | { readonly text: string } | null;

const WINDOWS = ['payment', 'business-day', 'calendar-year', 'lifetime', 'days-30'] as const;
const OUTCOMES = ['violation', 'reportable', 'notable'] as const;

/** A form over a rule's definition: preview what it would have raised, keep it as a draft. Faults stand at their field. */
export function RuleEditor({ ruleId, rule, mayGovern, day }: RuleEditorProps) {
  const t = useTranslations('rules');
  const windows = useTranslations('alerts.window');
  const [draft, setDraft] = useState<Rule>(rule);
  const [faults, setFaults] = useState<readonly RuleFault[]>([]);
  const [said, setSaid] = useState<Said>(null);
  const [json, setJson] = useState('');
  const [busy, start] = useTransition();
  const set = (change: Partial<Rule>) => setDraft({ ...draft, ...change });
  const setBand = (at: number, change: Partial<Rule['bands'][number]>) =>
    set({ bands: draft.bands.map((band, i) => (i === at ? { ...band, ...change } : band)) });
  const faultAt = (at: string) => faults.find((fault) => fault.at === at)?.message;
  const shownElsewhere = faults.filter(
    ({ at }) => !/^(effectiveFrom|effectiveTo|currency|window|boundary|bands\.\d+\.(from|outcome|reason))$/.test(at),
  );

  const check = () =>
    start(async () => {
      const answer = await previewRule(ruleId, draft, day).catch(() => ({ kind: 'failed' as const }));
      setFaults(answer.kind === 'faulty' ? answer.faults : []);
      if (answer.kind === 'replayed')
        setSaid({ replay: answer.replay, sentence: t('replay.draftWould', { alerts: answer.replay.versions[0]?.alerts ?? 0, from: day }) });
      else setSaid(answer.kind === 'failed' ? { text: t('replay.failed') } : null);
    });
  const save = () =>
    start(async () => {
      const answer = await saveRule(ruleId, draft).catch(() => ({ kind: 'failed' as const }));
      setFaults(answer.kind === 'faulty' ? answer.faults : []);
      setSaid(
        answer.kind === 'saved'
          ? { text: t('said.saved', { version: answer.version }) }
          : answer.kind === 'failed'
            ? { text: t('said.failed') }
            : null,
      );
    });
  const read = () => {
    const answer = readDefinition(json, draft);
    if (answer.kind === 'not-json') setSaid({ text: t('editor.notJson', { fault: answer.fault }) });
    else if (answer.kind === 'no-bands') setSaid({ text: t('editor.tazamaCases') });
    else if (answer.kind === 'faulty') setFaults(answer.faults);
    else {
      setDraft(answer.draft);
      setFaults([]);
      setSaid(answer.tazama === null ? null : { text: t('editor.tazamaRead', { id: answer.tazama }) });
    }
  };

  return (
    <section className="region">
      <div className="cap">
        <h2>{t('editor.title')}</h2>
        <span className="meta">{t('editor.say')}</span>
      </div>
      <div className="ru-form">
        <Field label={t('editor.effectiveFrom')} fault={faultAt('effectiveFrom')}>
          <input
            className="input"
            type="date"
            value={draft.effectiveFrom}
            onChange={(event) => set({ effectiveFrom: event.target.value })}
          />
        </Field>
        <Field label={t('editor.effectiveTo')} fault={faultAt('effectiveTo')}>
          <input
            className="input"
            type="date"
            value={draft.effectiveTo ?? ''}
            onChange={(event) => set({ effectiveTo: event.target.value || undefined })}
          />
        </Field>
        <Field label={t('editor.window')} fault={faultAt('window')}>
          <select className="input" value={draft.window} onChange={(event) => set({ window: event.target.value as Rule['window'] })}>
            {WINDOWS.map((window) => (
              <option key={window} value={window}>
                {windows(window)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('editor.boundary')} fault={faultAt('boundary')}>
          <select className="input" value={draft.boundary} onChange={(event) => set({ boundary: event.target.value as Rule['boundary'] })}>
            <option value=">">&gt;</option>
            <option value=">=">≥</option>
          </select>
        </Field>
        <Field label={t('editor.currency')} fault={faultAt('currency')}>
          <input
            className="input ru-short"
            value={draft.currency ?? ''}
            maxLength={3}
            onChange={(event) => set({ currency: event.target.value.toUpperCase() || undefined })}
          />
        </Field>
      </div>
      <ul className="ru-bands">
        {draft.bands.map((band, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a band has no name but its place, and its place is what is edited.
          <li key={i} className="ru-form">
            <Field label={t('editor.from')} fault={faultAt(`bands.${i}.from`)}>
              <input
                className="input"
                inputMode="decimal"
                value={band.from}
                onChange={(event) => setBand(i, { from: event.target.value })}
              />
            </Field>
            <Field label={t('editor.outcome')} fault={faultAt(`bands.${i}.outcome`)}>
              <select
                className="input"
                value={band.outcome}
                onChange={(event) => setBand(i, { outcome: event.target.value as (typeof OUTCOMES)[number] })}
              >
                {OUTCOMES.map((outcome) => (
                  <option key={outcome} value={outcome}>
                    {t(`outcomes.${outcome}`)}
                  </option>
                ))}
              </select>
            </Field>
            <Field label={t('editor.reason')} fault={faultAt(`bands.${i}.reason`)}>
              <input className="input" value={band.reason} onChange={(event) => setBand(i, { reason: event.target.value })} />
            </Field>
            {draft.bands.length > 1 ? (
              <button
                type="button"
                className="btn quiet icon"
                aria-label={t('editor.removeBand', { n: i + 1 })}
                onClick={() => set({ bands: draft.bands.filter((_, place) => place !== i) })}
              >
                <Icon name="close" small />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {shownElsewhere.map(({ at, message }) => (
        <p key={`${at} ${message}`} className="ru-none wrong" role="alert">
          {t('editor.fault', { at: at === '' ? t('editor.whole') : at, message })}
        </p>
      ))}
      <div className="row ru-none">
        <button
          type="button"
          className="btn"
          onClick={() => set({ bands: [...draft.bands, { from: '', outcome: 'notable', reason: 'over' }] })}
        >
          <Icon name="plus" small />
          {t('editor.addBand')}
        </button>
        <span className="sp" />
        <button type="button" className="btn" disabled={busy} onClick={check}>
          {busy ? t('replay.running') : t('editor.check')}
        </button>
        {mayGovern ? (
          <button type="button" className="btn main" disabled={busy} onClick={save}>
            {t('editor.save')}
          </button>
        ) : null}
      </div>
      {said && 'text' in said ? (
        <p className="ru-none" role="status" data-testid="edited">
          {said.text}
        </p>
      ) : said ? (
        <ReplayAnswer {...said} />
      ) : null}
      <details className="ru-json" onToggle={(event) => event.currentTarget.open && json === '' && setJson(JSON.stringify(draft, null, 2))}>
        <summary>{t('editor.json')}</summary>
        <p className="meta">{t('editor.jsonHint')}</p>
        <textarea
          className="input mono"
          rows={14}
          spellCheck={false}
          value={json}
          aria-label={t('editor.json')}
          onChange={(event) => setJson(event.target.value)}
        />
        <button type="button" className="btn" onClick={read}>
          {t('editor.read')}
        </button>
      </details>
    </section>
  );
}

function Field({
  label,
  fault,
  children,
}: {
  readonly label: string;
  readonly fault: string | undefined;
  readonly children: React.ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label>
      <span>{label}</span>
      {children}
      {fault ? (
        <span className="wrong" role="alert">
          {fault}
        </span>
      ) : null}
    </label>
  );
}
