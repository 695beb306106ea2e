import * as z from 'zod';
import { canonicalJson } from '../canonical-json';
import { PublishedKey, Sha256 } from './published-key';

export const LEAF_FORMAT = 'headwater-audit-leaf/1';
export const CHECKPOINT_FORMAT = 'headwater-audit-checkpoint/1';

/** What the tree holds of one row of the audit log. Numbers are decimal strings: they may exceed what a double holds. */
export const AuditLeaf = z.strictObject({
  format: z.literal(LEAF_FORMAT),
  id: z.string().regex(/^\d+$/),
  /** UTC, to the microsecond. */
  at: z.string(),
  actor: z.string().nullable(),
  session: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  /** SHA-256 of the row's salt and its detail: the detail can be erased lawfully, and the tree stays whole. */
  detail: Sha256,
  xid: z.string().regex(/^\d+$/),
});
export type AuditLeaf = z.infer<typeof AuditLeaf>;

/** The content whose hash is the leaf. */
export function leafText(leaf: AuditLeaf): string {
  return canonicalJson(leaf);
}

/** The root of the tree of the first `size` rows at a moment, under the platform's key. */
export const UnsignedCheckpoint = z.strictObject({
  format: z.literal(CHECKPOINT_FORMAT),
  tree: z.uuid(),
  size: z.int().positive(),
  root: Sha256,
  at: z.iso.datetime(),
  key: PublishedKey,
});
export type UnsignedCheckpoint = z.infer<typeof UnsignedCheckpoint>;
export const Checkpoint = UnsignedCheckpoint.extend({ signature: z.base64() });
export type Checkpoint = z.infer<typeof Checkpoint>;

/** That a row is in the log: its leaf, the way up, and the signed root that the way ends at. */
export const InclusionProof = z.strictObject({
  leaf: AuditLeaf,
  index: z.int().nonnegative(),
  path: z.array(Sha256),
  checkpoint: Checkpoint,
});
export type InclusionProof = z.infer<typeof InclusionProof>;

/** One line of the file outside the database: a checkpoint and the rows since the line before, each as "id hash". */
export const AnchorLine = z.strictObject({ checkpoint: Checkpoint, from: z.int().nonnegative(), rows: z.array(z.string()) });
export type AnchorLine = z.infer<typeof AnchorLine>;
