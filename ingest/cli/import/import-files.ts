import fs from 'node:fs';
import path from 'node:path';
import { type NamedInstitution, registerUnknown } from '@/server/commands/institutions/register-unknown';
import { FeedSender } from '../../feed/sender';
import type { CsvMapping } from '../../formats/csv/mapping';
import { firstBytes, isGzip } from '../../formats/csv/rows';
import { profileOf } from '../../formats/iso20022/profile';
import { EXIT, type ExitCode, Failure } from '../failure';
import { type Installation, withDatabase } from '../installation';
import { chosenMapping } from './chosen-mapping';
import { progressBar } from './progress';
import { importReport, importReportJson } from './report';
import { scanCsv } from './scan-csv';
import { sendCsv } from './send-csv';
import { namedInXml, readXml, sendXml } from './send-xml';
import { senderKey } from './sender-key';
import { Tally } from './tally';

export type ImportOptions = {
  readonly registerUnknown?: boolean;
  readonly mapping?: string;
  readonly as?: string;
  readonly key?: string;
  readonly profile?: string;
  readonly gateway?: string;
  readonly timeZone?: string;
  readonly roundAmounts?: boolean;
  readonly json?: boolean;
};

/** Sends files through the gateway as a signed feed, and prints what became of every row. */
export async function importFiles(
  here: Installation,
  files: readonly string[],
  options: ImportOptions,
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<ExitCode> {
  for (const file of files) {
    if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Failure(`There is no file ${file}.`);
  }
  const mapping = chosenMapping(options);
  const profile = options.profile === undefined ? undefined : profileOf(options.profile);
  if (options.profile !== undefined && !profile) throw new Failure(`"${options.profile}" is no profile; known: cbpr-plus.`, EXIT.usage);
  const key = await senderKey(here, { institution: options.as, keyFile: options.key });
  const gatewayUrl = options.gateway ?? here.gatewayUrl;
  // Nobody waits for an import by the second: it is as patient as a gateway under load needs.
  const sender = new FeedSender({ gatewayUrl, keyId: key.keyId, privateKey: key.privateKeyPem, attemptsMax: 40, backoffMaxMs: 5_000 });
  let refused = 0;
  try {
    for (const file of files) {
      const tally = isXml(file)
        ? await importXml(here, sender, file, { profile, sender: key.institution, register: options.registerUnknown === true })
        : await importCsv(here, sender, file, { mapping, register: options.registerUnknown === true });
      print(`${options.json ? importReportJson(file, tally) : `${importReport(file, tally)}\n`}\n`);
      if (tally.unaccounted !== 0) throw new Failure(`${tally.unaccounted} rows of ${file} are not accounted for.`);
      refused += tally.refused;
    }
  } finally {
    sender.close();
  }
  return refused > 0 ? EXIT.someRefused : EXIT.done;
}

async function importCsv(
  here: Installation,
  sender: FeedSender,
  file: string,
  { mapping, register }: { mapping: CsvMapping; register: boolean },
): Promise<Tally> {
  const scanned = await scanCsv(file, mapping);
  const tally = new Tally(mapping.amountUnit);
  if (register) await registerNamed(here, scanned.institutions, tally);
  const progress = progressBar(path.basename(file), scanned.rows);
  try {
    await sendCsv(sender, { file, mapping, scanned, tally, progress });
  } finally {
    progress.end();
  }
  return tally;
}

async function importXml(
  here: Installation,
  sender: FeedSender,
  file: string,
  options: { profile: string | undefined; sender: string; register: boolean },
): Promise<Tally> {
  const message = await readXml(file, options);
  const tally = new Tally();
  if (options.register) await registerNamed(here, namedInXml(message), tally);
  await sendXml(sender, message, tally);
  return tally;
}

async function registerNamed(here: Installation, institutions: readonly NamedInstitution[], tally: Tally): Promise<void> {
  const nameable = institutions.filter(({ code }) => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/.test(code));
  const registered = await withDatabase(here, (client) => registerUnknown(client, { institutions: nameable }));
  if (registered.length > 0) tally.warnings.add(`${registered.length} institutions were registered from the file`);
}

/** By name, or by the first byte of a file that is not compressed. */
function isXml(file: string): boolean {
  if (/\.xml(\.gz)?$/i.test(file)) return true;
  return !isGzip(file) && /^\ufeff?\s*</.test(firstBytes(file, 64).toString('utf8'));
}
