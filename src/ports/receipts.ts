import type { CallResult } from '../domain/escalation/obligation.ts';
import type { Dispatch } from './dispatches.ts';

/** What a carrier says later of a message or a call. */
export type Receipt = Pick<Dispatch, 'to' | 'about'> & {
  readonly channel: string;
  readonly outcome:
    | { readonly status: 'delivered' }
    | { readonly status: 'failed'; readonly code: string }
    /** Of a call; to have rung is to have been delivered. */
    | { readonly status: 'rang'; readonly result: CallResult };
};
