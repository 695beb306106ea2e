import type { InstitutionId, SessionId, UserId } from '@/domain/ids';
import type { Actor } from '@/server/session';

/** A person of a test: a regulator of the whole platform, or an institution's own. No session stands behind it. */
export function testActor({ institutionId = null }: { institutionId?: number | null } = {}): Actor {
  const role = institutionId === null ? 'regulator' : 'institution';
  return {
    id: '00000000-0000-4000-8000-000000000001' as UserId,
    login: 'tester',
    displayName: 'Tester',
    role,
    institutionId: institutionId as InstitutionId | null,
    sessionId: '00000000-0000-4000-8000-000000000002' as SessionId,
  };
}
