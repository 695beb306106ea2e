import fs from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';

const FOLDERS = ['app', 'components', 'domain', 'ingest', 'monitor', 'server', 'simulator'];
/** The one door out of whole minor units, for pixels and statistics. */
const DOOR = path.join('domain', 'money.ts');
const MONEY = /minor|amount/i;

/** Places where something named as money is turned into a floating number. */
function floatingMoney(file: string, source: string): string[] {
  const found: string[] = [];
  const note = (node: { start: number; end: number }) => {
    const line = source.slice(0, node.start).split('\n').length;
    found.push(`${file}:${line} ${source.slice(node.start, node.end)}`);
  };
  const { program } = parseSync(file, source);
  new Visitor({
    CallExpression(node) {
      const callee = source.slice(node.callee.start, node.callee.end);
      const given = node.arguments.map((argument) => source.slice(argument.start, argument.end)).join(' ');
      if (/^(Number|parseFloat|Number\.parseFloat|Number\.parseInt|parseInt)$/.test(callee) && MONEY.test(given)) note(node);
    },
    UnaryExpression(node) {
      if (node.operator === '+' && MONEY.test(source.slice(node.argument.start, node.argument.end))) note(node);
    },
  }).visit(program);
  return found;
}

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(at);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [at] : [];
  });
}

test('money never becomes a floating number outside its one door', () => {
  const files = FOLDERS.filter((folder) => fs.existsSync(folder)).flatMap(sources);
  expect(files.length).toBeGreaterThan(10);
  const found = files.filter((file) => file !== DOOR).flatMap((file) => floatingMoney(file, fs.readFileSync(file, 'utf8')));
  expect(found).toEqual([]);
});

test('a planted floating amount is caught, a count is not', () => {
  expect(floatingMoney('planted.ts', 'const a = Number(row.amountMinor);')).toHaveLength(1);
  expect(floatingMoney('planted.ts', 'const a = parseFloat(amount) * 2;')).toHaveLength(1);
  expect(floatingMoney('planted.ts', 'const a = +minor;')).toHaveLength(1);
  expect(floatingMoney('planted.ts', 'const a = Number(row.count);')).toEqual([]);
});
