import type { Alert } from '@/domain/detection/alerts/alert-book';
import { DETECTION_SETTINGS, Detection, type DetectionSettings, type SavedDetection } from '@/domain/detection/detection';
import type { Rule } from '@/domain/detection/rules/rule';
import type { SavedRules } from '@/domain/detection/rules/rule-evaluator';
import { SHIPPED_MODELS } from '@/domain/detection/score/shipped-models';
import { TYPOLOGY_SETTINGS } from '@/domain/detection/typologies/typology';
import { isWorthRaising } from './alerts/worth-raising';
import type { StoredPayment } from './feed/stored-payment';
import { movementOf } from './movement-of';
import { type RuleFault, type RuleHit, RuleRun, type RuleTally } from './rules/rule-run';

export type RuleSet = { readonly active: readonly Rule[]; readonly shadow: readonly Rule[] };
export const NO_RULES: RuleSet = { active: [], shadow: [] };

export type SavedEngine = {
  readonly detection: SavedDetection;
  readonly rules: RuleSet;
  readonly tallies: { readonly active: ReadonlyMap<string, SavedRules>; readonly shadow: ReadonlyMap<string, SavedRules> };
};

export type ChunkFindings = {
  readonly movements: number;
  /** Alerts that the chunk opened or changed, as they stand after it. */
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly hits: ReadonlyMap<string, RuleHit>;
  readonly tallies: ReadonlyMap<string, RuleTally>;
  readonly shadowHits: ReadonlyMap<string, RuleHit>;
  readonly shadowTallies: ReadonlyMap<string, RuleTally>;
  readonly faults: readonly RuleFault[];
};

/** A terminal at several merchants is a shipped rule with a citation, one alert a terminal; as a typology it would be one more for each shop. */
export const ENGINE_SETTINGS: DetectionSettings = {
  ...DETECTION_SETTINGS,
  typologies: { ...TYPOLOGY_SETTINGS, 'shared-terminal': { ...TYPOLOGY_SETTINGS['shared-terminal'], enabled: false } },
  models: SHIPPED_MODELS,
};

/** Everything that looks at each payment: the same payments in the same chunks give the same findings, from any saved state on. */
export class Engine {
  readonly detection: Detection;
  #active: RuleRun;
  #shadow: RuleRun;

  constructor(rules: RuleSet, saved?: SavedEngine) {
    this.detection = new Detection(ENGINE_SETTINGS, saved?.detection);
    this.#active = new RuleRun(rules.active, saved?.tallies.active);
    this.#shadow = new RuleRun(rules.shadow, saved?.tallies.shadow);
  }

  take(payments: readonly StoredPayment[]): ChunkFindings {
    const alerts = new Map<string, Alert>();
    for (const payment of payments) {
      const movement = movementOf(payment);
      if (!movement) continue;
      const taken = payment.merchantId === null ? this.detection.take(movement) : this.detection.takePurchase(movement);
      for (const { alert } of taken.changes) if (isWorthRaising(alert)) alerts.set(alert.id, alert);
    }
    const active = this.#active.take(payments);
    const shadow = this.#shadow.take(payments);
    return {
      movements: payments.length,
      alerts,
      hits: active.hits,
      tallies: active.tallies,
      shadowHits: shadow.hits,
      shadowTallies: shadow.tallies,
      faults: [...active.faults, ...shadow.faults],
    };
  }

  get rules(): RuleSet {
    return { active: this.#active.rules, shadow: this.#shadow.rules };
  }

  /** Goes on under other versions of rules. What a version has added up stays with it, also when it leaves the shadow. */
  govern(rules: RuleSet): void {
    const saved = new Map([...this.#shadow.save(), ...this.#active.save()]);
    this.#active = new RuleRun(rules.active, saved);
    this.#shadow = new RuleRun(rules.shadow, saved);
  }

  save(): SavedEngine {
    return {
      detection: this.detection.save(),
      rules: this.rules,
      tallies: { active: this.#active.save(), shadow: this.#shadow.save() },
    };
  }
}
