import type { Words } from '@/components/alerts/alert-words';

const WALKS = ['payer out', 'payer in', 'payee in', 'payee out'];

/** The name of a feature of the score, put together from its parts; one without a text keeps its own name. */
export function featureText(detection: Words, feature: string): string {
  if (detection.has(`features.own.${feature}`)) return detection(`features.own.${feature}`);
  if (feature.startsWith('marked ')) {
    const typology = `typologies.${feature.slice(7)}.title`;
    return detection('features.marked', { typology: detection.has(typology) ? detection(typology) : feature.slice(7) });
  }
  const walk = WALKS.find((known) => feature.startsWith(`${known} `));
  const [when, what] = walk
    ? [
        feature.slice(walk.length + 1).split(' ')[0],
        feature
          .slice(walk.length + 1)
          .split(' ')
          .slice(1)
          .join(' '),
      ]
    : [];
  if (walk && when && detection.has(`features.${when}.${what}`))
    return detection('features.walk', { walk: detection(`features.walks.${walk}`), what: detection(`features.${when}.${what}`) });
  return feature;
}
