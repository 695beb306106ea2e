import { expect, test } from 'vitest';
import { allows, PERMISSIONS, ROLES, rolesWith } from './permissions';

test('whoever runs the machine sees no payments and reveals no accounts', () => {
  for (const role of ['admin', 'operator'] as const) {
    expect(allows(role, 'transactions:view')).toBe(false);
    expect(allows(role, 'flows:view')).toBe(false);
    expect(allows(role, 'accounts:reveal')).toBe(false);
  }
});

test('an institution neither reveals accounts nor reads what others had refused', () => {
  expect(allows('institution', 'accounts:reveal')).toBe(false);
  expect(allows('institution', 'quarantine:view')).toBe(false);
});

test('everyone who may do anything may enter, and every permission is held by somebody', () => {
  for (const role of ROLES) expect(allows(role, 'console:enter')).toBe(true);
  for (const permission of PERMISSIONS) expect(rolesWith(permission).length).toBeGreaterThan(0);
});
