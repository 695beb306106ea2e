export type MessageTree = { readonly [key: string]: string | MessageTree };

/** The branches of `messages` that dotted `paths` name, in their places; a path to nothing is left out. */
export function pickMessages(messages: MessageTree, paths: readonly string[]): MessageTree {
  return paths.reduce<MessageTree>((picked, path) => {
    const branch = path
      .split('.')
      .reduce<string | MessageTree | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), messages);
    return branch === undefined ? picked : joinMessages(picked, planted(path, branch));
  }, {});
}

/** Both trees in one; where both say something the second has the word. */
export function joinMessages(one: MessageTree, other: MessageTree): MessageTree {
  const joined: Record<string, string | MessageTree> = { ...one };
  for (const [key, branch] of Object.entries(other)) {
    const before = joined[key];
    joined[key] = typeof before === 'object' && typeof branch === 'object' ? joinMessages(before, branch) : branch;
  }
  return joined;
}

function planted(path: string, branch: string | MessageTree): MessageTree {
  return path.split('.').reduceRight<string | MessageTree>((inner, key) => ({ [key]: inner }), branch) as MessageTree;
}
