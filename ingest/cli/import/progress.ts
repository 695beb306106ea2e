import { SingleBar } from 'cli-progress';

export type Progress = { readonly advance: (count: number) => void; readonly end: () => void };

/** A bar on the terminal; nothing where errors go to a file or another program. */
export function progressBar(label: string, total: number): Progress {
  if (!process.stderr.isTTY) return { advance: () => {}, end: () => {} };
  const bar = new SingleBar({ format: `${label} {bar} {percentage} % · {value}/{total} · {eta_formatted} left`, stream: process.stderr });
  bar.start(total, 0);
  return { advance: (count) => bar.increment(count), end: () => bar.stop() };
}
