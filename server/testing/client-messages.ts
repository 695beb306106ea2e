import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

type Node = { readonly type: string; readonly [key: string]: unknown };
type Module = {
  readonly isClient: boolean;
  /** Files whose values it uses; types cost nothing. */
  readonly imports: readonly string[];
  /** Keys asked of a translator that the file makes itself, dotted from the root of the messages. */
  readonly asked: readonly string[];
  /** Namespaces whose translator is handed on to another function. */
  readonly handedOn: readonly string[];
  /** Keys asked of a translator that was handed in; null for one that is only known when it runs. */
  readonly askedOfGiven: readonly (string | null)[];
  /** Screens whose messages it sends. */
  readonly sends: readonly string[];
};

/**
 * What a page asks for in the browser and which screens' messages are sent for it, read off the sources: from the page and whatever
 * stands around it (layouts, loading, error), through every import. `has` says whether a dotted key exists.
 */
export function clientMessagesOf(page: string, has: (key: string) => boolean): { asked: readonly string[]; sends: readonly string[] } {
  const seen = reachable(framesOf(page));
  const inBrowser = reachable([...seen].filter((file) => moduleOf(file).isClient));
  const asked = [...inBrowser].flatMap((file) => {
    const { asked, handedOn } = moduleOf(file);
    const given = [...reachable([file])].flatMap((other) => moduleOf(other).askedOfGiven);
    return [...asked, ...handedOn.flatMap((namespace) => given.map((key) => (key === null ? namespace : `${namespace}.${key}`)))];
  });
  return {
    asked: [...new Set(asked.filter(has))].sort(),
    sends: [...new Set([...seen].flatMap((file) => moduleOf(file).sends))],
  };
}

// The page, and by name what Next.js puts around it at every level above.
function framesOf(page: string): string[] {
  const files = [page];
  for (let folder = path.posix.dirname(page); folder !== '.'; folder = path.posix.dirname(folder))
    for (const name of ['layout', 'loading', 'error', 'not-found', 'forbidden', 'unauthorized', 'template'])
      if (fs.existsSync(`${folder}/${name}.tsx`)) files.push(`${folder}/${name}.tsx`);
  return files;
}

function reachable(from: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...from];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...moduleOf(file).imports);
  }
  return seen;
}

const known = new Map<string, Module>();

function moduleOf(file: string): Module {
  const held = known.get(file) ?? read(file);
  known.set(file, held);
  return held;
}

function read(file: string): Module {
  const source = fs.readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, source, { lang: 'tsx' });
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const imports: string[] = [];
  const own = new Map<string, Set<string>>();
  const sends: string[] = [];
  const nodes = [...walk(program as unknown as Node, null)];
  for (const { node } of nodes) {
    if ((node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration') && node.source && !isTypeOnly(node))
      imports.push(String((node.source as Node).value));
    if (node.type === 'ImportExpression') imports.push(String((node.source as Node).value));
    if (node.type === 'VariableDeclarator') {
      const [name, namespace] = [(node.id as Node).name, translatorOf(node.init as Node | null)];
      if (typeof name === 'string' && namespace !== undefined) own.set(name, (own.get(name) ?? new Set()).add(namespace));
    }
    if (node.type === 'JSXOpeningElement' && (node.name as Node).name === 'ScreenMessages')
      for (const attribute of node.attributes as Node[])
        if ((attribute.name as Node | undefined)?.name === 'of') sends.push(String((attribute.value as Node).value));
  }
  const asked: string[] = [];
  const handedOn: string[] = [];
  const askedOfGiven: (string | null)[] = [];
  for (const { node, parent } of nodes) {
    if (node.type !== 'Identifier' || typeof node.name !== 'string') continue;
    const namespaces = own.get(node.name);
    if (!namespaces && node.name !== 't') continue;
    const keys = keysAsked(node, parent);
    if (keys === undefined) {
      if (namespaces && isUse(node, parent)) handedOn.push(...namespaces);
    } else if (namespaces) {
      for (const namespace of namespaces)
        asked.push(...keys.map((key) => (key === null ? namespace : [namespace, key].filter(Boolean).join('.'))));
    } else askedOfGiven.push(...keys);
  }
  return {
    isClient: /^\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)*(['"])use client\1/.test(source),
    imports: imports.flatMap((specifier) => fileOf(specifier, file) ?? []),
    asked,
    handedOn,
    askedOfGiven,
    sends,
  };
}

type Placed = { readonly node: Node; readonly parent: Placed | null };

function* walk(node: Node, parent: Placed | null): Generator<Placed> {
  const placed = { node, parent };
  yield placed;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child === 'object' && typeof (child as Node).type === 'string') yield* walk(child as Node, placed);
}

function isTypeOnly(node: Node): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers as Node[] | undefined;
  return (
    specifiers !== undefined && specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type')
  );
}

// `useTranslations('a.b')` → "a.b"; `useTranslations()` → "".
function translatorOf(init: Node | null): string | undefined {
  if (init?.type !== 'CallExpression' || (init.callee as Node).name !== 'useTranslations') return undefined;
  return String((init.arguments as Node[])[0]?.value ?? '');
}

// The keys that `t(…)`, `t.rich(…)` and the like ask for here; undefined where the identifier is not called.
function keysAsked(node: Node, parent: Placed | null): (string | null)[] | undefined {
  const member = parent?.node.type === 'MemberExpression' && parent.node.object === node ? parent : null;
  const call = member ? member.parent?.node : parent?.node;
  if (call?.type !== 'CallExpression' || call.callee !== (member ? member.node : node)) return undefined;
  return keysOf((call.arguments as Node[])[0]);
}

// A key that is put together is known up to its last whole part.
function keysOf(argument: Node | undefined): (string | null)[] {
  if (argument?.type === 'Literal' && typeof argument.value === 'string') return [argument.value];
  if (argument?.type === 'ConditionalExpression') return [...keysOf(argument.consequent as Node), ...keysOf(argument.alternate as Node)];
  if (argument?.type !== 'TemplateLiteral') return [null];
  const [first] = argument.quasis as { readonly value: { readonly cooked: string } }[];
  const start = first?.value.cooked ?? '';
  return [start.includes('.') ? start.slice(0, start.lastIndexOf('.')) : null];
}

function isUse(node: Node, parent: Placed | null): boolean {
  const above = parent?.node;
  return !(above?.type === 'VariableDeclarator' && above.id === node) && above?.type !== 'MemberExpression';
}

function fileOf(specifier: string, from: string): string | undefined {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(from), specifier)
      : undefined;
  if (base === undefined || /^server\//.test(base)) return undefined;
  return [base, `${base}.tsx`, `${base}.ts`].find((file) => /\.tsx?$/.test(file) && fs.existsSync(file));
}
