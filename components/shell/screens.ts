import type { Permission } from '@/domain/permissions';
import type { IconName } from '../glyphs/icon-paths';

export type Screen = {
  readonly id:
    | 'overview'
    | 'flows'
    | 'institutions'
    | 'settlement'
    | 'cutover'
    | 'alerts'
    | 'rules'
    | 'cases'
    | 'transactions'
    | 'quarantine'
    | 'reconciliation'
    | 'exports'
    | 'audit';
  readonly path: string;
  readonly icon: IconName;
  readonly permission: Permission;
  readonly section: 'watch' | 'investigate' | 'govern';
  /** Second key after `g`. */
  readonly key: string;
  /** Has no tab of its own on a phone: it stands behind the last one. */
  readonly wideOnly?: boolean;
};

/** Every screen that stands, in the order of the navigation; on a phone the first of them that are not `wideOnly` are tabs, and the rest stands behind the last tab. */
export const SCREENS: readonly Screen[] = [
  { id: 'overview', path: '/overview', icon: 'overview', permission: 'overview:view', section: 'watch', key: 'o' },
  { id: 'flows', path: '/flows', icon: 'flows', permission: 'flows:view', section: 'watch', key: 'f' },
  { id: 'institutions', path: '/institutions', icon: 'institutions', permission: 'institutions:view', section: 'watch', key: 'i' },
  {
    id: 'settlement',
    path: '/settlement',
    icon: 'settlement',
    permission: 'settlement:view',
    section: 'watch',
    key: 's',
    wideOnly: true,
  },
  {
    id: 'cutover',
    path: '/cutover',
    icon: 'cutover',
    permission: 'cutover:view',
    section: 'watch',
    key: 'c',
    wideOnly: true,
  },
  { id: 'alerts', path: '/alerts', icon: 'alerts', permission: 'alerts:view', section: 'investigate', key: 'a' },
  {
    id: 'cases',
    path: '/cases',
    icon: 'cases',
    permission: 'cases:view',
    section: 'investigate',
    key: 'k',
    wideOnly: true,
  },
  { id: 'transactions', path: '/transactions', icon: 'transactions', permission: 'transactions:view', section: 'investigate', key: 't' },
  { id: 'rules', path: '/rules', icon: 'rules', permission: 'rules:view', section: 'investigate', key: 'l', wideOnly: true },
  {
    id: 'quarantine',
    path: '/quarantine',
    icon: 'quarantine',
    permission: 'quarantine:view',
    section: 'govern',
    key: 'q',
    wideOnly: true,
  },
  {
    id: 'reconciliation',
    path: '/reconciliation',
    icon: 'settlement',
    permission: 'quarantine:view',
    section: 'govern',
    key: 'r',
    wideOnly: true,
  },
  { id: 'exports', path: '/exports', icon: 'exports', permission: 'exports:view', section: 'govern', key: 'e', wideOnly: true },
  { id: 'audit', path: '/audit', icon: 'audit', permission: 'audit:view', section: 'govern', key: 'u', wideOnly: true },
];

const TABS = 4;

/** The screens with a tab of their own on a phone; a fifth tab opens all others. */
export function phoneTabs(screens: readonly Screen[]): readonly Screen[] {
  return screens.filter(({ wideOnly }) => !wideOnly).slice(0, TABS);
}
