import { parseArgs } from 'node:util';
import { board } from './board';
import { detection } from './detection';
import { exporting } from './export';
import { ingest } from './ingest';
import { machine } from './machine';
import { misconduct } from './misconduct';
import { openBench } from './open-bench';
import { queries } from './queries';
import { sustained } from './sustained';
import { trace } from './trace';

/** Every benchmark, in the order they run. Each prints what it measured; nothing passes or fails. */
const BENCHMARKS = { board, ingest, sustained, detection, misconduct, queries, trace, export: exporting } as const;
type Name = keyof typeof BENCHMARKS;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '7000' },
    grow: { type: 'string', default: 'history' },
    keep: { type: 'string' },
    only: { type: 'string' },
    'fill-only': { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}": choose from ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
const GROWTHS = ['history', 'density'] as const;
const grow = GROWTHS.find((name) => name === values.grow);
if (!grow) {
  console.error(`--grow wants one of ${GROWTHS.join(', ')}.`);
  process.exit(2);
}
const numbers = { rows: Number(values.rows), seconds: Number(values.seconds), rate: Number(values.rate) };
const faulty = Object.entries(numbers).find(([, value]) => !(Number.isInteger(value) && value > 0));
if (faulty) {
  console.error(`--${faulty[0]} wants a whole number above zero.`);
  process.exit(2);
}
const options = { ...numbers, grow, fillOnly: values['fill-only'], only: values.only };
export type BenchOptions = typeof options;

const names = (positionals.length > 0 ? positionals : Object.keys(BENCHMARKS)) as Name[];
const bench = await openBench({ keep: values.keep });
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void bench.close().then(() => process.exit(1));
  });
try {
  console.log(await machine(bench));
  for (const name of names) {
    console.log(`\n${name}`);
    await BENCHMARKS[name](bench, options);
  }
} finally {
  if (!ending) await bench.close();
}
process.exit(0);
