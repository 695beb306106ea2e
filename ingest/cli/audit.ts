import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { Signer } from '@/server/evidence/signing';
import { verifyAuditLog } from '@/server/evidence/verify-audit-log';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';

type Options = { readonly anchor?: string; readonly fingerprint?: string; readonly json?: boolean };

/** Holds the whole audit log against what was signed, inside the database and outside it, and names what was meddled with. */
export async function verifyAudit(here: Installation, options: Options): Promise<ExitCode> {
  const fingerprint = options.fingerprint?.toLowerCase() ?? ownFingerprint(here);
  return await withDatabase(here, async (client) => {
    const file = options.anchor ?? (await ownAnchor(here, client));
    const anchor = file === undefined ? undefined : readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity });
    const verdict = await verifyAuditLog(client, { fingerprint, anchor });
    const isWhole = verdict.findings.length === 0;
    if (options.json) process.stdout.write(`${JSON.stringify({ whole: isWhole, ...verdict })}\n`);
    else {
      for (const { kind, says } of verdict.findings) process.stdout.write(`${kind}: ${says}\n`);
      process.stdout.write(
        `${isWhole ? 'Whole' : 'NOT WHOLE'}: ${verdict.rows} rows, ${verdict.checkpoints} checkpoints, ${verdict.pending} rows not numbered yet.\n`,
      );
      process.stdout.write(
        verdict.anchored === null
          ? 'No file outside the database was compared: rows cut off at the end, with all that was signed of them, would not show.\n'
          : `${verdict.anchored} rows compared with ${file}.\n`,
      );
      process.stdout.write(`Signed by ${fingerprint}.\n`);
    }
    return isWhole ? EXIT.done : EXIT.failed;
  });
}

function ownFingerprint(here: Installation): string {
  if (!here.receiptKey)
    throw new Failure(
      'Whose signature to expect is not known: give --fingerprint, or set HEADWATER_RECEIPT_KEY, or start Headwater first.',
    );
  return new Signer(here.receiptKey).published.fingerprint;
}

async function ownAnchor(
  here: Installation,
  client: { query: (sql: string) => Promise<{ rows: { id: string }[] }> },
): Promise<string | undefined> {
  const { rows } = await client.query('select id::text as id from audit_tree');
  const folder = process.env.HEADWATER_AUDIT_ANCHORS ?? path.join(here.dataFolder, 'anchors');
  const file = path.join(folder, `audit-${rows[0]?.id}.ndjson`);
  return fs.existsSync(file) ? file : undefined;
}
