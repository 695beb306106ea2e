import * as z from 'zod';
import { canonicalJson } from '../canonical-json';
import { InclusionProof } from './audit-tree';
import { ExportQuestion } from './export-question';
import { PublishedKey, Sha256 } from './published-key';

export const MANIFEST_FORMAT = 'headwater-export/1';
export const SIGNATURE_FORMAT = 'headwater-export-signature/1';
export const PROOF_FORMAT = 'headwater-export-proof/1';

const Count = z.string().regex(/^\d+$/);
const Person = z.strictObject({ login: z.string(), name: z.string(), at: z.iso.datetime() });

/** What the bundle is. `content` alone decides the data files: the same question of the same snapshot gives the same bytes. */
export const Manifest = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  content: z.strictObject({
    question: ExportQuestion,
    /** SHA-256 of the register of institutions as it was when the names were written. */
    register: Sha256,
    versions: z.strictObject({ platform: z.string(), columns: z.string() }),
    columns: z.array(z.string()),
    rows: z.strictObject({ promised: Count, delivered: Count }),
    sheetRowsMax: z.int().nullable(),
    files: z.array(z.strictObject({ name: z.string(), bytes: Count, rows: Count.nullable(), sha256: Sha256 })),
  }),
  release: z.strictObject({
    id: z.uuid(),
    purpose: z.string(),
    requested: Person,
    approved: Person.extend({ note: z.string() }).nullable(),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

export function manifestText(manifest: Manifest): string {
  return `${canonicalJson(manifest)}\n`;
}

/** The detached signature: over the manifest's digest, and through it over every file. */
export const BundleSignature = z.strictObject({
  format: z.literal(SIGNATURE_FORMAT),
  manifest: Sha256,
  key: PublishedKey,
  signature: z.base64(),
});
export type BundleSignature = z.infer<typeof BundleSignature>;

/** That the audit log knows of the bundle: the row that states the manifest's digest, and its place in the log. */
export const BundleProof = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  /** What the row tells, and the salt that the leaf's commitment to it is made with. */
  detail: z.string(),
  salt: z.uuid(),
  inclusion: InclusionProof,
});
export type BundleProof = z.infer<typeof BundleProof>;

/** Files of every bundle, in the order they stand in it; the data files follow. */
export const BUNDLE_FILES = {
  manifest: 'manifest.json',
  signature: 'manifest.sig',
  proof: 'audit-proof.json',
  verifier: 'verify.mjs',
} as const;
