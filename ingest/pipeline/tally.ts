import { LISTED_REFUSALS_MAX, type ReceiptRefusal, WARNINGS_MAX } from '../feed/receipt';
import { type RefusedLine, type Span, type Stored, widestSpan } from './feed-steps';

/** What a batch has come to so far, in bounded memory. */
export class Tally {
  accepted = 0;
  duplicate = 0;
  refused = 0;
  span: Span | undefined;
  readonly refusals: ReceiptRefusal[] = [];
  readonly warnings: string[] = [];
  readonly refusedByReason = new Map<string, number>();

  addStored(stored: Stored): void {
    this.accepted += stored.accepted;
    this.duplicate += stored.duplicate;
    this.span = widestSpan(this.span, stored.span);
    this.addWarnings(stored.warnings ?? []);
  }

  addWarnings(warnings: readonly string[]): void {
    this.warnings.push(...warnings.slice(0, WARNINGS_MAX - this.warnings.length));
  }

  addRefused(lines: readonly RefusedLine[]): void {
    for (const { raw, refusal } of lines) {
      this.refused += 1;
      this.refusedByReason.set(refusal.reason, (this.refusedByReason.get(refusal.reason) ?? 0) + 1);
      if (this.refusals.length >= LISTED_REFUSALS_MAX) continue;
      this.refusals.push({ line: raw.lineNo, field: refusal.field, reason: refusal.reason, detail: refusal.detail });
    }
  }
}
