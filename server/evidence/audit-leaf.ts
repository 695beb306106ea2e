import 'server-only';
import { type AuditLeaf, LEAF_FORMAT, leafText } from '@/domain/evidence/audit-tree';
import { leafHash } from '@/domain/evidence/merkle-tree';
import { sha256Bytes, sha256Hex } from './sha256';

/** A row of audit_event `e` as {@link AUDIT_ROW_COLUMNS} reads it. */
export type AuditRow = {
  readonly id: string;
  readonly xid: string;
  readonly at: string;
  readonly actor: string | null;
  readonly session: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly salt: string;
  /** As the database writes its JSON: to the last digit, which a parsed number may lose. */
  readonly detail: string;
};

export const AUDIT_ROW_COLUMNS = `e.id::text as id, e.xid::text as xid, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.actor_id::text as actor, e.session_id::text as session, e.action, e.subject_type as "subjectType", e.subject_id as "subjectId",
  e.salt::text as salt, e.detail::text as detail`;

export function auditLeafOf(row: AuditRow): AuditLeaf {
  const { id, xid, at, actor, session, action, subjectType, subjectId, salt, detail } = row;
  return { format: LEAF_FORMAT, id, at, actor, session, action, subjectType, subjectId, detail: sha256Hex(`${salt}\n${detail}`), xid };
}

export function auditLeafHash(row: AuditRow): Uint8Array {
  return leafHash(sha256Bytes, Buffer.from(leafText(auditLeafOf(row))));
}
