import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedMessage } from '../message-format';
import { creditTransfer, paymentReturn, recallAnswer, recallRequest, statusReport } from './example-messages';
import { iso20022 } from './format';

const options = { profile: undefined, receivedAt: new Date('2026-11-23T04:00:00Z'), sender: 'CLEAR' };
const parse = (bytes: Uint8Array | string) => iso20022.parse(Buffer.from(bytes), options) as ParsedMessage;
const reasonOf = (bytes: Uint8Array | string) => {
  const { lines, refusals } = parse(bytes);
  expect(lines).toEqual([]);
  expect(refusals).toHaveLength(1);
  return refusals[0]?.reason;
};

const GOOD = creditTransfer([{}]);
const before = (text: string) => GOOD.replace('<Document', `${text}<Document`);

describe('what is refused before or while it is parsed, each with its own reason', () => {
  it.each<[string, string, Uint8Array | string]>([
    ['nothing', 'xml-malformed', ''],
    ['no XML', 'xml-malformed', '{"id":"1"}'],
    ['a broken end', 'xml-malformed', GOOD.slice(0, -12)],
    ['an undefined entity', 'xml-malformed', GOOD.replace('Jia Trading', '&nobody;')],
    ['a document type', 'xml-dtd', before('<!DOCTYPE Document SYSTEM "http://127.0.0.1/x.dtd">')],
    ['an entity bomb', 'xml-dtd', before('<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>').replace('Jia Trading', '&b;')],
    ['an external entity', 'xml-dtd', before('<!doctype d [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace('Jia Trading', '&x;')],
    ['NUL', 'xml-control-character', GOOD.replace('Jia Trading', 'Jia\0Trading')],
    ['an escape character', 'xml-control-character', GOOD.replace('Jia Trading', 'Jia\u001bTrading')],
    ['a reference to NUL', 'xml-malformed', GOOD.replace('Jia Trading', '&#0;')],
    ['UTF-16', 'xml-encoding', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, 'utf16le')])],
    ['a declaration of another encoding', 'xml-encoding', GOOD.replace('UTF-8', 'ISO-8859-1')],
    ['bytes that are no UTF-8', 'xml-encoding', Buffer.from(GOOD.replace('Jia Trading', 'J\u00ff'), 'latin1')],
    ['a lone surrogate in UTF-8', 'xml-encoding', Buffer.from([...Buffer.from('<a>'), 0xed, 0xa0, 0x80, ...Buffer.from('</a>')])],
    ['an unsafe depth', 'xml-malformed', '<a>'.repeat(20_000)],
    ['10 MB', 'xml-too-large', GOOD.replace('Jia Trading', 'x'.repeat(10 * 1024 * 1024))],
    ['a million elements', 'xml-too-large', GOOD.replace('Jia Trading', '<b/>'.repeat(400_000))],
    ['no document', 'iso-envelope', '<BusMsg/>'],
    ['two documents', 'iso-envelope', `<BusMsg>${'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10"/>'.repeat(2)}</BusMsg>`],
    ['another message', 'iso-message-unknown', GOOD.replace('pacs.008.001.08', 'pain.001.001.09')],
    ['no namespace', 'iso-message-unknown', GOOD.replace(/ xmlns="[^"]*"/, '')],
    ['an element too many', 'iso-schema', GOOD.replace('<ChrgBr>', '<Extra/><ChrgBr>')],
    ['a negative amount', 'iso-schema', GOOD.replace('>1500.25', '>-1500.25')],
    ['an amount like 1e400', 'iso-schema', GOOD.replace('>1500.25', '>1e400')],
    ['another name under Document', 'iso-schema', GOOD.replaceAll('FIToFICstmrCdtTrf', 'FIToFICstmrDrctDbt')],
  ])('%s → %s', (_what, reason, bytes) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it('an unknown version with wrong values is refused by the nearest schema', () => {
    expect(reasonOf(GOOD.replace('pacs.008.001.08', 'pacs.008.001.07').replace('SHAR', 'XXXX'))).toBe('iso-schema');
  });

  it('an unknown profile is refused and not ignored', () => {
    const { refusals } = iso20022.parse(Buffer.from(GOOD), { ...options, profile: 'anything' }) as ParsedMessage;
    expect(refusals).toMatchObject([{ reason: 'profile-unknown' }]);
  });

  it('a byte order mark, any prefix and any envelope are no fault', () => {
    const prefixed = GOOD.replace(/<(\/?)([A-Z])/g, '<$1q:$2')
      .replace('xmlns=', 'xmlns:q=')
      .replace(/^<\?xml.*\?>/, '');
    const { lines, refusals } = parse(`\ufeff<Envelope>${prefixed}</Envelope>`);
    expect(refusals).toEqual([]);
    expect(lines).toHaveLength(1);
  });
});

describe('fuzzing', () => {
  const seeds = [GOOD, statusReport('RJCT', 'AC04'), paymentReturn(true), recallRequest(), recallAnswer()];

  it('no damage to a message makes the parser throw, and every refusal has a reason and its bytes', () => {
    const damage = fc.array(
      fc.record({
        at: fc.nat(),
        drop: fc.nat({ max: 40 }),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
          fc
            .constantFrom('<', '>', '&', '"', '<!--', ']]>', '&#x110000;', '<x:y>', '\u{10ffff}', '９', '-', '1e9', ' ')
            .map((text) => Buffer.from(text)),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...seeds), damage, (seed, changes) => {
        let bytes = Buffer.from(seed);
        for (const { at, drop, insert } of changes) {
          const place = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + drop)]);
        }
        const { refusals } = parse(bytes);
        for (const refusal of refusals) {
          expect(refusal.reason).toMatch(/^[a-z][a-z0-9-]+$/);
          expect(refusal.detail.length).toBeGreaterThan(0);
          expect(refusal.raw.length).toBeGreaterThanOrEqual(refusal.lineNo === 0 ? bytes.length && 1 : 1);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('no text in a field makes a line that JSON or the database could not hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((raw) => raw.replace(/[<>&]/g, '').replace(/[\ud800-\udfff]/g, ''));
    fc.assert(
      fc.property(text, text, (name, id) => {
        const { lines } = parse(
          creditTransfer([{ debtor: `<Nm>${name}</Nm>`, debtorAccount: ' ', ids: `<EndToEndId>${id}</EndToEndId>` }]),
        );
        for (const { value } of lines) {
          if (!('payer' in value)) continue;
          expect(value.id).toMatch(/^[\x21-\x7e]{1,64}$/);
          expect(value.payer.account).toMatch(/^name:[0-9a-f]{24}$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
