import 'server-only';
import * as z from 'zod';

const Settings = z.object({
  /** Folder on the disk of the database, where that is this machine's: ingest pauses before the disk is full. */
  HEADWATER_DISK_PATH: z.string().optional(),
  HEADWATER_DISK_FLOOR_MB: z.coerce.number().int().min(16).default(1024),
  /** Requests worked on at once; each has a database connection. */
  HEADWATER_GATEWAY_WORKING: z.coerce.number().int().min(1).max(64).default(4),
  /** Resident memory above which new requests are sent away. */
  HEADWATER_GATEWAY_MEMORY_MB: z.coerce.number().int().min(128).default(280),
  HEADWATER_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});
export type Settings = z.infer<typeof Settings>;

/** What only the gateway reads from the environment. Throws one sentence that names every wrong variable. */
export function settings(): Settings {
  const result = Settings.safeParse(process.env);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not usable: ${faults.join('; ')}.`);
}
