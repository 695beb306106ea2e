import type { CountryInstitution } from './country';

export const DATA_CENTRES = ['dc1', 'dc2'] as const;
export type DataCentre = (typeof DATA_CENTRES)[number];
export const DIRECTIONS = ['outbound', 'inbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** So large a share of its kind's traffic makes an institution keep a line to both data centres. */
const BOTH_FROM_WEIGHT = 0.004;

/** The lines of an institution: the large ones have one to each data centre, the others one, by turns. */
export function linesOf(institution: CountryInstitution, index: number): readonly DataCentre[] {
  if (institution.weight >= BOTH_FROM_WEIGHT) return DATA_CENTRES;
  return [DATA_CENTRES[index % 2] as DataCentre];
}
