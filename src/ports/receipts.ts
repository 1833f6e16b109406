import type { CallResult } from '../domain/escalation/obligation.ts';
import type { Dispatch } from './dispatches.ts';

/** What a carrier or a platform says later of a message or a call. */
export type Receipt = Pick<Dispatch, 'to' | 'about'> & {
  readonly channel: string;
  readonly outcome:
    | { readonly status: 'delivered' }
    /** It was opened, and so delivered; never an answer. */
    | { readonly status: 'read' }
    | { readonly status: 'failed'; readonly code: string }
    /** Of a call; to have rung is to have been delivered. */
    | { readonly status: 'rang'; readonly result: CallResult };
};
