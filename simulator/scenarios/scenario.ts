import type { CountryInstitution } from '../country';
import type { DataCentre, Direction } from '../lines';

export const LAYERS = ['network', 'tls', 'mtls', 'signature', 'application'] as const;

/** What happens to one institution for a while. Times are epoch seconds at whole minutes, half-open. */
export type Disturbance = {
  readonly scenario: string;
  /** Institution code. */
  readonly institution: string;
  readonly from: number;
  readonly to: number;
  /** Share of its payments that fail technically. */
  readonly failShare: number;
  /** Its answers take so many times longer. */
  readonly latencyFactor: number;
  /** Share of its payments that never come: customers give up. */
  readonly lostShare: number;
  /** Share of its payments that customers make through somebody else. */
  readonly reroutedShare: number;
  /** Heartbeats: the first layer that does not answer (those above it cannot either), or none. */
  readonly brokenFrom?: (typeof LAYERS)[number];
  /** Only this line is broken, or all. */
  readonly line?: DataCentre;
  /** Only this direction is broken, or both. */
  readonly direction?: Direction;
  /** Where true, the broken layers answer three heartbeats of five; otherwise none. */
  readonly flapping: boolean;
  /** What the prober writes beside a failed heartbeat. */
  readonly detail?: string;
};

/**
 * One kind of trouble, as data of the simulated country. What it does on a business day follows from the seed and the day alone, so the
 * truth of any day can be asked for afterwards.
 */
export type Scenario = {
  readonly id: string;
  /** What a person would say happens. */
  readonly title: string;
  disturbances(input: {
    readonly seed: number;
    /** Business day since 1970-01-01. */
    readonly day: number;
    /** Epoch second at which it begins. */
    readonly dayStart: number;
    /** Biggest first. */
    readonly banks: readonly CountryInstitution[];
    readonly payments: readonly CountryInstitution[];
  }): readonly Disturbance[];
};

export const UNDISTURBED = { failShare: 0, latencyFactor: 1, lostShare: 0, reroutedShare: 0, flapping: false } as const;
