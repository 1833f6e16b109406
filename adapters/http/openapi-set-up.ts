import { setUpRulePaths, setUpRuleSchemas } from './openapi-set-up-rules.ts';

/** What lies below `/api/set-up`; `set-up.ts` registers it. */
export const setUpPaths: { readonly [path: string]: object } = { ...setUpRulePaths };

export const setUpSchemas: { readonly [name: string]: object } = { ...setUpRuleSchemas };
