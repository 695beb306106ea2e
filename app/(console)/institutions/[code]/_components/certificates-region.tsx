import { useTranslations } from 'next-intl';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { CopyButton } from '@/components/ui/copy-button';
import { CERTIFICATE_STEPS } from '@/domain/connectivity/certificate-state';
import { dayText } from '@/domain/format/moment';
import type { LineCertificate } from '@/server/queries/connectivity/certificates';
import { StepForm } from '../../_components/step-form';
import { certificateStep } from '../../actions';

const SEVERITY = { revoked: 'critical', expired: 'critical', expiring: 'major', 'pending-renewal': 'minor', valid: null } as const;

/** The certificate in use on each line and how long it still is one. */
export function CertificatesRegion({
  code,
  certificates,
  mayOperate,
}: {
  code: string;
  certificates: readonly LineCertificate[];
  mayOperate: boolean;
}) {
  const t = useTranslations('institutions');
  return (
    <section className="region r-t" id="certificates">
      <div className="cap">
        <h2>{t('certificates.title')}</h2>
      </div>
      {certificates.length === 0 ? (
        <p className="meta ip-note">{t('certificates.none')}</p>
      ) : (
        <div className="ip-scroll">
          <table className="tbl">
            <thead>
              <tr>
                <th scope="col">{t('certificates.state')}</th>
                <th scope="col">{t('certificates.where')}</th>
                <th scope="col">{t('certificates.subject')}</th>
                <th scope="col" className="num">
                  {t('certificates.until')}
                </th>
                <th scope="col" className="num">
                  {t('certificates.left')}
                </th>
                <th scope="col" className="only-l" />
              </tr>
            </thead>
            <tbody>
              {certificates.map((one) => {
                const severity = SEVERITY[one.state];
                const fields = { institution: code, line: one.line, party: one.party, fingerprint: one.fingerprint };
                return (
                  <tr key={`${one.line} ${one.party}`} data-certificate={one.state}>
                    <th scope="row">
                      <span className="row nowrap">
                        {severity ? <SeverityGlyph severity={severity} size={12} /> : null}
                        {t(`certificates.states.${one.state}`)}
                      </span>
                    </th>
                    <td className="t2 nowrap">
                      {one.line} · {t(`certificates.party.${one.party}`)}
                    </td>
                    <td className="cut" title={`${one.subject} — ${one.issuer}`}>
                      <span className="row">
                        <span className="cut">{one.subject}</span>
                        <CopyButton value={one.fingerprint} what={t('certificates.fingerprint')} />
                      </span>
                      {one.renewalNote ? <span className="t3">{one.renewalNote}</span> : null}
                    </td>
                    <td className="num nowrap">{dayText(one.notAfter)}</td>
                    <td className={`num ${one.daysLeft < 0 ? 'bad' : one.daysLeft < 30 ? 'warn' : ''}`}>
                      {t('certificates.days', { count: one.daysLeft })}
                    </td>
                    <td className="only-l">
                      {mayOperate ? (
                        <span className="row">
                          {CERTIFICATE_STEPS[one.state].includes('pending-renewal') ? (
                            <StepForm
                              quiet
                              action={certificateStep}
                              fields={{ ...fields, to: 'pending-renewal' }}
                              open={t('certificates.askRenewal')}
                              submit={t('certificates.ask')}
                              noteLabel={t('certificates.note')}
                            />
                          ) : null}
                          {CERTIFICATE_STEPS[one.state].includes('revoked') ? (
                            <StepForm
                              quiet
                              action={certificateStep}
                              fields={{ ...fields, to: 'revoked' }}
                              open={t('certificates.revoke')}
                              submit={t('certificates.revoke')}
                              noteLabel={t('certificates.reason')}
                            />
                          ) : null}
                        </span>
                      ) : null}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
