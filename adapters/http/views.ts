/** What the API hands out, as the app shapes it. */
export type { LedgerRowView } from '../../src/app/view-ledger.ts';
export type { ObligationView } from '../../src/app/view-obligations.ts';
export type { Page } from '../../src/app/view-page.ts';
export type { PersonView } from '../../src/app/view-people.ts';
export type { RosterRow } from '../../src/app/view-roster.ts';
export type { WallView } from '../../src/app/view-wall.ts';
export type { Views } from '../../src/app/views.ts';
