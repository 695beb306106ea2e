import * as z from 'zod/mini';

const Moment = z.pipe(
  z.string(),
  z.transform((text) => new Date(text)),
);

const WirePulse = z.object({
  at: Moment,
  dataAt: z.nullish(Moment),
  tps: z.number(),
  succeeded: z.number(),
  declined: z.number(),
  failed: z.number(),
  unknown: z.number(),
  lagMs: z.nullish(z.number()),
  rowsBehind: z.nullish(z.number()),
});

/** What the monitor says once a second. `tps` payments a second, `lagMs` from stored to counted. */
export type Pulse = z.infer<typeof WirePulse>;

/** A pulse off the wire, or undefined where it is none: a strange message must not stop the stream. */
export function parsePulse(text: string): Pulse | undefined {
  try {
    const pulse = WirePulse.safeParse(JSON.parse(text));
    return pulse.success ? pulse.data : undefined;
  } catch {
    return undefined;
  }
}
