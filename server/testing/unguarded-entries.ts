import { type ArrowFunctionExpression, type Function as FunctionNode, parseSync, type Statement } from 'oxc-parser';

type Entry = { readonly name: string; readonly body: ArrowFunctionExpression | FunctionNode | undefined };
type EntryKind = 'page' | 'route' | 'actions';

/**
 * Names of the entries of one source file that do not begin with `requireActor('…')`: the default export of a page or layout,
 * every exported handler of a route, every export of a file of server actions. An entry whose body cannot be seen is unguarded.
 */
export function unguardedEntries(source: string, kind: EntryKind): readonly string[] {
  const { program, errors } = parseSync('entry.tsx', source, { lang: 'tsx' });
  if (errors.length > 0) throw new Error(`the file does not parse: ${errors[0]?.message}`);
  return entriesOf(program.body as Statement[], kind)
    .filter((entry) => !beginsWithRequireActor(entry.body))
    .map((entry) => entry.name);
}

/** True where a file's exports are callable from any browser. */
export function isServerActions(source: string): boolean {
  return /^\s*(?:\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)*(['"])use server\1/.test(source);
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

function entriesOf(body: readonly Statement[], kind: EntryKind): Entry[] {
  const local = new Map(body.flatMap((statement) => [...declared(statement)]));
  const entries: Entry[] = [];
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration' && kind !== 'route') {
      const target = statement.declaration;
      const known = target.type === 'Identifier' ? local.get(target.name) : asFunction(target);
      entries.push({ name: 'default', body: known });
    }
    if (statement.type !== 'ExportNamedDeclaration' || kind === 'page' || statement.exportKind === 'type') continue;
    if (statement.declaration)
      for (const [name, known] of declared(statement.declaration as Statement)) entries.push({ name, body: known });
    for (const specifier of statement.specifiers) {
      const named = (node: typeof specifier.local) => ('name' in node ? node.name : node.value);
      entries.push({ name: named(specifier.exported), body: statement.source ? undefined : local.get(named(specifier.local)) });
    }
  }
  return kind === 'route' ? entries.filter((entry) => METHODS.has(entry.name)) : entries;
}

function* declared(statement: Statement): Generator<readonly [string, Entry['body']]> {
  if (statement.type === 'FunctionDeclaration' && statement.id) yield [statement.id.name, statement];
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration) yield* declared(statement.declaration as Statement);
  if (statement.type === 'ExportDefaultDeclaration' && statement.declaration.type === 'FunctionDeclaration')
    yield* declared(statement.declaration as Statement);
  if (statement.type !== 'VariableDeclaration') return;
  for (const { id, init } of statement.declarations) if (id.type === 'Identifier') yield [id.name, init ? asFunction(init) : undefined];
}

function asFunction(node: { readonly type: string }): Entry['body'] {
  if (node.type === 'ArrowFunctionExpression') return node as ArrowFunctionExpression;
  if (node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration') return node as FunctionNode;
  return undefined;
}

// `const actor = await requireActor('…')` or `await requireActor('…')`, with nothing before it.
function beginsWithRequireActor(entry: Entry['body']): boolean {
  if (!entry?.async || entry.body?.type !== 'BlockStatement') return false;
  const first = (entry.body.body as Statement[]).find((statement) => !('directive' in statement && statement.directive));
  const value =
    first?.type === 'VariableDeclaration' && first.declarations.length === 1
      ? first.declarations[0]?.init
      : first?.type === 'ExpressionStatement'
        ? first.expression
        : undefined;
  if (value?.type !== 'AwaitExpression' || value.argument.type !== 'CallExpression') return false;
  const { callee, arguments: given } = value.argument;
  return (
    callee.type === 'Identifier' && callee.name === 'requireActor' && given[0]?.type === 'Literal' && typeof given[0].value === 'string'
  );
}
