'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useAlertWords } from '@/components/alerts/use-alert-words';
import { Icon } from '@/components/glyphs/icon';
import { useSetAddress } from '@/components/shell/use-address';
import { Popover } from '@/components/ui/popover';
import { Segmented } from '@/components/ui/segmented';
import { AGES, type AlertFilter, isNarrowed, QUEUES } from '@/domain/alerts/alert-filter';
import type { AlertParty, QueueCounts } from '@/domain/alerts/alert-row';
import { ALERT_SEVERITIES, ALERT_STATES } from '@/domain/alerts/alert-states';
import { TYPOLOGIES } from '@/domain/detection/typologies/typology';
import { formatCount } from '@/domain/format/count';
import { InstitutionChecks } from './institution-checks';

const STATISTICS = ['surge', 'success-drop', 'latency', 'net-imbalance', 'after-hours'] as const;

type InboxBarProps = {
  readonly filter: AlertFilter;
  readonly counts: QueueCounts;
  readonly institutions: readonly AlertParty[];
  /** Rules that have raised anything or may. */
  readonly rules: readonly string[];
};

/** Queues with how many each holds, and how the list is narrowed; all of it lives in the address. */
export function InboxBar({ filter, counts, institutions, rules }: InboxBarProps) {
  const t = useTranslations('alerts');
  const { detection, rules: ruleWords } = useAlertWords();
  const address = useSetAddress();
  // What is open belongs to the list it was opened from.
  const set = (changes: Record<string, string | null>) => address({ ...changes, alert: null });
  const list = (values: readonly string[]) => (values.length === 0 ? null : values.join(','));
  const sourceName = (id: string) =>
    detection.has(`typologies.${id}.title`)
      ? detection(`typologies.${id}.title`)
      : detection.has(`statistics.${id}`)
        ? detection(`statistics.${id}`)
        : ruleWords.has(`shipped.${id}.title`)
          ? ruleWords(`shipped.${id}.title`)
          : id;
  const [wish, setWish] = useState('');
  const groups = [
    { key: 'typologies', ids: TYPOLOGIES as readonly string[] },
    { key: 'rules', ids: rules },
    { key: 'statistics', ids: STATISTICS as readonly string[] },
  ] as const;
  return (
    <>
      <Segmented
        label={t('queue.label')}
        value={filter.queue}
        segments={QUEUES.map((queue) => ({
          value: queue,
          label: (
            <>
              {t(`queue.${queue}`)} <span className="al-n">{formatCount(counts[queue])}</span>
            </>
          ),
        }))}
        onChange={(queue) => set({ queue: queue === 'open' ? null : queue, state: null })}
      />
      <Narrow
        label={t('filter.severity')}
        value={filter.severities.map((severity) => t(`severity.${severity}`)).join(t('join'))}
        onRemove={() => set({ severity: null })}
      >
        <Checks
          label={t('filter.severity')}
          choices={ALERT_SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
          chosen={filter.severities}
          onChange={(chosen) => set({ severity: list(chosen) })}
        />
      </Narrow>
      <Narrow
        label={t('filter.source')}
        value={filter.sources.length > 2 ? `${filter.sources.length}` : filter.sources.map(sourceName).join(t('join'))}
        onRemove={() => set({ source: null })}
      >
        <div className="al-kinds">
          <input
            className="input"
            value={wish}
            placeholder={t('filter.search')}
            aria-label={t('filter.search')}
            onChange={(event) => setWish(event.target.value)}
          />
          {groups.map(({ key, ids }) => {
            const found = ids.filter((id) => `${id} ${sourceName(id)}`.toLowerCase().includes(wish.trim().toLowerCase()));
            return found.length === 0 ? null : (
              <div key={key}>
                <h3 className="meta">{t(`filter.${key}`)}</h3>
                <Checks
                  label={t(`filter.${key}`)}
                  choices={found.map((value) => ({ value, label: sourceName(value) }))}
                  chosen={filter.sources}
                  onChange={(chosen) => set({ source: list(chosen) })}
                />
              </div>
            );
          })}
        </div>
      </Narrow>
      <Narrow
        label={t('filter.institution')}
        value={institutions.map(({ name }) => name).join(t('join'))}
        onRemove={() => set({ institution: null })}
      >
        <InstitutionChecks chosen={institutions} onChange={(codes) => set({ institution: list(codes) })} />
      </Narrow>
      <Narrow label={t('filter.age')} value={filter.age ? t(`age.${filter.age}`) : ''} onRemove={() => set({ age: null })}>
        <Checks
          label={t('filter.age')}
          choices={AGES.map((value) => ({ value, label: t(`age.${value}`) }))}
          chosen={filter.age ? [filter.age] : []}
          onChange={(chosen) => set({ age: chosen.find((age) => age !== filter.age) ?? null })}
        />
      </Narrow>
      {filter.queue === 'all' ? (
        <Narrow
          label={t('filter.state')}
          value={filter.states.map((state) => t(`state.${state}`)).join(t('join'))}
          onRemove={() => set({ state: null })}
        >
          <Checks
            label={t('filter.state')}
            choices={ALERT_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            chosen={filter.states}
            onChange={(chosen) => set({ state: list(chosen) })}
          />
        </Narrow>
      ) : null}
      {isNarrowed(filter) ? (
        <button
          type="button"
          className="btn quiet"
          onClick={() => set({ severity: null, source: null, institution: null, age: null, state: null })}
        >
          {t('filter.clear')}
        </button>
      ) : null}
    </>
  );
}

type NarrowProps = { readonly label: string; readonly value: string; readonly onRemove: () => void; readonly children: ReactNode };

function Narrow({ label, value, onRemove, children }: NarrowProps) {
  const t = useTranslations('alerts.filter');
  return (
    <span className={value === '' ? 'al-narrow' : 'al-narrow set'}>
      <Popover
        label={label}
        trigger={
          <button type="button" className="btn">
            <span className="cut">{value === '' ? label : value}</span>
            {value === '' ? <Icon name="chevron-down" small /> : null}
          </button>
        }
      >
        {children}
      </Popover>
      {value === '' ? null : (
        <button type="button" className="btn icon" aria-label={t('remove', { name: label })} onClick={onRemove}>
          <Icon name="close" small />
        </button>
      )}
    </span>
  );
}

type ChecksProps<V extends string> = {
  readonly label: string;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly chosen: readonly V[];
  readonly onChange: (chosen: readonly V[]) => void;
};

function Checks<V extends string>({ label, choices, chosen, onChange }: ChecksProps<V>) {
  return (
    <fieldset className="al-checks">
      <legend className="visually-hidden">{label}</legend>
      {choices.map(({ value, label: text }) => (
        <label key={value} className="menu-item">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={() => onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
