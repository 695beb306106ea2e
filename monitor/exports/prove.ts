import type { ClientBase } from 'pg';
import { canonicalJson } from '@/domain/canonical-json';
import { Checkpoint } from '@/domain/evidence/audit-tree';
import { bundleLayout } from '@/domain/evidence/bundle';
import { BUNDLE_FILES, type BundleProof, PROOF_FORMAT } from '@/domain/evidence/manifest';
import { AUDIT_ROW_COLUMNS, type AuditRow, auditLeafOf } from '@/server/evidence/audit-leaf';
import { inclusionPath } from '@/server/evidence/inclusion';
import { changeJob, type ExportJob, FILE_NO } from './export-job';
import { keepFile, writeWhole } from './seal';

/** Adds the proof that the audit log knows of the bundle, and lets it out; false while the log has not numbered the row yet. */
export async function prove(client: ClientBase, job: ExportJob): Promise<boolean> {
  const { rows } = await client.query<AuditRow & { index: string; document: string }>(
    `select ${AUDIT_ROW_COLUMNS}, l.leaf_index::text as index, c.document
     from audit_event e
     join audit_leaf l on l.event_id = e.id
     cross join lateral (select document from audit_checkpoint where tree_size > l.leaf_index order by tree_size limit 1) c
     where e.id = $1`,
    [job.auditEventId],
  );
  const [row] = rows;
  if (!row) return false;
  const checkpoint = Checkpoint.parse(JSON.parse(row.document));
  const leaf = Number(row.index);
  const proof: BundleProof = {
    format: PROOF_FORMAT,
    detail: row.detail,
    salt: row.salt,
    inclusion: { leaf: auditLeafOf(row), index: leaf, path: await pathOf(client, leaf, checkpoint.size), checkpoint },
  };
  const file = await writeWhole(client, job, FILE_NO.proof, BUNDLE_FILES.proof, Buffer.from(`${canonicalJson(proof)}\n`));
  await keepFile(client, job.id, file);
  const { rows: files } = await client.query<{ name: string; bytes: string; crc32: string }>(
    'select name, bytes::text as bytes, crc32::text as crc32 from export_file where job_id = $1 order by no',
    [job.id],
  );
  const { bytes } = bundleLayout(files.map((one) => ({ name: one.name, bytes: Number(one.bytes), crc32: Number(one.crc32) })));
  await client.query(
    `update export_job
     set bundle_bytes = $2, ready_at = clock_timestamp(),
       expires_at = clock_timestamp() + (select keep_days from export_setting) * interval '1 day'
     where id = $1`,
    [job.id, bytes],
  );
  await changeJob(client, job, { state: 'ready' });
  return true;
}

async function pathOf(client: ClientBase, leaf: number, size: number): Promise<string[]> {
  return await inclusionPath({ leaf, size }, async (subtrees) => {
    const { rows } = await client.query<{ hash: Buffer }>(
      `select coalesce(n.node_hash, l.leaf_hash) as hash
       from unnest($1::int[], $2::bigint[]) with ordinality as p (level, index, n)
       left join audit_node n on p.level > 0 and n.level = p.level and n.node_index = p.index
       left join audit_leaf l on p.level = 0 and l.leaf_index = p.index
       order by p.n`,
      [subtrees.map(({ level }) => level), subtrees.map(({ index }) => index)],
    );
    return rows.map(({ hash }) => hash);
  });
}
