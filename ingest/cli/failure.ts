/** What the process ends with. 2 is commander's own for a wrong command line. */
export const EXIT = { done: 0, failed: 1, usage: 2, someRefused: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An expected end of a command: one sentence for the person who typed it, no stack. */
export class Failure extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}
