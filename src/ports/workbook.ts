import type { BatchList, ItemListKind } from '../domain/items/batch-list.ts';
import type { ContactList } from '../domain/organisation/contact-list.ts';
import type { Finding } from '../domain/organisation/finding.ts';
import type { UnitMatch, UnitNames } from '../domain/organisation/unit-names.ts';
import type { RosterList } from '../domain/roster/roster-list.ts';

/** A file by its path, or its bytes under the name that people gave it (a year may stand in it). */
export type WorkbookSource = { readonly path: string } | { readonly bytes: Uint8Array; readonly fileName: string };

/** What was read, and what was found on the way; without a list the file could not be read at all. */
export type Reading<List> = { readonly list: List | null; readonly findings: readonly Finding[] };

export type RosterHints = {
  /** Counts before the title's, the sheet's and the file's year; a year in the cell itself counts first. */
  readonly year?: number;
  readonly names: UnitNames;
  /** Resolves a unit's name, after the answers that the person at the keyboard gave. */
  readonly findUnit: (text: string) => UnitMatch;
  /** Names of people that are known, to tell names from each other where only spaces stand between them. */
  readonly isKnownName: (name: string) => boolean;
};

/** Turns workbooks of any layout into plain lists. Never rejects because of what is in a file. */
export type WorkbookReader = {
  readContacts(source: WorkbookSource): Promise<Reading<ContactList>>;
  readRoster(source: WorkbookSource, hints: RosterHints): Promise<Reading<RosterList>>;
};

/** Turns workbooks with lists of items into plain lists, in the same way. */
export type ItemListReader = {
  readItemList(source: WorkbookSource, kind: ItemListKind): Promise<Reading<BatchList>>;
};
