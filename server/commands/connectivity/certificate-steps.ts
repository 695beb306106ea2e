import 'server-only';
import * as z from 'zod';
import { CERTIFICATE_STEPS, certificateState } from '@/domain/connectivity/certificate-state';
import { InstitutionCode } from '@/domain/ids';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Conflict, NotFound } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';
import { Note } from './note';

export const CertificateStep = z.object({
  institution: InstitutionCode,
  line: z.string().regex(/^[A-Za-z0-9._-]{1,16}$/),
  party: z.enum(['server', 'client']),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  to: z.enum(['pending-renewal', 'revoked']),
  note: Note,
  at: z.date(),
});
export type CertificateStep = z.infer<typeof CertificateStep>;

/** Asks for a certificate's renewal, or revokes it for good; a step that its state does not allow is a conflict. */
export async function stepCertificate(actor: Actor, input: CertificateStep): Promise<void> {
  requirePermission(actor, 'connectivity:operate');
  const { institution, line, party, fingerprint, to, note, at } = CertificateStep.parse(input);
  await database().$transaction(async (tx) => {
    const of = await tx.institution.findUnique({ where: { code: institution }, select: { id: true } });
    if (!of) throw new NotFound('no such institution');
    await tx.$queryRaw`select 1 from certificate where institution_id = ${of.id} and fingerprint = ${fingerprint} for update`;
    const where = { institutionId_line_party_fingerprint: { institutionId: of.id, line, party, fingerprint } };
    const row = await tx.certificate.findUnique({ where });
    if (!row) throw new NotFound('no such certificate');
    const life = {
      notAfterMs: row.notAfter.getTime(),
      revokedAtMs: row.revokedAt?.getTime() ?? null,
      renewalAskedAtMs: row.renewalAskedAt?.getTime() ?? null,
    };
    const state = certificateState(life, { nowMs: at.getTime() });
    if (!CERTIFICATE_STEPS[state].includes(to)) throw new Conflict(`a certificate that is ${state} cannot become ${to}`);
    await tx.certificate.update({
      where,
      data:
        to === 'revoked'
          ? { revokedAt: at, revokedBy: actor.id, revokedReason: note }
          : { renewalAskedAt: at, renewalAskedBy: actor.id, renewalNote: note },
    });
    await recordAudit(tx, actor, {
      action: to === 'revoked' ? 'certificate.revoked' : 'certificate.renewal-asked',
      subject: { type: 'certificate', id: fingerprint },
      detail: { institution, line, party, from: state, note },
    });
  });
}
