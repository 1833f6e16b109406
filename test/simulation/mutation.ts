import type { Scenario } from './scenario.ts';

/** In this file, this text becomes that. The text must stand there exactly once. */
export type Edit = { readonly file: string; readonly from: string; readonly to: string };

/** A bug as somebody might write it. */
export type Mutation = Edit & {
  readonly name: string;
  /** Other places that keep the same promise: what is guarded twice breaks only where both guards are gone. */
  readonly also?: readonly Edit[];
  /** A bureau in which it soon matters; absent: whatever each seed draws. */
  readonly scene?: Pick<Scenario, 'features'> & Partial<Pick<Scenario, 'hours' | 'posts' | 'instances'>>;
};
