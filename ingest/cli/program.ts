import path from 'node:path';
import { Command, type CommanderError, Option } from 'commander';
import { ROLES } from '@/domain/permissions';
import { verifyAudit } from './audit';
import { verifyCertificateFile } from './certificate';
import { distributeDatabase, migrateDatabase } from './database';
import { measureAgainstTruth } from './detection';
import { importEndpoints } from './endpoints';
import { evaluate } from './evaluate/evaluate';
import { trainScore } from './evaluate/train';
import { EXIT, type ExitCode, Failure } from './failure';
import { importFiles } from './import/import-files';
import { installation } from './installation';
import { importList } from './institutions/import-list';
import { endKey, issueKey, listKeys } from './keys';
import { makeUser } from './people';
import { trace } from './trace/trace';

const EXIT_CODES = `
Exit codes:
  0  done; every row was accepted or had been before
  1  failed; what was acknowledged stays, and the same command resumes
  2  the command line is wrong
  3  done, and some rows were refused`;

/** The command line of Headwater. Every command ends by an exit code of {@link EXIT}. */
export function program(): Command {
  const root = new Command('headwater')
    .description('Command line of Headwater: imports, institutions, keys, people, database.')
    .showHelpAfterError('(headwater --help lists the commands)')
    .addHelpText('after', EXIT_CODES)
    .exitOverride(leave);

  root
    .command('import')
    .description('send files through the gateway as a signed feed: CSV (gzip accepted) or ISO 20022 XML')
    .argument('<file...>', 'CSV with the canonical header or any other with --mapping; XML messages')
    .option('--register-unknown', 'register institutions that nobody has registered, before sending')
    .option('--mapping <file>', 'which column gives which field (JSON, see docs/import.md)')
    .option('--as <code>', 'send in the name of this institution instead of IMPORT')
    .option('--key <file>', 'sign with this key file instead of the one that is kept')
    .option('--profile <name>', 'hold XML to a usage guideline as well: cbpr-plus')
    .option('--gateway <url>', "the gateway's address, for instance http://127.0.0.1:7070")
    .option('--time-zone <zone>', 'zone of times that name none, for instance +08:00 or Europe/Prague (default: +08:00)')
    .option('--round-amounts', 'round amounts with more decimals than their currency has, half to even, instead of having them refused')
    .option('--json', 'print the report as one JSON object a file')
    .addHelpText('after', EXIT_CODES)
    .action((files: string[], options) => run(() => importFiles(installation(), files, options)));

  root
    .command('evaluate')
    .description('replay a labelled CSV file (gzip accepted) through the detectors, in the order of time, and say how they did')
    .argument('<file>', 'CSV with the canonical header; amounts are taken as stated')
    .option('--accounts <file>', 'labels of accounts (nodeid,isFraud,…); NAME.nodes.csv beside NAME.csv is found by itself')
    .option('--alerts <file>', 'write every alert as a line of JSON')
    .option('--scores <file>', 'write the scores of every transaction as a line of JSON')
    .option('--bootstrap <rounds>', 'rounds for the intervals', '200')
    .option('--json', 'print one JSON object (docs/evaluate.md)')
    .addHelpText('after', EXIT_CODES)
    .action((file: string, options) => run(() => evaluate(file, options)));
  root
    .command('trace')
    .description(
      'follow money through a file of payments, forward or backward, by FIFO, LIFO, pro-rata and poison together (docs/trace.md)',
    )
    .requiredOption('--file <file>', 'CSV with the canonical header (gzip accepted), or any other with --mapping')
    .requiredOption(
      '--from <start...>',
      'an account or a transaction id; several are followed together; tx: or account: where a name is both',
    )
    .option('--direction <way>', 'forward: where it went; backward: where it came from', 'forward')
    .option('--method <name>', 'fifo, lifo, pro-rata, poison or all', 'all')
    .option('--hops <number>', 'payments one after another, up to 12', '12')
    .option('--at <time>', 'the moment that an account is asked about (default: since, or until when backward)')
    .option('--amount <amount>', 'only so much of the account, its newest money')
    .option('--since <time>', 'follow payments from here on')
    .option('--until <time>', 'follow payments before this, and say what is held then')
    .option('--min <amount>', 'do not follow smaller payments')
    .option('--wait <duration>', 'do not follow money that rested longer in an account, for instance 24h')
    .option('--type <list>', 'follow only these business types, comma between')
    .option('--hub-degree <number>', 'do not follow through accounts with more payments; none: through all', '5000')
    .option('--through-hub <account...>', 'follow through these whatever their degree')
    .option('--outside <code...>', 'institutions or accounts that are outside, besides OUTSIDE and EXTERNAL')
    .option('--pooled <account...>', 'pooled reserve or settlement accounts, never followed through')
    .option('--currency <code>', 'only this currency (default: each that the starts have, apart)')
    .option('--mapping <file>', 'which column gives which field (JSON, see docs/import.md)')
    .option('--time-zone <zone>', 'zone of times that name none, for instance +08:00 or Europe/Prague (default: +08:00)')
    .option('--round-amounts', 'round amounts with more decimals than their currency has, half to even, instead of leaving them out')
    .option('--json', 'print one JSON object (docs/trace.schema.json)')
    .addHelpText('after', EXIT_CODES)
    .action((options) => run(() => trace(options)));
  root
    .command('train-score')
    .description('train the learned scores from labelled files, judge them where they were held out, and write them as data')
    .argument('<file...>', 'CSV with the canonical header and labels')
    .requiredOption('--out <folder>', 'where arrival.json and settled.json are written')
    .option('--number <version>', 'version number of the models', '1')
    .option('--validate-only', 'say how they did where held out, and write nothing')
    .option('--no-validate', 'write them without judging them first')
    .action((files: string[], options) => run(() => trainScore(files, { ...options, version: options.number })));

  const institutions = root.command('institutions').description('the register of institutions');
  institutions
    .command('import')
    .description('add or correct institutions from a list: banks (cnaps_no,name,class_code) or payment institutions (licence_no,name)')
    .argument('<file>')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--skip-faulty', 'import the faultless rows although others are faulty')
    .action((file: string, options) => run(() => importList(installation(), file, options)));

  root
    .command('endpoints')
    .description('where the prober reaches institutions')
    .command('import')
    .description('add or correct endpoints from a JSON file (docs/connectivity.md); nothing else is ever probed')
    .argument('<file>')
    .action((file: string) => run(() => importEndpoints(installation(), file)));

  root
    .command('detection')
    .description('how detection does')
    .command('measure')
    .description(
      'hold the alerts against what the simulator planted, print and store recall and precision of each kind (docs/detection.md)',
    )
    .option('--truth <folder>', 'where the simulator wrote it down (default: simulator-truth in the data folder)')
    .action((options: { truth?: string }) =>
      run(() => {
        const here = installation();
        return measureAgainstTruth(here, options.truth ?? path.join(here.dataFolder, 'simulator-truth'));
      }),
    );

  const key = root.command('key').description('signing keys of institutions');
  key
    .command('create')
    .description('make a key and hand it out once')
    .argument('<code>', 'the institution')
    .option('--scopes <list>', 'feeds that it may send, comma between (default: all)')
    .option('--expires <when>', 'a date, or a number of days like 90d (default: never)')
    .option('--out <file>', 'write it to a new file instead of printing it')
    .action((code: string, options) => run(() => issueKey(installation(), code, options)));
  key
    .command('revoke')
    .description('end a key for good')
    .argument('<id>', 'the key')
    .action((id: string) => run(() => endKey(installation(), id)));
  key
    .command('list')
    .description('keys and their states')
    .argument('[code]', 'of this institution only')
    .action((code: string | undefined) => run(() => listKeys(installation(), code)));

  const user = root.command('user').description('people who can sign in');
  user
    .command('create')
    .description('make a person; the password is asked for, or read from the first line of standard input')
    .argument('<login>')
    .addOption(new Option('--role <role>', 'what the person may do').choices(ROLES).makeOptionMandatory())
    .option('--name <name>', 'shown instead of the login')
    .option('--institution <code>', 'whose data an institution user may see')
    .action((login: string, options) => run(() => makeUser(installation(), login, options)));

  root
    .command('certificate')
    .description('cut-over certificates')
    .command('verify')
    .description('check a certificate offline: form, evidence, signature')
    .argument('<file>')
    .option('--fingerprint <hex>', "the signing key's SHA-256, as the platform published it")
    .option('--json', 'print the verdict as one JSON object')
    .action((file: string, options) => run(() => verifyCertificateFile(file, options)));

  root
    .command('audit')
    .description('the audit log')
    .command('verify')
    .description('find what was changed, deleted, moved, cut off or dated back behind the application, and name the row')
    .option('--anchor <file>', 'the file outside the database (default: the one beside the data)')
    .option('--fingerprint <hex>', "the signing key's SHA-256 (default: this installation's)")
    .option('--json', 'print the verdict as one JSON object')
    .action((options) => run(() => verifyAudit(installation(), options)));

  const db = root.command('db').description('the database');
  db.command('migrate')
    .description('apply the migrations that are not applied yet')
    .action(() => run(() => migrateDatabase(installation())));
  db.command('distribute')
    .description('spread the tables over a Citus cluster; steps that are done are not repeated')
    .option('--plan', 'say what would be done, and do nothing')
    .action((options) => run(() => distributeDatabase(installation(), options)));

  return root;
}

/** Ends the process by what the command came to; a failure says its sentence, anything else is a fault of ours and shows its stack. */
async function run(command: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = error instanceof Failure ? error.exitCode : EXIT.failed;
    process.stderr.write(`${error instanceof Failure ? error.message : (error as Error).stack}\n`);
  }
}

// Commander has said what is wrong by now; help and version are no faults.
function leave(error: CommanderError): never {
  process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
}
