import type { PicturePayment, TracePicture } from '@/domain/tracing/canvas/picture';

/** How a node is shown: its institution, and for a single account its masked number and last digits. */
export type NodeFace = {
  readonly name: string;
  readonly full: string;
  readonly code: string | null;
  readonly masked: string | null;
  readonly tail: string | null;
};
export type DrawnTrace = {
  readonly picture: TracePicture;
  readonly faces: Readonly<Record<string, NodeFace>>;
  readonly institutions: Readonly<Record<string, string>>;
};
export type TraceOriginText =
  | { readonly kind: 'transaction'; readonly idOrKey: string }
  | { readonly kind: 'starts'; readonly from: string };
export type AskedByPage = { readonly origin: TraceOriginText; readonly search: string };
export type DrawnOutcome =
  | { readonly kind: 'drawn'; readonly drawn: DrawnTrace; readonly address: string; readonly steps: string }
  | { readonly kind: 'refused' };
export type NodePayments = { readonly rows: readonly (PicturePayment & { readonly otherName: string })[]; readonly total: number };

/** What the page lets the screen ask the server. */
export type TraceActions = {
  readonly draw: (input: { asked: AskedByPage; steps: string }) => Promise<DrawnOutcome>;
  readonly payments: (input: { asked: AskedByPage; of: string }) => Promise<NodePayments | null>;
  readonly recordImage: (input: { asked: AskedByPage; form: 'png' | 'svg' }) => Promise<boolean>;
};
