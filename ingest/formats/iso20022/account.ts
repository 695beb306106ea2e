import { createHash } from 'node:crypto';
import { agentId } from './agent';
import { at, type Element, textAt } from './xml-tree';

/**
 * The account number of one side: IBAN, else other identification, else its proxy.
 * Where the message names no account, the party stands in for it, so that its payments can still be followed: `party:` and its
 * identification, else `name:` and a digest of its name. Undefined where there is nothing at all.
 */
export function accountNumber(account: Element | undefined, party: Element | undefined): string | undefined {
  const number = textAt(account, 'Id', 'IBAN') ?? textAt(account, 'Id', 'Othr', 'Id') ?? textAt(account, 'Prxy', 'Id');
  if (number) return number.slice(0, 64);
  // Since pacs.002.001.10 a party may be a person or organisation (Pty) or an institution (Agt).
  const agent = agentId(at(party, 'Agt'));
  if (agent) return `party:${agent}`.slice(0, 64);
  const person = at(party, 'Pty') ?? party;
  const organisation = at(person, 'Id', 'OrgId');
  const id = textAt(organisation, 'LEI') ?? textAt(organisation, 'AnyBIC') ?? textAt(organisation, 'Othr', 'Id');
  const own = id ?? textAt(person, 'Id', 'PrvtId', 'Othr', 'Id');
  if (own) return `party:${own}`.slice(0, 64);
  const name = textAt(person, 'Nm');
  return (
    name && `name:${createHash('sha256').update(name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ')).digest('hex').slice(0, 24)}`
  );
}
