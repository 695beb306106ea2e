import { dataCentre } from './data-centre';
import { degraded } from './degraded';
import { layerOutage } from './layer-outage';
import { maintenance } from './maintenance';
import { outage } from './outage';
import type { Scenario } from './scenario';
import { silence } from './silence';
import { slowLegs } from './slow-legs';
import { switchover } from './switchover';

/** Everything that goes wrong in the country. Where two touch one institution at once, the earlier in this list decides. */
export const SCENARIOS: readonly Scenario[] = [switchover, dataCentre, outage, maintenance, layerOutage, silence, degraded, slowLegs];
