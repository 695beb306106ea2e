/** What somebody did to the log behind the application's back. */
export const AUDIT_FINDINGS = [
  'changed',
  'deleted',
  'slipped-in',
  'moved',
  'back-dated',
  'cut-off',
  'leaf-changed',
  'subtree-changed',
  'checkpoint-forged',
  'root-differs',
  'anchor-damaged',
] as const;
export type AuditFindingKind = (typeof AUDIT_FINDINGS)[number];

/** `rows` are numbers of audit rows: the one, or where only the span is known, all that it may be. */
export type AuditFinding = { readonly kind: AuditFindingKind; readonly rows: readonly string[]; readonly says: string };

export type AuditVerdict = {
  readonly rows: number;
  readonly checkpoints: number;
  /** Rows that the file outside the database vouches for; null where there is no file. */
  readonly anchored: number | null;
  /** Written, and not numbered yet: the monitor does so each second. */
  readonly pending: number;
  readonly findings: readonly AuditFinding[];
};
