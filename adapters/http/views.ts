/** What the API hands out, as the app shapes it. */
export type { LedgerRowView } from '../../src/app/ledger/view-ledger.ts';
export type { Views } from '../../src/app/views/views.ts';
export type { WallFor, WallMessage, WallOpening } from '../../src/app/views/live-wall-for.ts';
