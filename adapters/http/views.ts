/** What the API hands out, as the app shapes it. */
export type { LedgerRowView } from '../../src/app/view-ledger.ts';
export type { Views } from '../../src/app/views.ts';
