import { canonicalJson } from '../canonical-json';

/** Everything of a case that its closing is about, each list in a fixed order. Times are ISO in UTC, ids decimal strings. */
export type CaseContent = {
  readonly no: string;
  readonly title: string;
  readonly summary: string;
  readonly finding: string;
  readonly conclusion: string;
  readonly transactions: readonly string[];
  readonly alerts: readonly string[];
  readonly traces: readonly { readonly id: string; readonly sha256: string }[];
  readonly files: readonly { readonly id: string; readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly notes: readonly { readonly id: string; readonly by: string; readonly at: string; readonly text: string }[];
  readonly checks: readonly { readonly id: string; readonly says: string; readonly by: string | null; readonly at: string | null }[];
  readonly institutions: readonly number[];
};

/** The bytes that a closing's hash is of: RFC 8785 canonical JSON, so that the hash can be found again from an export. */
export function caseContentText(content: CaseContent): string {
  return canonicalJson({ schema: 'headwater.case/1', ...content });
}
