'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '@/components/glyphs/icon';
import { useSetAddress } from '@/components/shell/use-address';
import { Popover } from '@/components/ui/popover';
import { BUSINESS_TYPES, type BusinessType, ROUTES, type Route } from '@/domain/clearing/transaction';
import { exactDigits } from '@/domain/format/amount';
import { FILTER_KEYS, FINAL, type Final, type Misread, STATUS_CLASSES, type StatusClass } from '@/domain/transactions/transaction-filter';
import type { NamedInstitution } from '@/domain/transactions/transaction-row';
import { AmountFields } from './amount-fields';
import { CheckList } from './check-list';
import { InstitutionPicker, type Suggest } from './institution-picker';

export type FilterWire = {
  readonly currency: string | null;
  readonly payers: readonly NamedInstitution[];
  readonly payees: readonly NamedInstitution[];
  readonly institutions: readonly NamedInstitution[];
  readonly intermediaries: readonly NamedInstitution[];
  readonly types: readonly BusinessType[];
  readonly statuses: readonly StatusClass[];
  readonly final: Final | null;
  readonly route: Route | null;
  readonly accounts: readonly string[];
  readonly minMinor: string | null;
  readonly maxMinor: string | null;
  readonly q: string;
};
type FilterBarProps = {
  readonly filter: FilterWire;
  /** What the address says that cannot be read. */
  readonly misread: readonly Misread[];
  readonly amountCurrency: string;
  readonly suggest: Suggest;
};

/** How the list is narrowed: every filter is one control, shows what it is set to, and lives in the address. */
export function FilterBar({ filter, misread, amountCurrency, suggest }: FilterBarProps) {
  const t = useTranslations('transactions');
  const set = useSetAddress();
  const list = (values: readonly string[]) => (values.length === 0 ? null : values.join(','));
  const names = (chosen: readonly NamedInstitution[]) => chosen.map(({ name }) => name).join(t('join'));
  const sides = [
    ['payer', filter.payers],
    ['payee', filter.payees],
    ['institution', filter.institutions],
    ['intermediary', filter.intermediaries],
  ] as const;
  const currency = filter.currency ?? amountCurrency;
  const isSet = misread.length > 0 || Object.values(filter).some((value) => value !== null && value.length > 0);
  return (
    <section className="sub txs-filters" aria-label={t('filter.add')}>
      {sides.map(([side, chosen]) => (
        <Filter key={side} label={t(`filter.${side}`)} value={names(chosen)} onRemove={() => set({ [side]: null })}>
          <InstitutionPicker
            label={t(`filter.${side}`)}
            chosen={chosen}
            suggest={suggest}
            onChange={(codes) => set({ [side]: list(codes) })}
          />
        </Filter>
      ))}
      <Filter
        label={t('filter.type')}
        value={filter.types.map((type) => t(`type.${type}`)).join(t('join'))}
        onRemove={() => set({ type: null })}
      >
        <CheckList
          label={t('filter.type')}
          choices={BUSINESS_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
          chosen={filter.types}
          onChange={(types) => set({ type: list(types) })}
        />
      </Filter>
      <Filter
        label={t('filter.status')}
        value={filter.statuses.map((status) => t(`status.${status}`)).join(t('join'))}
        onRemove={() => set({ status: null })}
      >
        <CheckList
          label={t('filter.status')}
          choices={STATUS_CLASSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          chosen={filter.statuses}
          onChange={(statuses) => set({ status: list(statuses) })}
        />
      </Filter>
      <Filter label={t('filter.route')} value={filter.route ? t(`route.${filter.route}`) : ''} onRemove={() => set({ route: null })}>
        <CheckList
          label={t('filter.route')}
          single
          choices={ROUTES.map((value) => ({ value, label: t(`routeLong.${value}`) }))}
          chosen={filter.route ? [filter.route] : []}
          onChange={([route]) => set({ route: route ?? null })}
        />
      </Filter>
      <Filter label={t('filter.final')} value={filter.final ? t(`final.${filter.final}`) : ''} onRemove={() => set({ final: null })}>
        <CheckList
          label={t('filter.final')}
          single
          choices={FINAL.map((value) => ({ value, label: t(`final.${value}`) }))}
          chosen={filter.final ? [filter.final] : []}
          onChange={([final]) => set({ final: final ?? null })}
        />
      </Filter>
      <Filter label={t('filter.amount')} value={amountWords(filter, currency, t)} onRemove={() => set({ min: null, max: null })}>
        <AmountFields
          currency={currency}
          minMinor={filter.minMinor}
          maxMinor={filter.maxMinor}
          onChange={(min, max) => set({ min, max, currency: min === null && max === null ? filter.currency : currency })}
        />
      </Filter>
      {filter.currency ? (
        <Fact label={t('filter.currency')} value={filter.currency} onRemove={() => set({ currency: null, min: null, max: null })} />
      ) : null}
      {filter.accounts.length > 0 ? (
        <Fact
          label={t('filter.account')}
          value={filter.accounts.map((id) => `…${id.slice(-4)}`).join(t('join'))}
          onRemove={() => set({ account: null })}
        />
      ) : null}
      {filter.q ? <Fact label={t('filter.q')} value={filter.q} onRemove={() => set({ q: null })} /> : null}
      {misread.map(({ key, text, rest }) => (
        <Fact key={key} tone="misread" label={key} value={text} onRemove={() => set({ [key]: rest })} />
      ))}
      {isSet ? (
        <button
          type="button"
          className="btn quiet"
          onClick={() => set(Object.fromEntries([...FILTER_KEYS, ...misread.map(({ key }) => key)].map((key) => [key, null])))}
        >
          {t('filter.clear')}
        </button>
      ) : null}
    </section>
  );
}

function amountWords(filter: FilterWire, currency: string, t: ReturnType<typeof useTranslations>): string {
  const digits = (minor: string | null) => (minor === null ? null : exactDigits(BigInt(minor), currency));
  const [min, max] = [digits(filter.minMinor), digits(filter.maxMinor)];
  if (min !== null && max !== null) return t('filter.range', { min, max });
  if (min !== null) return t('filter.from', { min });
  return max === null ? '' : t('filter.to', { max });
}

type FilterProps = { readonly label: string; readonly value: string; readonly onRemove: () => void; readonly children: ReactNode };

function Filter({ label, value, onRemove, children }: FilterProps) {
  return (
    <span className={value ? 'txs-filter set' : 'txs-filter'}>
      <Popover
        label={label}
        trigger={
          <button type="button" className="btn" title={value || undefined}>
            {value ? <span className="t3">{label}</span> : label}
            {value ? <span className="cut">{value}</span> : <Icon name="chevron-down" small />}
          </button>
        }
      >
        {children}
      </Popover>
      {value ? <Remove what={label} onRemove={onRemove} /> : null}
    </span>
  );
}

type FactProps = { readonly label: string; readonly value: string; readonly tone?: 'misread'; readonly onRemove: () => void };

function Fact({ label, value, tone, onRemove }: FactProps) {
  return (
    <span className={tone ? `txs-filter set ${tone}` : 'txs-filter set'}>
      <span className="btn" title={value}>
        <span className="t3">{label}</span>
        <span className="cut">{value}</span>
      </span>
      <Remove what={label} onRemove={onRemove} />
    </span>
  );
}

function Remove({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  const t = useTranslations('transactions');
  return (
    <button type="button" className="btn icon" onClick={onRemove} aria-label={t('filter.remove', { what })}>
      <Icon name="close" small />
    </button>
  );
}
