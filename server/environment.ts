import 'server-only';
import * as z from 'zod';

const Environment = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address'),
  HEADWATER_MODE: z.enum(['demo', 'production']).default('demo'),
  /** 32 bytes, base64: pseudonyms and ciphers of account numbers. */
  HEADWATER_ACCOUNT_KEY: z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64'),
  /** Ed25519 private key (PKCS 8, DER, base64): signs receipts. */
  HEADWATER_RECEIPT_KEY: z.base64(),
  NEXTAUTH_SECRET: z.string().min(32, 'must have 32 characters or more'),
  HEADWATER_GATEWAY_URL: z.url().default('http://127.0.0.1:7070'),
  HEADWATER_GATEWAY_PORT: z.coerce.number().int().min(0).max(65535).default(7070),
  HEADWATER_GATEWAY_HOST: z.string().default('127.0.0.1'),
  /** The monitor's /livez, /readyz and /metrics; without it there are none. */
  HEADWATER_MONITOR_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** The detector's /livez and /metrics; without it there are none. */
  HEADWATER_DETECTOR_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Where this installation keeps what is not in the database. */
  HEADWATER_DATA: z.string().optional(),
  /** Folder for the audit log's checkpoints outside the database; best on another machine's disk. */
  HEADWATER_AUDIT_ANCHORS: z.string().optional(),
  HEADWATER_METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
});
export type Environment = z.infer<typeof Environment>;

let parsed: Environment | undefined;

/** The process's settings, checked once. Throws one sentence that names every wrong variable. */
export function environment(): Environment {
  if (parsed) return parsed;
  const result = Environment.safeParse(process.env);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not usable: ${faults.join('; ')}.`);
  }
  parsed = result.data;
  return parsed;
}
