/** What every case goes through before it can be closed; each has its words under `cases.step`. People add their own. */
export const CASE_CHECKS = ['facts', 'trace', 'institutions', 'freeze', 'evidence', 'report'] as const;
export type CaseCheckStep = (typeof CASE_CHECKS)[number];
