import { maskAccount } from '../account-mask';

// Leaf elements that carry account numbers or people's ids; comments and CDATA inside them count as their text.
const NUMBER = /(<((?:[\w.-]+:)?(?:IBAN|Id|AcctId))(?:\s[^<>]*)?>)((?:(?!<\/?[A-Za-z_])[\s\S])*)(<\/\2\s*>)/g;
const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[|\]\]>/g;

/** An XML message with every account number masked; shorter ids than six characters name no account and stay. */
export function maskMessageAccounts(xml: string): string {
  return xml.replace(NUMBER, (whole, open: string, _name: string, text: string, close: string) => {
    const number = text.replace(MARKUP, '').trim();
    return number.length < 6 ? whole : open + maskAccount(number) + close;
  });
}
