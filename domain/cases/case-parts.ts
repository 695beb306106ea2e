export const CASE_PARTS = ['lead', 'member', 'supervisor'] as const;
/** What a person is on a case. The lead is whom it is assigned to; the supervisor answers for it. Nobody else sees it. */
export type CasePart = (typeof CASE_PARTS)[number];
