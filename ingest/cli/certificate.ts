import fs from 'node:fs';
import { verifyCertificate } from '@/server/cut-over/certificate-signature';
import { EXIT, type ExitCode, Failure } from './failure';

/** Verifies a cut-over certificate offline: nothing but the file, and the fingerprint that came by another way, is asked. */
export async function verifyCertificateFile(
  file: string,
  options: { readonly fingerprint?: string; readonly json?: boolean },
): Promise<ExitCode> {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${(error as Error).message}`);
  }
  const outcome = verifyCertificate(bytes, { fingerprint: options.fingerprint });
  if (outcome.kind === 'bad') {
    if (options.json) process.stdout.write(`${JSON.stringify({ valid: false, fault: outcome.fault, detail: outcome.detail })}\n`);
    throw new Failure(`Not valid: ${outcome.detail}`);
  }
  const { evidence, requested, approved, key, id } = outcome.certificate;
  const { institution, bank, businessType } = evidence.subject;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ valid: true, id, ...evidence.subject, ...evidence.period, fingerprint: key.fingerprint, keyChecked: options.fingerprint !== undefined })}\n`,
    );
    return EXIT.done;
  }
  process.stdout.write(
    `Valid: ${institution} × ${bank} × ${businessType} was cut over from ${evidence.period.from} to ${evidence.period.to}.\n`,
  );
  process.stdout.write(
    `Rests on ${evidence.clearing.records.count} clearing records, ${evidence.bank.debits.count} debits of the bank and the declarations of both sides for ${evidence.days.length} days, up to batch ${evidence.watermark.batch}.\n`,
  );
  process.stdout.write(`Asked for by ${requested.login} at ${requested.at}, approved by ${approved.login} at ${approved.at}.\n`);
  process.stdout.write(`Signed by ${key.fingerprint}.\n`);
  if (options.fingerprint === undefined)
    process.stdout.write('Whose key that is was not checked: compare it with what GET /v1/receipt-key gave you, or use --fingerprint.\n');
  return EXIT.done;
}
