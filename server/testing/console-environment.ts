import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** Points the console's Prisma client at a test's own database; call it before the first query. */
export function useConsoleDatabase(url: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  process.env.DATABASE_URL = url;
  process.env.HEADWATER_ACCOUNT_KEY ??= randomBytes(32).toString('base64');
  process.env.HEADWATER_RECEIPT_KEY ??= privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString('base64');
}
