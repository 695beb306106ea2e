/** Who may stand on the two edges of a flow picture. */
export const AXES = ['payment-bank', 'bank-payment', 'bank-bank', 'all'] as const;
export type Axes = (typeof AXES)[number];

const EDGES: Readonly<Record<Axes, { readonly payer: InstitutionKind; readonly payee: InstitutionKind } | undefined>> = {
  'payment-bank': { payer: 'payment', payee: 'bank' },
  'bank-payment': { payer: 'bank', payee: 'payment' },
  'bank-bank': { payer: 'bank', payee: 'bank' },
  all: undefined,
};

export type InstitutionKind = 'bank' | 'payment' | 'clearing' | 'external';

/** Whether a flow between institutions of these kinds belongs to the picture. */
export function onAxes(axes: Axes, payer: InstitutionKind, payee: InstitutionKind): boolean {
  return isOnEdge(axes, 'payer', payer) && isOnEdge(axes, 'payee', payee);
}

/** Whether an institution of this kind may stand on one edge of the picture. */
export function isOnEdge(axes: Axes, edge: 'payer' | 'payee', kind: InstitutionKind): boolean {
  return EDGES[axes]?.[edge] === undefined || EDGES[axes]?.[edge] === kind;
}

export type KindTraffic = { readonly payer: InstitutionKind; readonly payee: InstitutionKind; readonly payments: bigint };

/**
 * The pair of kinds with the most payments: what a flow screen opens with. `all` where no two-kind picture holds anything, as with
 * imported institutions of other kinds.
 */
export function busiestAxes(traffic: Iterable<KindTraffic>): Axes {
  const totals = new Map<Axes, bigint>(AXES.map((axes) => [axes, 0n]));
  for (const { payer, payee, payments } of traffic)
    for (const axes of AXES) if (onAxes(axes, payer, payee)) totals.set(axes, (totals.get(axes) ?? 0n) + payments);
  const narrow = AXES.filter((axes) => axes !== 'all');
  const best = narrow.reduce((a, b) => ((totals.get(b) ?? 0n) > (totals.get(a) ?? 0n) ? b : a));
  return (totals.get(best) ?? 0n) > 0n ? best : 'all';
}
