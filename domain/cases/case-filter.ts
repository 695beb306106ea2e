export const CASE_VIEWS = ['open', 'mine', 'overdue', 'closed', 'all'] as const;
/** open: everything not closed · mine: what I lead · overdue: open and past its due time. */
export type CaseView = (typeof CASE_VIEWS)[number];
export type CaseFilter = { readonly view: CaseView; readonly q: string };

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Reads `view` and `q` of an address; what is no view is the open ones. */
export function parseCaseFilter(search: Search): CaseFilter {
  const one = (name: string) => (typeof search[name] === 'string' ? (search[name] as string) : '');
  const view = CASE_VIEWS.find((known) => known === one('view')) ?? 'open';
  return { view, q: one('q').replaceAll('\0', '').trim().slice(0, 100) };
}

/** Where a page of the list ends, newest change first: "2026-11-23T09:00:00.123456+00:00_42". */
export type CaseCursor = { readonly updatedAt: string; readonly id: string };
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\+00:00)_(\d{1,18})$/;

export function formatCaseCursor({ updatedAt, id }: CaseCursor): string {
  return `${updatedAt}_${id}`;
}

/** Null for what is no cursor: the list then begins at its first row. */
export function parseCaseCursor(text: string | undefined): CaseCursor | null {
  // A plus sign that nobody escaped arrives as a space.
  const match = CURSOR.exec((text ?? '').replace(' ', '+'));
  return match ? { updatedAt: match[1] as string, id: match[2] as string } : null;
}

export const CASE_NO = /^C-\d{4}-\d{4,18}$/;
