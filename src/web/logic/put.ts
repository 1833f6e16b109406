/** Fills `{name}` in a text. */
export const put = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
