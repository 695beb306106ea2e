import 'server-only';
import { database } from '@/server/database';
import { hashPassword } from './hash-password';

/** One password for all people of the demonstration; the start script and the sign-in page print it in demo mode only. */
export const DEMO_PASSWORD = 'headwater-demo';

export const DEMO_USERS = [
  { login: 'regulator', displayName: '沈知远', role: 'regulator' },
  { login: 'compliance', displayName: '陆明仪', role: 'compliance' },
  { login: 'admin', displayName: '何清', role: 'admin' },
  { login: 'operator', displayName: '方渡', role: 'operator' },
] as const;

/** Makes the people of the demonstration where they are missing and gives each the demonstration's password again. */
export async function seedDemoUsers(): Promise<void> {
  for (const user of DEMO_USERS) {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await database().appUser.upsert({
      where: { login: user.login },
      create: { ...user, passwordHash },
      update: { passwordHash, failedAttempts: 0, nextAttemptAt: null },
    });
  }
}
