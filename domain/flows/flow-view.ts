import { BUSINESS_TYPES, type BusinessType } from '../clearing/transaction';
import { AXES, type Axes } from './axes';
import { SORTS, type Sort } from './line-order';

export const VIEWS = ['matrix', 'sankey', 'trend', 'table'] as const;
export type View = (typeof VIEWS)[number];

export const METRICS = ['amount', 'count', 'change'] as const;
export type Metric = (typeof METRICS)[number];

export const TREND_METRICS = ['amount', 'count', 'success'] as const;
export type TrendMetric = (typeof TREND_METRICS)[number];

/** How a flow screen is looked at, as the address bar says it. Undefined axes: the picture with the most traffic. */
export type FlowView = {
  readonly view: View;
  readonly axes: Axes | undefined;
  readonly metric: Metric;
  readonly trendMetric: TrendMetric;
  readonly split: boolean;
  readonly sort: Sort;
  /** Empty: all types. */
  readonly types: readonly BusinessType[];
};

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the address; anything it does not know is the default. */
export function parseFlowView(params: Params): FlowView {
  return {
    view: oneOf(VIEWS, params.view) ?? 'matrix',
    axes: oneOf(AXES, params.axes),
    metric: oneOf(METRICS, params.metric) ?? 'amount',
    trendMetric: oneOf(TREND_METRICS, params.metric) ?? 'amount',
    split: first(params.split) === 'route',
    sort: oneOf(SORTS, params.sort) ?? 'amount',
    types: parseTypes(first(params.type)),
  };
}

/** Reads `type=payout,refund`. All types, or none that is known, is no filter. */
export function parseTypes(text: string | undefined): readonly BusinessType[] {
  const asked = new Set((text ?? '').split(','));
  const known = BUSINESS_TYPES.filter((type) => asked.has(type));
  return known.length === BUSINESS_TYPES.length ? [] : known;
}

function oneOf<T extends string>(values: readonly T[], param: Params[string]): T | undefined {
  const text = first(param);
  return values.find((value) => value === text);
}

function first(param: Params[string]): string | undefined {
  return typeof param === 'string' ? param : param?.[0];
}
