import type { AlertSeverity } from '@/domain/alerts/alert-states';
import { type Severity, SeverityGlyph } from '../glyphs/severity-glyph';

const GLYPHS: Readonly<Record<AlertSeverity, Severity>> = { high: 'critical', medium: 'major', low: 'minor' };

/** The diamond of an alert's severity. Without a label it is decoration. */
export function AlertSeverityGlyph({
  severity,
  label,
  size,
}: {
  readonly severity: AlertSeverity;
  readonly label?: string;
  readonly size?: number;
}) {
  return <SeverityGlyph severity={GLYPHS[severity]} {...(label ? { label } : {})} {...(size ? { size } : {})} />;
}
