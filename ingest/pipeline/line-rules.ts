import { BUSINESS_TYPES, HEARTBEAT_LAYERS, LEG_PARTIES, LEG_STATUSES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import { LINE_DIRECTIONS } from '@/domain/connectivity/line-health';
import { type FieldRule, fieldRules } from './field-rules';

/** The fields of each feed's lines: the same as in ingest/feed/lines.ts. */
export const PARTY_RULES = fieldRules({
  institution: required(institutionCode()),
  account: required(text(isAccount, 'Must be 1 to 64 visible characters, without a space at either end.')),
});

export const TRANSACTION_RULES = fieldRules({
  id: required(identifier()),
  endToEndId: identifier(),
  uetr: text(
    matches(
      /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/,
    ),
    'Must be a UUID.',
  ),
  sessionNo: identifier(),
  businessType: required(oneOf(BUSINESS_TYPES)),
  route: required(oneOf(ROUTES)),
  channel: code(),
  status: required(oneOf(TRANSACTION_STATUSES)),
  systemCode: code(),
  businessCode: code(),
  payer: required(party()),
  intermediary: institutionCode(),
  payee: required(party()),
  amount: anyText(),
  amountMinor: anyText(),
  currency: required(currency()),
  initiatedAt: time(),
  acceptedAt: required(time()),
  respondedAt: time(),
  finalAt: time(),
  agreementNo: identifier(),
  merchantId: identifier(),
  terminalId: identifier(),
  merchantCategory: text(matches(/^\d{4}$/), 'Must be four digits (ISO 18245).'),
  barcodeTier: oneOf(['A', 'B', 'C', 'D']),
  originalId: identifier(),
});

export const LEG_RULES = fieldRules({
  transactionId: required(identifier()),
  party: required(oneOf(LEG_PARTIES)),
  institution: required(institutionCode()),
  serial: required(identifier()),
  startedAt: required(time()),
  endedAt: required(time()),
  postedAt: time(),
  valueDate: text(matches(calendarDay()), 'Must be a calendar date like 2026-11-23.'),
  amount: anyText(),
  amountMinor: anyText(),
  currency: required(currency()),
  status: required(oneOf(LEG_STATUSES)),
});

export const HEARTBEAT_RULES = fieldRules({
  institution: required(institutionCode()),
  line: required(code()),
  layer: required(oneOf(HEARTBEAT_LAYERS)),
  direction: oneOf(LINE_DIRECTIONS),
  sentAt: required(time()),
  ok: required({ required: false, type: 'boolean', holds: () => true, says: '' }),
  latencyMs: {
    required: false,
    type: 'number',
    holds: (value: number) => Number.isInteger(value) && value >= 0 && value <= 600_000,
    says: 'Must be whole milliseconds, 0 to 600000.',
  },
  detail: detail(),
  certificate: {
    required: false,
    type: 'object',
    holds: () => true,
    says: '',
    inside: fieldRules({
      party: required(oneOf(['server', 'client'])),
      fingerprint: required(text(matches(/^[0-9a-f]{64}$/), 'Must be a SHA-256 in 64 hexadecimal digits.')),
      subject: required(detail()),
      issuer: required(detail()),
      notBefore: required(time()),
      notAfter: required(time()),
    }),
  },
});

export const OUTCOME_RULES = fieldRules({
  messageId: required(identifier()),
  transactionId: required(identifier()),
  kind: required(oneOf(['resolved', 'final', 'returned', 'recall-asked', 'recall-answered'])),
  status: oneOf(TRANSACTION_STATUSES),
  recordedAt: required(time()),
  finalAt: time(),
  systemCode: code(),
  businessCode: code(),
  detail: detail(),
});

export const DEBIT_RULES = fieldRules({
  bank: required(institutionCode()),
  serial: required(identifier()),
  institution: required(institutionCode()),
  businessType: required(oneOf(BUSINESS_TYPES)),
  debitedAt: required(time()),
  amount: anyText(),
  amountMinor: anyText(),
  currency: required(currency()),
  transactionId: identifier(),
  agreementNo: identifier(),
});

export const DECLARATION_RULES = fieldRules({
  messageId: required(identifier()),
  institution: required(institutionCode()),
  bank: required(institutionCode()),
  businessType: required(oneOf(BUSINESS_TYPES)),
  currency: required(currency()),
  day: required(text(matches(calendarDay()), 'Must be a calendar date like 2026-11-23.')),
  clearedCount: required(count()),
  clearedMinor: required(sumMinor()),
  directCount: required(count()),
  directMinor: required(sumMinor()),
  directInterface: required(oneOf(['open', 'closed'])),
  declaredAt: required(time()),
});

function required(rule: FieldRule): FieldRule {
  return { ...rule, required: true };
}

function text(holds: (value: string) => boolean, says: string): FieldRule {
  return { required: false, type: 'string', holds, says };
}

function matches(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}

function identifier(): FieldRule {
  return text(matches(/^[\x21-\x7e]{1,64}$/), 'Must be 1 to 64 visible ASCII characters without spaces.');
}

function institutionCode(): FieldRule {
  return text(matches(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/), 'Must be an institution code: letters, digits, _ . - (at most 40).');
}

function code(): FieldRule {
  return text(matches(/^[A-Za-z0-9._-]{1,16}$/), 'Must be 1 to 16 letters, digits or . _ -');
}

function oneOf(values: readonly string[]): FieldRule {
  const known: ReadonlySet<string> = new Set(values);
  return text((value) => known.has(value), `Must be one of ${values.join(', ')}.`);
}

function party(): FieldRule {
  return {
    required: false,
    type: 'object',
    holds: (value: object) => !Array.isArray(value),
    says: 'Must be an object.',
    inside: PARTY_RULES,
  };
}

function anyText(): FieldRule {
  return text(() => true, '');
}

function currency(): FieldRule {
  return text(matches(/^[A-Z]{3}$/), 'Must be a three-letter currency code (ISO 4217).');
}

function count(): FieldRule {
  return {
    required: false,
    type: 'number',
    holds: (value: number) => Number.isInteger(value) && value >= 0 && value <= 1_000_000_000_000,
    says: 'Must be a whole number, 0 to 1000000000000.',
  };
}

function sumMinor(): FieldRule {
  return text(matches(/^(?:0|[1-9]\d{0,18})$/), 'Must be whole minor units in a string, 0 included.');
}

function detail(): FieldRule {
  return text(matches(/^[^\p{C}\p{Zl}\p{Zp}]{0,200}$/u), 'Must be at most 200 visible characters.');
}

function isAccount(value: string): boolean {
  if (/^[0-9A-Za-z-]{1,64}$/.test(value)) return true;
  return /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,64}(?<! )$/u.test(value);
}

function time(): FieldRule {
  const shape = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
  const date = calendarDay();
  // Most lines of a batch are of one day: the calendar is asked about it once.
  let lastDay = '';
  return text((value) => {
    if (!shape.test(value)) return false;
    if (value.startsWith(lastDay) && lastDay !== '') return true;
    const day = value.slice(0, 10);
    if (!date.test(day)) return false;
    lastDay = day;
    return true;
  }, 'Must be a time like 2026-11-23T17:46:52.123+08:00, at most to the microsecond.');
}

/** A day that the Gregorian calendar has. */
function calendarDay(): RegExp {
  return /^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))$/;
}
