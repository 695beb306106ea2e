import type pg from 'pg';
import { CLOCK_SKEW_MAX_SECONDS } from './authenticate';

/** Forgets nonces whose signatures are too old to be taken anyway. */
export async function sweepNonces(pool: pg.Pool): Promise<void> {
  await pool.query('delete from request_nonce where seen_at < now() - make_interval(secs => $1)', [2 * CLOCK_SKEW_MAX_SECONDS + 60]);
}
