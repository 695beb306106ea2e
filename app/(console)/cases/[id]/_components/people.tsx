import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import type { CasePerson } from '@/domain/cases/case-item';
import type { CaseMember } from '@/server/queries/cases/case-detail';
import { setCasePart } from '../../actions';
import { Part } from './part';

type PeopleProps = {
  readonly no: string;
  readonly members: readonly CaseMember[];
  readonly people: readonly CasePerson[];
  readonly mayWork: boolean;
};

/** Who is on the case, and the way to put somebody on it, give them another part, or take them off. */
export function People({ no, members, people, mayWork }: PeopleProps) {
  const t = useTranslations('cases');
  const on = new Set(members.map(({ id }) => id));
  // Those on the case first: changing a part is as near as adding somebody.
  const choices = [...members.map(({ id, name }) => ({ id, name })), ...people.filter(({ id }) => !on.has(id))];
  return (
    <Part id="people" title={t('detail.people')} meta={t('detail.peopleOnly')}>
      <ul className="cs-lines">
        {members.map((member) => (
          <li key={member.id} className="row" data-member={member.login}>
            <Icon name="user" small />
            <span className="cut">{member.name}</span>
            <span className="push t3">{t(`part.${member.part}`)}</span>
          </li>
        ))}
      </ul>
      {mayWork ? (
        <form action={setCasePart} className="cs-inline">
          <input type="hidden" name="no" value={no} />
          <select className="input" name="person" required aria-label={t('detail.person')} defaultValue="">
            <option value="" disabled>
              {t('detail.addPerson')}
            </option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <select className="input" name="part" aria-label={t('detail.as')} defaultValue="member">
            {(['member', 'supervisor', 'lead', 'none'] as const).map((part) => (
              <option key={part} value={part}>
                {t(`part.${part}`)}
              </option>
            ))}
          </select>
          <button type="submit" className="btn">
            {t('detail.apply')}
          </button>
        </form>
      ) : null}
    </Part>
  );
}
