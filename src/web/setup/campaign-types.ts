import type { Json, Words } from './campaign-draft.ts';

/** The campaign as `/api/set-up/campaign` tells it. */

export type Fault = { readonly name: string; readonly problem: string; readonly example?: string };

export type ChangedMember = { readonly member: string; readonly before: Json; readonly after: Json };

export type View = {
  readonly version: number;
  readonly source: 'page' | 'file';
  readonly changedAt?: string;
  readonly changedBy?: string;
  readonly shown: Words;
};
export type Preview = {
  readonly version: number;
  readonly faults: readonly Fault[];
  readonly changes: readonly ChangedMember[];
  readonly hash: string;
};
