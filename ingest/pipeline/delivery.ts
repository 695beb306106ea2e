import type { Feed } from '../feed/lines';
import type { Institution, SigningKey } from './institution-register';

/** A request whose sender is known and whose body is still to be read. */
export type Delivery = {
  readonly feed: Feed;
  readonly sender: Institution;
  readonly key: SigningKey;
  readonly batchId: string;
  readonly nonce: string;
  /** SHA-256 that the sender signed for; the body has to match it. */
  readonly digest: Buffer;
  readonly receivedAt: Date;
};
