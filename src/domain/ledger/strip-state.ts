import type { Handover } from '../handover/handover.ts';
import type { ShiftNotes } from '../handover/shift-notes.ts';
import type { FileRef, Item } from '../items/item.ts';
import { withoutRemoved } from '../items/without-removed.ts';
import type { Organisation, Person } from '../organisation/organisation.ts';

/** The state without what names people or was said by them: what is left is what the ledger tells without it. Pure. */

const withoutName = ({ id, isDisabled }: Person): Person => ({
  id,
  name: '',
  mobile: '',
  ...(isDisabled === undefined ? {} : { isDisabled }),
});

/** Units, groups and posts are bodies and stay; who is in which role stays by id. */
export const withoutNames = (organisation: Organisation): Organisation => ({
  ...organisation,
  people: organisation.people.map(withoutName),
});

export const isNamed = ({ name, mobile }: Person): boolean => name !== '' || mobile !== '';

/** `told`: the item as the ledger tells it with nothing beside it. */
export const withoutTexts = (item: Item, told: Item | undefined): Item => (told ? withoutRemoved(item, told) : item);

export const withoutWords = <T extends Pick<Handover | ShiftNotes, 'notes'>>(noted: T): T =>
  noted.notes.every(({ text }) => text === '') ? noted : { ...noted, notes: noted.notes.map((note) => ({ ...note, text: '' })) };

/** A member less, and the same object where it has none. */
export const lacking = <T extends object>(state: T, ...names: readonly (keyof T)[]): T => {
  if (names.every((name) => state[name] === undefined)) return state;
  return Object.fromEntries(Object.entries(state).filter(([name]) => !names.some((one) => one === name))) as T;
};

/** What was handed in, signed, sealed and accepted: the bureau's record of the case. */
export const filesOfRecord = ({ versions }: Item): readonly FileRef[] =>
  versions.flatMap(({ decision, files, sealScan }) => (decision === 'accepted' ? [...files, ...(sealScan ? [sealScan] : [])] : []));
