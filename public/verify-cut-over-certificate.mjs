#!/usr/bin/env node
// Verifies a Headwater cut-over certificate without Headwater: node verify-cut-over-certificate.mjs FILE [--fingerprint HEX]
// One file, no packages, no network. Node 20 or later.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const FORMAT = 'headwater-cut-over-certificate/1';

/** `{ good: true, certificate }` or `{ good: false, why }`. The fingerprint must have come by another way than the file. */
export function verifyBytes(bytes, fingerprint) {
  const bad = (why) => ({ good: false, why });
  let certificate;
  try {
    certificate = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    if (certificate?.format !== FORMAT) return bad('the file is no certificate of a known format');
    if (!Buffer.from(`${canonical(certificate)}\n`).equals(bytes))
      return bad('the file is not written as certificates are: it was changed');
    const { signature, ...unsigned } = certificate;
    if (sha256(canonical(certificate.evidence)) !== certificate.evidenceSha256) return bad('the evidence is not the one that was approved');
    const der = Buffer.from(certificate.key.publicKey, 'base64');
    if (sha256(der) !== certificate.key.fingerprint) return bad('the key is not the one whose fingerprint is stated');
    if (fingerprint !== undefined && fingerprint.toLowerCase() !== certificate.key.fingerprint) return bad('another key signed it');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return bad('the key is not an Ed25519 key');
    const signed = Buffer.from(`${FORMAT}\n${canonical(unsigned)}`);
    const given = Buffer.from(signature, 'base64');
    if (given.toString('base64') !== signature || !verify(null, signed, key, given)) return bad('the signature does not fit');
    if (certificate.requested.login === certificate.approved.login) return bad('one person both asked and approved');
    const why = contradiction(certificate.evidence);
    if (why) return bad(`the evidence does not prove it: ${why}`);
  } catch (error) {
    return bad(`the file cannot be read as a certificate: ${error.message}`);
  }
  return { good: true, certificate };
}

/** RFC 8785: keys in order, no spaces. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** Once more, from the figures: what would speak against the cut-over. */
function contradiction({ period, watermark, rules, clearing, bank, institution, agreements, days, gaps, gate }) {
  const number = (from, to) => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000 + 1;
  if (days.length !== number(period.from, period.to)) return 'a day of the period is missing';
  if (days.length < rules.minimumDays) return 'the period is too short';
  if (Date.parse(`${period.to}T24:00:00+08:00`) > Date.parse(watermark.at)) return 'the period was not over';
  if (clearing.records.count === '0') return 'nothing went through clearing';
  if (clearing.unconfirmed.count !== '0') return 'the bank does not confirm every clearing record';
  if (bank.residual.count !== '0') return 'there are debits without a clearing record';
  if (bank.nested.count !== '0' || institution.elsewhere.count !== '0') return 'debits and records name different institutions';
  if (bank.declarations.directCount !== '0' || institution.declarations.directCount !== '0' || gaps.direct.count !== '0')
    return 'direct debits are declared';
  if (gaps.silentHours.length > 0 || gaps.quarantined.length > 0) return 'the data has gaps';
  if (agreements.used > 0 && agreements.covered * 100 < agreements.used * rules.coverageMinPercent)
    return 'agreements are missing at clearing';
  if (gate.percent !== 100 || gate.frozen) return 'the last gate was not passed';
  let records = 0n;
  let debits = 0n;
  for (const day of days) {
    if (!day.bank || !day.institution) return `a declaration is missing on ${day.day}`;
    if (day.institution.clearedCount !== day.clearing.count || day.institution.clearedMinor !== day.clearing.minor)
      return `the sides disagree on ${day.day}`;
    if (BigInt(day.bank.clearedCount) + BigInt(day.bank.directCount) !== BigInt(day.debits.count))
      return `the bank's report is incomplete on ${day.day}`;
    if (BigInt(day.bank.clearedMinor) + BigInt(day.bank.directMinor) !== BigInt(day.debits.minor))
      return `the bank's report is incomplete on ${day.day}`;
    records += BigInt(day.clearing.count);
    debits += BigInt(day.debits.count);
  }
  const last = days.at(-1);
  if (last.bank.directInterface === 'open' || last.institution.directInterface === 'open') return 'the direct interface is still open';
  if (records !== BigInt(clearing.records.count) || debits !== BigInt(bank.debits.count)) return 'the days do not add up to the totals';
  return undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.argv[2];
  const at = process.argv.indexOf('--fingerprint');
  if (!file || file.startsWith('--')) {
    process.stderr.write('usage: node verify-cut-over-certificate.mjs FILE [--fingerprint HEX]\n');
    process.exit(2);
  }
  const outcome = verifyBytes(readFileSync(file), at > 0 ? process.argv[at + 1] : undefined);
  if (!outcome.good) {
    process.stderr.write(`NOT VALID: ${outcome.why}\n`);
    process.exit(1);
  }
  const { subject, period } = outcome.certificate.evidence;
  process.stdout.write(`VALID: ${subject.institution} × ${subject.bank} × ${subject.businessType}, ${period.from} to ${period.to}\n`);
  process.stdout.write(`signed by ${outcome.certificate.key.fingerprint}\n`);
  if (at < 0) process.stdout.write('Whose key that is was not checked: compare the fingerprint, or give it with --fingerprint.\n');
}
