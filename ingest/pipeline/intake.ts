import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { Sealing } from '@/server/sealing';
import type { Spread } from '@/server/spread';
import type { Feed } from '../feed/lines';
import type { MessageFormat } from '../formats/message-format';
import type { Admission } from './admission';
import type { InstitutionRegister } from './institution-register';
import type { KnownAccounts } from './known-accounts';
import type { Partitions } from './partitions';
import type { Tally } from './tally';

/** What all requests of one gateway share. */
export type Intake = {
  readonly pool: pg.Pool;
  readonly register: InstitutionRegister;
  readonly admission: Admission;
  readonly accounts: KnownAccounts;
  /** For messages that are kept whole. */
  readonly sealing: Sealing;
  readonly partitions: Partitions;
  readonly spread: Spread<pg.ClientBase>;
  readonly receiptKey: KeyObject;
  readonly messageFormat: MessageFormat;
  /** Tells the metrics what was taken. */
  readonly onTaken: (feed: Feed, tally: Tally) => void;
};
