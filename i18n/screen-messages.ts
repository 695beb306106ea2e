/**
 * The texts that client components of each part of the console ask for, as dotted paths into the messages; everything else is said on
 * the server and never sent. A page is sent what the parts around it and its own name: app/client-messages.test.ts holds that against
 * the sources.
 */
export const SCREEN_MESSAGES = {
  door: ['auth', 'shell.language'],
  everywhere: ['common', 'states.fault'],
  console: ['shell'],
  account: ['account'],
  flows: ['flows'],
  institutions: ['institutions'],
  overview: ['overview.throughput.pulse', 'overview.wall'],
  quarantine: [
    'quarantine.allTime',
    'quarantine.cancel',
    'quarantine.column',
    'quarantine.failed',
    'quarantine.feed',
    'quarantine.institutionFilter',
    'quarantine.note',
    'quarantine.noteHint',
    'quarantine.noteShort',
    'quarantine.remove',
    'quarantine.reopenedToast',
    'quarantine.resolve',
    'quarantine.resolvedToast',
    'quarantine.select',
    'quarantine.selectAll',
    'quarantine.selected',
    'quarantine.state',
    'quarantine.undo',
  ],
  'quarantined line': [
    'quarantine.detail',
    'quarantine.failed',
    'quarantine.mayNot',
    'quarantine.note',
    'quarantine.noteHint',
    'quarantine.noteShort',
    'quarantine.reopenedToast',
    'quarantine.resolve',
    'quarantine.resolvedToast',
  ],
  transactions: [
    'transactions.column',
    'transactions.filter',
    'transactions.join',
    'transactions.route',
    'transactions.routeLong',
    'transactions.search',
    'transactions.status',
    'transactions.table',
    'transactions.totals',
    'transactions.type',
  ],
  payment: [
    'transactions.detail.close',
    'transactions.detail.copy',
    'transactions.detail.noAccount',
    'transactions.detail.payee',
    'transactions.detail.payer',
    'transactions.detail.raw',
    'transactions.detail.rawTitle',
    'transactions.detail.reveal',
  ],
} as const satisfies Record<string, readonly string[]>;

export type MessagesPart = keyof typeof SCREEN_MESSAGES;
