import arrival from './models/arrival.json';
import settled from './models/settled.json';
import { scoreModel } from './score-model';

/** The learned scores that ship with this version, see docs/detection.md for what they were trained on and how they did where held out. */
export const SHIPPED_MODELS = { arrival: scoreModel(arrival), settled: scoreModel(settled) } as const;
