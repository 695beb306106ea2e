/**
 * What a person may do. Checked in the data layer at every page, action and handler.
 * console:enter is the shell itself: live figures, search, one's own sessions.
 */
export const PERMISSIONS = [
  'console:enter',
  'overview:view',
  'flows:view',
  'institutions:view',
  'connectivity:acknowledge',
  'connectivity:operate',
  'transactions:view',
  'accounts:reveal',
  'settlement:view',
  'settlement:work',
  'settlement:propose',
  'settlement:confirm',
  'settlement:schedule',
  'cutover:view',
  'cutover:govern',
  'quarantine:view',
  'quarantine:resolve',
  'alerts:view',
  'alerts:triage',
  'rules:view',
  'rules:govern',
  'cases:view',
  'cases:work',
  'exports:view',
  'exports:request',
  'exports:approve',
  'audit:view',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['regulator', 'compliance', 'admin', 'operator', 'institution'] as const;
export type Role = (typeof ROLES)[number];

const OVERSIGHT: readonly Permission[] = [
  'console:enter',
  'overview:view',
  'flows:view',
  'institutions:view',
  'transactions:view',
  'cutover:view',
];
// Closing takes two people, and the database refuses the same one twice: so several roles hold both halves.
const SETTLING: readonly Permission[] = ['settlement:view', 'settlement:work', 'settlement:propose', 'settlement:confirm'];

// A version of a rule is requested by one person and approved by another: so several roles hold both halves.
const TRIAGE: readonly Permission[] = ['alerts:view', 'alerts:triage', 'rules:view', 'rules:govern'];

// Holding these opens no case: only who is on it sees it.
const CASES: readonly Permission[] = ['cases:view', 'cases:work'];

// Whoever may ask may decide on what others ask; the database refuses one person in both places.
const EXPORTING: readonly Permission[] = ['exports:view', 'exports:request', 'exports:approve', 'audit:view'];

/**
 * Watching is for everyone who oversees. Revealing an account is for those who work cases, not for those who run the machine.
 * An institution's own people see the same screens cut down to their institution's rows.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  regulator: new Set<Permission>([
    ...OVERSIGHT,
    'connectivity:acknowledge',
    'accounts:reveal',
    'cutover:govern',
    'quarantine:view',
    ...SETTLING,
    'settlement:schedule',
    ...TRIAGE,
    ...CASES,
    ...EXPORTING,
  ]),
  compliance: new Set<Permission>([
    ...OVERSIGHT,
    'accounts:reveal',
    'cutover:govern',
    'quarantine:view',
    ...SETTLING,
    ...TRIAGE,
    ...CASES,
    ...EXPORTING,
  ]),
  admin: new Set<Permission>([
    'console:enter',
    'overview:view',
    'institutions:view',
    'cutover:view',
    'quarantine:view',
    'rules:view',
    'audit:view',
  ]),
  operator: new Set<Permission>([
    'console:enter',
    'overview:view',
    'institutions:view',
    'cutover:view',
    'connectivity:acknowledge',
    'connectivity:operate',
    'quarantine:view',
    'quarantine:resolve',
    'rules:view',
  ]),
  institution: new Set<Permission>([
    'console:enter',
    'overview:view',
    'flows:view',
    'institutions:view',
    'cutover:view',
    'transactions:view',
    'settlement:view',
    'alerts:view',
    'rules:view',
    'exports:view',
    'exports:request',
  ]),
};

export function allows(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].has(permission);
}

/** Roles that hold a permission, in the order people are listed. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => allows(role, permission));
}
