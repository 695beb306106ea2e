import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';

/** Three bands each, of figures that are asked of every payment: what the peers are given to do. */
export type BandedRule = { readonly name: string; readonly low: number; readonly high: number };

/** Runs the amounts through json-rules-engine; answers how many rules ended in their highest band. */
export async function byJsonRulesEngine(rules: readonly BandedRule[], amounts: readonly number[]): Promise<number> {
  const engine = new Engine();
  const band = (name: string, all: { operator: string; value: number }[]) =>
    engine.addRule({ conditions: { all: all.map((one) => ({ fact: 'amount', ...one })) }, event: { type: name } });
  for (const { name, low, high } of rules) {
    band(`${name}.low`, [{ operator: 'lessThan', value: low }]);
    band(`${name}.middle`, [
      { operator: 'greaterThanInclusive', value: low },
      { operator: 'lessThan', value: high },
    ]);
    band(`${name}.high`, [{ operator: 'greaterThanInclusive', value: high }]);
  }
  let found = 0;
  for (const amount of amounts) {
    const { events } = await engine.run({ amount });
    found += events.filter(({ type }) => type.endsWith('.high')).length;
  }
  return found;
}

/** Runs the amounts through zen-engine, a decision table a rule; answers how many rules ended in their highest band. */
export async function byZenEngine(rules: readonly BandedRule[], amounts: readonly number[]): Promise<number> {
  const node = (id: string, type: string, content?: unknown) => ({
    id,
    type,
    name: id,
    position: { x: 0, y: 0 },
    ...(content ? { content } : {}),
  });
  const tables = rules.map(({ name, low, high }) =>
    node(name, 'decisionTableNode', {
      hitPolicy: 'first',
      inputs: [{ id: 'in', name: 'amount', field: 'amount' }],
      outputs: [{ id: 'out', name, field: name }],
      rules: [
        { _id: '1', in: `< ${low}`, out: '"low"' },
        { _id: '2', in: `[${low}..${high})`, out: '"middle"' },
        { _id: '3', in: `>= ${high}`, out: '"high"' },
      ],
    }),
  );
  const edges = rules.flatMap(({ name }) => [
    { id: `in-${name}`, type: 'edge', sourceId: 'request', targetId: name },
    { id: `out-${name}`, type: 'edge', sourceId: name, targetId: 'response' },
  ]);
  const engine = new ZenEngine();
  const decision = engine.createDecision(
    Buffer.from(JSON.stringify({ nodes: [node('request', 'inputNode'), ...tables, node('response', 'outputNode')], edges })),
  );
  let found = 0;
  for (const amount of amounts) {
    const { result } = await decision.evaluate({ amount });
    found += Object.values(result as Record<string, string>).filter((band) => band === 'high').length;
  }
  engine.dispose();
  return found;
}
