import 'server-only';
import * as z from 'zod';
import type { SessionLimits } from '@/domain/session-rules';

const Minutes = z.coerce
  .number()
  .positive()
  .max(24 * 60);
const Settings = z.object({
  HEADWATER_SESSION_IDLE_MINUTES: Minutes.default(15),
  HEADWATER_SESSION_HOURS: z.coerce.number().positive().max(24).default(8),
  NEXTAUTH_URL: z.url().default('http://127.0.0.1:3000'),
});

/** Idle and absolute limits of a sign-in; 15 minutes and 8 hours unless configured. */
export function sessionLimits(): SessionLimits {
  const settings = Settings.parse(process.env);
  return { idleMs: settings.HEADWATER_SESSION_IDLE_MINUTES * 60_000, absoluteMs: settings.HEADWATER_SESSION_HOURS * 3_600_000 };
}

/** Under https the cookie is bound to this host and path by its very name. */
export function sessionCookie(): { readonly name: string; readonly secure: boolean } {
  const secure = Settings.parse(process.env).NEXTAUTH_URL.startsWith('https://');
  return { secure, name: secure ? '__Host-headwater-session' : 'headwater-session' };
}
