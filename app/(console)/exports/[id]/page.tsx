import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { Trail } from '@/components/shell/trail';
import { CopyButton } from '@/components/ui/copy-button';
import { CANCELLABLE } from '@/domain/evidence/export-question';
import { formatCount } from '@/domain/format/count';
import { allows } from '@/domain/permissions';
import { sha256Hex } from '@/server/evidence/sha256';
import { provedBy } from '@/server/queries/audit/proved-by';
import { exportJob } from '@/server/queries/exports/export-jobs';
import { platformKey } from '@/server/queries/exports/platform-key';
import { requireActor } from '@/server/session';
import { CancelForm } from '../_components/cancel-form';
import { DecisionForm } from '../_components/decision-form';
import { JobState } from '../_components/job-state';
import { WhileWorking } from '../_components/while-working';
import { callOffExport, decideOnExport } from '../actions';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('exports');
  return { title: t('detail.title') };
}

/** One export: what was asked, who allowed it, the files with their digests, and how to check them elsewhere. */
export default async function ExportPage({ params }: Props) {
  const actor = await requireActor('exports:view');
  const [t, { id }] = await Promise.all([getTranslations('exports'), params]);
  const job = /^[0-9a-f-]{36}$/.test(id) ? await exportJob(actor, { id }) : null;
  if (!job) notFound();
  const proof = job.auditEventId === null ? null : await provedBy(actor, { eventId: job.auditEventId });
  const own = job.requestedBy === actor.id;
  const mayTake = own || job.decidedBy === actor.id;
  const { filter, snapshot } = job.question;
  const key = platformKey(actor);
  return (
    <div className="ex">
      <WhileWorking working={job.state !== 'asked' && CANCELLABLE.includes(job.state)} />
      <div className="head">
        <Trail steps={[{ href: '/exports', words: t('title') }]} />
        <h1>{t(`kind.${job.kind}`)}</h1>
        <JobState job={job} />
        <span className="sp" />
        {own && CANCELLABLE.includes(job.state) ? <CancelForm id={id} cancel={callOffExport} /> : null}
        {job.state === 'ready' && mayTake ? (
          <a className="btn main" href={`/exports/${id}/download`} download>
            {t('detail.download', { size: sizeOf(job.bundleBytes ?? 0n) })}
          </a>
        ) : null}
      </div>
      {job.state === 'asked' && !own && allows(actor.role, 'exports:approve') ? (
        <DecisionForm id={id} questionSha256={job.questionSha256} rows={formatCount(job.promisedRows)} decide={decideOnExport} />
      ) : null}
      {job.state === 'asked' && (own || !allows(actor.role, 'exports:approve')) ? (
        <p className="ex-band" role="status">
          {t(own ? 'decision.own' : 'decision.mayNot')}
        </p>
      ) : null}
      {job.state === 'ready' && !mayTake ? <p className="ex-band">{t('detail.notYours')}</p> : null}
      {job.state === 'expired' ? <p className="ex-band">{t('detail.expired')}</p> : null}
      {job.state === 'failed' ? <p className="ex-band">{t('detail.failedWhy', { why: job.fault ?? '' })}</p> : null}
      <article className="ex-scroll ex-doc" tabIndex={0} aria-label={t('detail.title')}>
        <section>
          <h2>{t('detail.facts')}</h2>
          <dl className="ex-facts">
            <dt>{t('column.rows')}</dt>
            <dd>
              {formatCount(job.promisedRows)}
              {job.deliveredRows > 0n
                ? ` · ${t('detail.progress', { delivered: formatCount(job.deliveredRows), promised: formatCount(job.promisedRows) })}`
                : ''}
            </dd>
            <dt>{t('detail.range')}</dt>
            <dd>
              <BusinessTime at={new Date(filter.from)} /> – <BusinessTime at={new Date(filter.to)} />
            </dd>
            <dt>{t('detail.filter')}</dt>
            <dd className="mono">{filterText(filter)}</dd>
            <dt>{t('dialog.masking')}</dt>
            <dd>{t(`masking.${job.masking}`)}</dd>
            <dt>{t('detail.snapshot')}</dt>
            <dd>
              {t.rich('detail.snapshotText', {
                batch: snapshot.batch,
                xid: snapshot.xid,
                at: () => (snapshot.dataAt ? <BusinessTime at={new Date(snapshot.dataAt)} /> : '—'),
              })}
            </dd>
            <dt>{t('detail.purpose')}</dt>
            <dd>{job.purpose}</dd>
            <dt>{t('detail.requested')}</dt>
            <dd>
              {job.requesterName} · <BusinessTime at={job.requestedAt} />
            </dd>
            <dt>{t('detail.approved')}</dt>
            <dd>
              {job.decidedAt ? (
                <>
                  {job.deciderName} · <BusinessTime at={job.decidedAt} /> · {job.decisionNote}
                </>
              ) : (
                t(job.needsApproval ? 'detail.waitsApproval' : 'detail.noApproval')
              )}
            </dd>
            <dt>{t('detail.digest')}</dt>
            <dd className="mono">{job.questionSha256}</dd>
            {job.expiresAt ? (
              <>
                <dt>{t('detail.expires')}</dt>
                <dd>
                  <BusinessTime at={job.expiresAt} />
                </dd>
              </>
            ) : null}
          </dl>
        </section>
        {job.files.length > 0 ? (
          <section>
            <h2>{t('detail.files')}</h2>
            <div className="ex-files">
              <table className="tbl">
                <thead>
                  <tr>
                    <th>{t('detail.file')}</th>
                    <th className="num">{t('column.rows')}</th>
                    <th className="num">{t('detail.bytes')}</th>
                    <th>SHA-256</th>
                  </tr>
                </thead>
                <tbody>
                  {job.files.map((file) => (
                    <tr key={file.name}>
                      <td className="mono">{file.name}</td>
                      <td className="num">{file.rows === null ? '—' : formatCount(file.rows)}</td>
                      <td className="num">{formatCount(file.bytes)}</td>
                      <td className="mono">
                        {file.sha256} <CopyButton value={file.sha256} what={file.name} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p className="meta">{t('detail.note')}</p>
          </section>
        ) : null}
        {job.manifest ? (
          <section>
            <h2>{t('detail.manifest')}</h2>
            <dl className="ex-facts">
              <dt>{t('detail.manifestDigest')}</dt>
              <dd className="mono">{sha256Hex(job.manifest)}</dd>
              {proof ? (
                <>
                  <dt>{t('detail.proof')}</dt>
                  <dd>{t('detail.proofText', { row: proof.eventId, size: proof.checkpoint })}</dd>
                </>
              ) : null}
            </dl>
            <pre className="ex-manifest mono">{JSON.stringify(JSON.parse(job.manifest), null, 2)}</pre>
          </section>
        ) : null}
        {job.manifest ? (
          <section>
            <h2>{t('detail.verify')}</h2>
            <p>{t('detail.verifyText')}</p>
            <dl className="ex-facts">
              <dt>{t('detail.verifier')}</dt>
              <dd>
                <a className="lnk" href="/verify-export-bundle.mjs" download>
                  verify-export-bundle.mjs
                </a>{' '}
                · <code className="mono">node verify-export-bundle.mjs BUNDLE.zip --fingerprint {key.slice(0, 12)}…</code>
              </dd>
              <dt>{t('detail.key')}</dt>
              <dd className="mono">
                {key} <CopyButton value={key} what={t('detail.key')} />
              </dd>
            </dl>
          </section>
        ) : null}
      </article>
    </div>
  );
}

/** The conditions that are set, as the manifest has them. */
function filterText(filter: object): string {
  const set = Object.entries(filter).filter(([name, value]) => {
    return !['from', 'to'].includes(name) && value !== null && !(Array.isArray(value) && value.length === 0);
  });
  return set.length === 0 ? '—' : set.map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : value}`).join(' · ');
}

function sizeOf(bytes: bigint): string {
  const megabytes = Number(bytes) / 1_000_000;
  return megabytes >= 1 ? `${megabytes.toFixed(1)} MB` : `${Math.max(1, Math.round(Number(bytes) / 1_000))} kB`;
}
