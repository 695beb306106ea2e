/** Feeds whose lines can be refused, in the order that screens list them. */
export const FEEDS = ['transactions', 'legs', 'heartbeats', 'outcomes', 'debits', 'declarations', 'iso20022'] as const;
export type FeedName = (typeof FEEDS)[number];
