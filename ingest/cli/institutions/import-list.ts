import { importInstitutions } from '@/server/commands/institutions/import-institutions';
import { EXIT, type ExitCode, Failure } from '../failure';
import { type Installation, withDatabase } from '../installation';
import { institutionFile } from './institution-file';

const FAULTS_SHOWN = 20;

/** Adds a list of institutions, or says what it would do. One faulty row and nothing is added, unless faulty rows are to be skipped. */
export async function importList(
  here: Installation,
  file: string,
  options: { readonly dryRun?: boolean; readonly skipFaulty?: boolean },
): Promise<ExitCode> {
  const { institutions, faults } = await institutionFile(file);
  for (const { row, field, detail } of faults.slice(0, FAULTS_SHOWN)) process.stderr.write(`row ${row}, ${field}: ${detail}\n`);
  if (faults.length > FAULTS_SHOWN) process.stderr.write(`and ${faults.length - FAULTS_SHOWN} more\n`);
  if (faults.length > 0 && !options.skipFaulty && !options.dryRun) {
    throw new Failure(
      `${faults.length} of ${institutions.length + faults.length} rows are faulty: nothing was imported. Correct them, or add --skip-faulty.`,
    );
  }
  const result = await withDatabase(here, (client) => importInstitutions(client, { institutions, dryRun: options.dryRun === true }));
  const { added, changed, unchanged } = result;
  const would = options.dryRun ? 'would be ' : '';
  process.stdout.write(
    `${added.length} ${would}added, ${changed.length} ${would}changed, ${unchanged} unchanged, ${faults.length} faulty; ${institutions.length + faults.length} rows\n`,
  );
  for (const code of changed.slice(0, FAULTS_SHOWN)) process.stdout.write(`  ${would}changed: ${code}\n`);
  return faults.length > 0 ? EXIT.someRefused : EXIT.done;
}
