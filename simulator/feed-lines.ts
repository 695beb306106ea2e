import { businessDate, businessTime } from './business-time';
import { businessDay, sessionAt } from './calendar';
import type { SimulatedCertificate } from './certificates';
import type { CountryInstitution } from './country';
import type { Leg } from './legs';
import type { Payment } from './payment';

// Lines are put together by hand and not by JSON.stringify: at ten thousand payments a second this is what the time goes to.
// Every value is of the simulator's own making and needs no escaping; a test parses what comes out with the feed's own schema.

/** `finalAtMs` where the payment is known to be final as the line is written. */
export function transactionLine(institutions: readonly CountryInstitution[], payment: Payment, finalAtMs: number | undefined): string {
  const code = (index: number) => (institutions[index] as CountryInstitution).code;
  const option = (name: string, value: string | undefined) => (value === undefined ? '' : `,"${name}":"${value}"`);
  const session = payment.route === 'cleared' ? sessionAt(Math.floor(payment.acceptedMs / 1000)).no : undefined;
  const line =
    `{"id":"${payment.id}","businessType":"${payment.businessType}","route":"${payment.route}","channel":"${payment.channel}"` +
    `,"status":"${payment.status}","systemCode":"${payment.systemCode}"${option('businessCode', payment.businessCode)}` +
    `,"payer":{"institution":"${code(payment.payer)}","account":"${payment.payerAccount}"}` +
    option('intermediary', payment.intermediary === undefined ? undefined : code(payment.intermediary)) +
    `,"payee":{"institution":"${code(payment.payee)}","account":"${payment.payeeAccount}"}` +
    `,"amountMinor":"${payment.amountMinor}","currency":"CNY"` +
    `,"initiatedAt":"${businessTime(payment.initiatedMs)}","acceptedAt":"${businessTime(payment.acceptedMs)}"` +
    option('respondedAt', payment.respondedMs === undefined ? undefined : businessTime(payment.respondedMs)) +
    option('finalAt', finalAtMs === undefined ? undefined : businessTime(finalAtMs)) +
    option('sessionNo', session) +
    option('endToEndId', payment.endToEndId) +
    option('uetr', payment.uetr) +
    option('agreementNo', payment.agreementNo) +
    option('merchantId', payment.merchantId) +
    option('terminalId', payment.terminalId) +
    option('merchantCategory', payment.merchantCategory) +
    option('barcodeTier', payment.barcodeTier) +
    option('originalId', payment.originalId) +
    '}';
  return flat(line);
}

/** How an unknown payment turned out. Call only where there is a resolution. */
export function resolvedLine(payment: Payment): string {
  const { id, resolution } = payment;
  if (!resolution) throw new Error(`payment ${id} is never resolved`);
  const codes = resolution.status === 'succeeded' ? '"systemCode":"S000","businessCode":"B000"' : '"systemCode":"S901"';
  return `{"messageId":"${id}-R","transactionId":"${id}","kind":"resolved","status":"${resolution.status}","recordedAt":"${businessTime(resolution.atMs)}",${codes},"detail":"answered on query"}`;
}

/** Its settlement session has closed: from now on the payment cannot be undone. */
export function finalLine(payment: Payment, finalAtMs: number): string {
  const at = businessTime(finalAtMs);
  return `{"messageId":"${payment.id}-F","transactionId":"${payment.id}","kind":"final","recordedAt":"${at}","finalAt":"${at}"}`;
}

export function legLine(institutions: readonly CountryInstitution[], leg: Leg): string {
  const day = businessDay(Math.floor(leg.startedMs / 1000)) + leg.valueDays;
  const posted = leg.postedMs === undefined ? '' : `,"postedAt":"${businessTime(leg.postedMs)}","valueDate":"${businessDate(day)}"`;
  return (
    `{"transactionId":"${leg.transactionId}","party":"${leg.party}","institution":"${(institutions[leg.institution] as CountryInstitution).code}"` +
    `,"serial":"${leg.serial}","startedAt":"${businessTime(leg.startedMs)}","endedAt":"${businessTime(leg.endedMs)}"${posted}` +
    `,"amountMinor":"${leg.amountMinor}","currency":"CNY","status":"${leg.status}"}`
  );
}

export type Heartbeat = {
  readonly institution: string;
  readonly line: string;
  readonly direction: 'outbound' | 'inbound';
  readonly layer: string;
  readonly sentMs: number;
  readonly ok: boolean;
  readonly latencyMs: number | undefined;
  readonly detail: string | undefined;
  readonly certificate: SimulatedCertificate | undefined;
};

export function heartbeatLine(heartbeat: Heartbeat): string {
  const latency = heartbeat.latencyMs === undefined ? '' : `,"latencyMs":${heartbeat.latencyMs}`;
  const detail = heartbeat.detail === undefined ? '' : `,"detail":"${heartbeat.detail}"`;
  const certificate = heartbeat.certificate === undefined ? '' : `,"certificate":${certificateText(heartbeat.certificate)}`;
  return (
    `{"institution":"${heartbeat.institution}","line":"${heartbeat.line}","direction":"${heartbeat.direction}","layer":"${heartbeat.layer}"` +
    `,"sentAt":"${businessTime(heartbeat.sentMs)}","ok":${heartbeat.ok}${latency}${detail}${certificate}}`
  );
}

function certificateText(certificate: SimulatedCertificate): string {
  const { notBefore, notAfter, ...rest } = certificate;
  return JSON.stringify({ ...rest, notBefore: businessTime(notBefore * 1000), notAfter: businessTime(notAfter * 1000) });
}

/** A line is a tree of its pieces until somebody looks into it; looking makes it one piece, and the garbage collector has less to carry. */
function flat(line: string): string {
  if (line.charCodeAt(0) !== 123) throw new Error('a line begins with a brace');
  return line;
}
