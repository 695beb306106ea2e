import type { CountryInstitution } from './country';
import { Random } from './random';
import { STREAM } from './streams';

/** How well one institution works on an ordinary day. */
export type Profile = {
  /** Share of payments that fail technically on its account. */
  readonly failShare: number;
  /** Share of payments that it turns down for a business reason, as the payer's bank. */
  readonly declineShare: number;
  /** Median milliseconds that it needs to debit or to credit. */
  readonly debitMs: number;
  readonly creditMs: number;
  /** Standard deviation of the logarithm of both. */
  readonly sigma: number;
};

/** Profiles in the order of the institutions. Most differ little; about one in thirty is clearly worse. */
export function institutionProfiles(institutions: readonly CountryInstitution[], seed: number): readonly Profile[] {
  const random = new Random();
  return institutions.map((institution, index) => {
    random.at(seed, STREAM.bankProfile, index);
    const small = institution.category === 'rural' || institution.category === 'city' ? 1.25 : 1;
    const worse = random.unit() < 0.035 ? 4 + random.unit() * 4 : 1;
    const payment = institution.kind === 'payment';
    return {
      failShare: (payment ? 0.0004 : 0.0011) * random.logNormal(1, 0.35) * small * worse,
      declineShare: payment ? 0 : 0.021 * random.logNormal(1, 0.2) * (worse > 1 ? 2 : 1),
      debitMs: (payment ? 38 : 118) * random.logNormal(1, 0.22) * small * (worse > 1 ? 1.7 : 1),
      creditMs: (payment ? 26 : 96) * random.logNormal(1, 0.22) * small * (worse > 1 ? 1.7 : 1),
      sigma: 0.32 + random.unit() * 0.12,
    };
  });
}
