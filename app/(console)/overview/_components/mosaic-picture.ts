import { institutionLink } from '@/domain/links';
import { toBusinessText } from '@/domain/time-range';
import type { InstitutionNow } from '@/server/queries/overview/institution-states';
import type { MosaicGroup } from './mosaic-groups';
import type { OverviewT } from './throughput-picture';

const NAMES = { bank: 'connectivity.banks', payment: 'connectivity.payments', external: 'connectivity.external' } as const;

/** Banks, payment institutions and, where there are any, parties outside as groups of squares, in their fixed order. */
export function mosaicGroups(t: OverviewT, states: readonly InstitutionNow[]): MosaicGroup[] {
  return (['bank', 'payment', 'external'] as const).flatMap((kind) => {
    const members = states.filter((one) => one.kind === kind);
    if (members.length === 0) return [];
    const name = t(NAMES[kind]);
    const abnormal = members.filter((one) => one.state !== 'up').length;
    return {
      kind,
      name,
      label: t('connectivity.label', { kind: name, count: members.length, abnormal }),
      cells: members.map((one) => ({ key: one.code, state: one.state, href: institutionLink(one.code), title: cellTitle(t, one) })),
    };
  });
}

function cellTitle(t: OverviewT, { name, code, state, since }: InstitutionNow): string {
  const words = { name, code, state: t(`states.${state}`) };
  return state === 'up' || !since
    ? t('connectivity.cell', words)
    : t('connectivity.cellSince', { ...words, since: toBusinessText(since).slice(5, 16) });
}
