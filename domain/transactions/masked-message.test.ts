import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskMessageAccounts } from './masked-message';

test('no account number is left in a message, however its element is written', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 30 }).map((all) => all.join(''));
  const written = fc.constantFrom(
    (n: string) => `<DbtrAcct><Id><IBAN>${n}</IBAN></Id></DbtrAcct>`,
    (n: string) => `<p:CdtrAcct><p:Id><p:Othr><p:Id>\n ${n}\n</p:Id></p:Othr></p:Id></p:CdtrAcct>`,
    (n: string) => `<Id><Othr><Id a="1"><![CDATA[${n}]]></Id></Othr></Id>`,
    (n: string) => `<IBAN><!-- here -->${n}</IBAN >`,
  );
  fc.assert(
    fc.property(digits, written, (number, write) => {
      const masked = maskMessageAccounts(`<Document>${write(number)}</Document>`);
      expect(masked).not.toContain(number);
      expect(masked).not.toContain(number.slice(0, -4));
      expect(masked).toContain(number.slice(-4));
    }),
  );
});

test('everything that is no number stays as it came', () => {
  const xml = '<Document><MsgId>M-000000001</MsgId><Id><OrgId><AnyBIC>HWTBCNBJ</AnyBIC></OrgId></Id><Id>AB12</Id></Document>';
  expect(maskMessageAccounts(xml)).toBe(xml);
});
