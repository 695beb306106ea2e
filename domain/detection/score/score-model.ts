import * as z from 'zod';
import { FEATURES } from './features';

const tree = z.object({
  feature: z.array(z.int().min(-1)).readonly(),
  threshold: z.array(z.number()).readonly(),
  left: z.array(z.int()).readonly(),
  right: z.array(z.int()).readonly(),
  value: z.array(z.number()).readonly(),
});

/** A learned score as its file holds it. */
export const ScoreModel = z.object({
  name: z.string(),
  version: z.int(),
  /** Which moment it scores: on arrival, or when the time to settle is over. */
  moment: z.enum(['arrival', 'settled']),
  trainedAt: z.string(),
  /** Each file that it learned from, with its digest. */
  trainedOn: z.array(z.object({ file: z.string(), sha256: z.string(), rows: z.int(), planted: z.int() })),
  features: z.array(z.string()),
  /** From this score on, a marked movement raises an alert. */
  alertFrom: z.number(),
  /** Below this score a sighting that is no larger than asked is held back. */
  holdBackBelow: z.number(),
  base: z.number(),
  trees: z.array(tree),
});
export type ScoreModel = z.infer<typeof ScoreModel>;

/** A model from its file's content. Throws where it is none, or where it was trained on features other than this version reads. */
export function scoreModel(content: unknown): ScoreModel {
  const model = ScoreModel.parse(content);
  if (model.features.join('\n') !== FEATURES.join('\n'))
    throw new Error(`the model ${model.name} v${model.version} was trained on other features`);
  return model;
}
