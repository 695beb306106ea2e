// What the scripts tell a person: one line a step, one clear sentence for what went wrong.
const began = performance.now();

/** One line with the seconds since the start. */
export function step(text) {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${text}\n`);
}

/** A fault that a person can act on: its message is all that is shown. */
export class Refusal extends Error {}

/** Prints the fault (a refusal's sentence, anything else whole) and ends the process with code 1. */
export function giveUp(error) {
  process.stderr.write(`\n${error instanceof Refusal ? error.message : (error?.stack ?? String(error))}\n`);
  process.exit(1);
}
