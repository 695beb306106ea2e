import { degraded } from './degraded';
import { maintenance } from './maintenance';
import { outage } from './outage';
import type { Scenario } from './scenario';
import { silence } from './silence';
import { switchover } from './switchover';

/** Everything that goes wrong in the country. Where two touch one institution at once, the earlier in this list decides. */
export const SCENARIOS: readonly Scenario[] = [switchover, outage, maintenance, silence, degraded];
