/**
 * A short name of an account for addresses: 53 bits of a hash in base 36. It names an account among those of one answer and hides nothing:
 * accounts' names are pseudonyms already. Two accounts of one answer with the same reference are both out of its reach.
 */
export function nodeRef(account: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < account.length; i++) {
    const unit = account.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return ((low >>> 0) * 2 ** 21 + (high >>> 11)).toString(36);
}

/** What stands on the canvas besides single accounts: the rest of a layer, its rest outside, and what came from nobody knows where. */
export const GROUPS = ['rest', 'outside', 'unknown'] as const;
export type NodeGroup = (typeof GROUPS)[number];

/** The node of a whole group: "rest:3". Single accounts go by their reference, which has no colon. */
export function groupId(group: NodeGroup, layer: number): string {
  return `${group}:${layer}`;
}
