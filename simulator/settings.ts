import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { DAY_SECONDS } from './calendar';

const HISTORY_PAYMENTS = 2_000_000;

const Settings = z.object({
  HEADWATER_GATEWAY_URL: z.url().default('http://127.0.0.1:7070'),
  /** JSON file: { "C0001": { "keyId": "…", "privateKeyPem": "…" }, … } */
  HEADWATER_SIM_KEYS: z.string().min(1),
  /** Folder for the simulator's own state. */
  HEADWATER_DATA: z.string().min(1).default('.data'),
  SIM_SEED: z.coerce.number().int().min(0).max(0x7fffffff).default(1),
  /** Mean payments a second. */
  SIM_RATE: z.coerce.number().min(0.01).max(10_000).default(0.4),
  /** Days of history; left out, 14, and fewer at rates where that would be more than two million payments. */
  SIM_DAYS: z.coerce.number().min(0).max(400).optional(),
  /** Hours of history for which every party's legs are sent as well. */
  SIM_LEG_HOURS: z.coerce.number().int().min(0).max(400).default(24),
  /** Seconds between two rounds of heartbeats. */
  SIM_HEARTBEAT_SECONDS: z.coerce.number().int().min(5).max(25).default(20),
});
const Keys = z.record(z.string(), z.object({ keyId: z.string().min(1), privateKeyPem: z.string().min(1) }));

export type Settings = {
  readonly gatewayUrl: string;
  readonly dataFolder: string;
  readonly seed: number;
  readonly meanRate: number;
  /** Seconds of history. */
  readonly historySeconds: number;
  readonly legHours: number;
  readonly heartbeatSeconds: number;
  readonly keys: Readonly<Record<string, { readonly keyId: string; readonly privateKeyPem: string }>>;
};

/** The simulator's settings. Throws one sentence that names what is wrong. */
export function settingsOf(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = Settings.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The simulator cannot start: ${faults.join('; ')}.`);
  }
  const values = parsed.data;
  let keys: z.infer<typeof Keys>;
  try {
    keys = Keys.parse(JSON.parse(readFileSync(values.HEADWATER_SIM_KEYS, 'utf8')));
  } catch (error) {
    throw new Error(`The key file ${values.HEADWATER_SIM_KEYS} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {
    gatewayUrl: values.HEADWATER_GATEWAY_URL,
    dataFolder: values.HEADWATER_DATA,
    seed: values.SIM_SEED,
    meanRate: values.SIM_RATE,
    historySeconds:
      values.SIM_DAYS === undefined
        ? Math.floor(Math.min(14 * DAY_SECONDS, HISTORY_PAYMENTS / values.SIM_RATE))
        : Math.floor(values.SIM_DAYS * DAY_SECONDS),
    legHours: values.SIM_LEG_HOURS,
    heartbeatSeconds: values.SIM_HEARTBEAT_SECONDS,
    keys,
  };
}
