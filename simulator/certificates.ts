import { createHash } from 'node:crypto';
import type { CountryInstitution } from './country';
import type { DataCentre } from './lines';
import { hash } from './random';

const DAY_SECONDS = 86_400;
const LIFE_DAYS = 390;
/** One in so many renews only after the end, and for so long its mutual TLS fails. */
const CARELESS_ONE_IN = 60;
const EXPIRED_SECONDS = 2 * 3_600;

export type SimulatedCertificate = {
  readonly party: 'server' | 'client';
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
};

/**
 * The certificate in use at an epoch second, by seed alone: each lives 390 days and is replaced some days before its end; a careless few
 * are replaced two hours after it.
 */
export function certificateAt(of: {
  seed: number;
  institution: CountryInstitution;
  index: number;
  line: DataCentre;
  party: 'server' | 'client';
  second: number;
}): SimulatedCertificate {
  const { seed, institution, index, line, party, second } = of;
  const place = index * 4 + (line === 'dc2' ? 2 : 0) + (party === 'client' ? 1 : 0);
  const careless = hash(seed, 31, place) % CARELESS_ONE_IN === 0;
  const earlySeconds = careless ? -EXPIRED_SECONDS : (5 + (hash(seed, 32, place) % 38)) * DAY_SECONDS;
  const turnSeconds = LIFE_DAYS * DAY_SECONDS - earlySeconds;
  const offset = hash(seed, 33, place) % turnSeconds;
  const turn = Math.floor((second + offset) / turnSeconds);
  const notBefore = turn * turnSeconds - offset;
  return {
    party,
    fingerprint: createHash('sha256').update(`${seed} ${place} ${turn}`).digest('hex'),
    subject: `CN=${party === 'server' ? line : 'client'}.${institution.code.toLowerCase()}.example, O=${institution.shortEn}`,
    issuer: 'CN=Hengliu Line CA G2, O=Hengliu Clearing',
    notBefore,
    notAfter: notBefore + LIFE_DAYS * DAY_SECONDS,
  };
}
