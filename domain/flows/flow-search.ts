type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The address's search with some parameters changed; null takes one out. Parameters keep their order, so equal screens have equal addresses. */
export function changedSearch(params: Params, change: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, ...change })) {
    const text = Array.isArray(value) ? value[0] : value;
    if (typeof text === 'string' && text !== '') search.set(name, text);
  }
  return search.toString().replaceAll('%2C', ',').replaceAll('%7E', '~').replaceAll('%3A', ':');
}
