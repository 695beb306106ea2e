import fs from 'node:fs';
import path from 'node:path';
import { measureDetection, PlantedPattern } from '@/server/commands/detection/measure-detection';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';

/** Holds the alerts that were raised against what the simulator wrote down as planted, and prints and stores both shares of each kind. */
export async function measureAgainstTruth(here: Installation, folder: string): Promise<ExitCode> {
  const patterns = plantedIn(folder);
  const measures = await withDatabase(here, (client) => measureDetection(client, { patterns, now: new Date() }));
  process.stdout.write(`${['kind', 'planted', 'found', 'alerts', 'true'].join('\t')}\n`);
  for (const { ruleId, planted, found, alerts, alertsTrue } of measures)
    process.stdout.write(`${[ruleId, planted, found, alerts, alertsTrue].join('\t')}\n`);
  return EXIT.done;
}

function plantedIn(folder: string): readonly PlantedPattern[] {
  let names: string[];
  try {
    names = fs.readdirSync(folder).filter((name) => name.endsWith('.misconduct.ndjson'));
  } catch (error) {
    throw new Failure(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (names.length === 0)
    throw new Failure(`${folder} holds no truth of planted misconduct: it is the simulator's folder "simulator-truth".`);
  return names.flatMap((name) =>
    fs
      .readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line, n) => {
        const parsed = PlantedPattern.safeParse(JSON.parse(line));
        if (!parsed.success)
          throw new Failure(`${name}, line ${n + 1}: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
        return parsed.data;
      }),
  );
}
