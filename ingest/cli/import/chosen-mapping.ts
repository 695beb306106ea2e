import fs from 'node:fs';
import { CANONICAL_MAPPING, type CsvMapping, parseMapping } from '../../formats/csv/mapping';
import { Failure } from '../failure';

/** The mapping that a command line asks for, else the canonical one. Throws {@link Failure} where the file makes none. */
export function chosenMapping(options: {
  readonly mapping?: string;
  readonly timeZone?: string;
  readonly roundAmounts?: boolean;
}): CsvMapping {
  let mapping = CANONICAL_MAPPING;
  if (options.mapping !== undefined) {
    let text: string;
    try {
      text = fs.readFileSync(options.mapping, 'utf8');
    } catch (error) {
      throw new Failure(`The mapping file cannot be read: ${(error as Error).message}`);
    }
    const parsed = parseMapping(text);
    if (!parsed.ok) throw new Failure(`${options.mapping}: ${parsed.detail}.`);
    mapping = parsed.mapping;
  }
  return {
    ...mapping,
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    ...(options.roundAmounts ? { amountRounding: 'half-even' as const } : {}),
  };
}
