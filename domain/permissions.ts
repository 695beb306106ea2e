/**
 * What a person may do. Checked in the data layer at every page, action and handler.
 * console:enter is the shell itself: live figures, search, one's own sessions.
 */
export const PERMISSIONS = [
  'console:enter',
  'overview:view',
  'flows:view',
  'institutions:view',
  'transactions:view',
  'accounts:reveal',
  'quarantine:view',
  'quarantine:resolve',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['regulator', 'compliance', 'admin', 'operator', 'institution'] as const;
export type Role = (typeof ROLES)[number];

const OVERSIGHT: readonly Permission[] = ['console:enter', 'overview:view', 'flows:view', 'institutions:view', 'transactions:view'];

/**
 * Watching is for everyone who oversees. Revealing an account is for those who work cases, not for those who run the machine.
 * An institution's own people see the same screens cut down to their institution's rows.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  regulator: new Set<Permission>([...OVERSIGHT, 'accounts:reveal', 'quarantine:view']),
  compliance: new Set<Permission>([...OVERSIGHT, 'accounts:reveal', 'quarantine:view']),
  admin: new Set<Permission>(['console:enter', 'overview:view', 'institutions:view', 'quarantine:view']),
  operator: new Set<Permission>(['console:enter', 'overview:view', 'institutions:view', 'quarantine:view', 'quarantine:resolve']),
  institution: new Set<Permission>(['console:enter', 'overview:view', 'flows:view', 'institutions:view', 'transactions:view']),
};

export function allows(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].has(permission);
}

/** Roles that hold a permission, in the order people are listed. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => allows(role, permission));
}
