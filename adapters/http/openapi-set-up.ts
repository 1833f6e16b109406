/** What lies below `/api/set-up`; `set-up.ts` registers it. */
export const setUpPaths: { readonly [path: string]: object } = {};

export const setUpSchemas: { readonly [name: string]: object } = {};
