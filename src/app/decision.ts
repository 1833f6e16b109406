import type { Notice } from '../domain/escalation/notice.ts';
import type { Transition } from '../ports/store.ts';

/** What a message led to: decided together or not at all, and the words in return. */
export type Decision = { readonly transition: Transition; readonly replies: readonly Notice[] };

export const nothing: Transition = { writes: [], events: [], notices: [] };
