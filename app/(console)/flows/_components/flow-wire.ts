import 'server-only';
import type { MatrixLine } from '@/domain/flows/matrix';
import { FOLDED, type NamedLine } from '@/domain/flows/matrix-wire';
import type { FlowPicture } from './flow-picture';

const CATEGORIES = ['state', 'joint', 'city', 'rural', 'foreign', 'payment', 'clearing', 'other'];

/** What a line is called. The folded line has no name of its own: the screen words it. */
export function lineNaming({ institutions }: Pick<FlowPicture, 'institutions'>): (line: MatrixLine) => NamedLine {
  return ({ institutionId }) => {
    const institution = institutionId === null ? undefined : institutions.get(institutionId);
    if (!institution) return { code: null, name: '', short: '', kind: null, category: CATEGORIES.length };
    const { code, name, short, kind, category } = institution;
    return { code, name, short, kind, category: CATEGORIES.indexOf(category) };
  };
}

export function lineCode({ institutions }: Pick<FlowPicture, 'institutions'>): (line: MatrixLine) => string {
  return ({ institutionId }) => (institutionId === null ? undefined : institutions.get(institutionId)?.code) ?? FOLDED;
}
