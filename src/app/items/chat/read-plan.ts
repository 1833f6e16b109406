import { readDates } from '../../../domain/command/read-dates.ts';
import { resolvePeriod } from '../../../domain/command/period.ts';
import { belongsToBody } from '../../../domain/items/item-people.ts';
import { deadlineOf, type Item } from '../../../domain/items/item.ts';
import type { Person } from '../../../domain/organisation/organisation.ts';
import { vocabulary } from '../../../messages/vocabulary.ts';
import { itemVocabulary } from '../../../messages/vocabulary-items.ts';
import type { World } from '../../world.ts';

/** Whom an item may be given to: the people of its units. */
export const peopleOf = (world: World, item: Item, now: number): readonly Person[] =>
  world.directory.organisation.people.filter((person) =>
    item.parts.some(({ unitId }) => belongsToBody(world.directory, person.id, unitId, now)),
  );

type Part = { readonly title: string; readonly ownerId: string; readonly dueAt: number };

/** The longest name that stands in it, first those that the item may be given to. */
const nameIn = (piece: string, people: readonly Person[]): Person | undefined =>
  people.filter(({ name }) => piece.includes(name)).toSorted((one, other) => other.name.length - one.name.length)[0];

/** Whether a text names anybody at all: without it, it is no plan. */
export const namesSomebody = ({ directory }: World, text: string): boolean => nameIn(text, directory.organisation.people) !== undefined;

const separators = /[;；\n]+/u;

/** A plan in one line, a person, a date and the work each: `张三 8月28日前 现场核查; 李四 …`. Nobody named: nobody's, and refused as that. */
export const readPlan = (world: World, item: Item, text: string, now: number): readonly Part[] => {
  const own = peopleOf(world, item, now);
  return (
    text
      .normalize('NFKC')
      // an hour that stands right behind its day
      .replaceAll(/(?<=\p{Script=Han})(?=\d{1,2}:\d{2})/gu, ' ')
      .split(separators)
      .filter((piece) => piece.trim() !== '')
      .map((piece) => {
        const owner = nameIn(piece, own);
        const { tokens, rest } = readDates(owner ? piece.replace(owner.name, ' ') : piece, vocabulary.dates);
        const { period, isUnreadable } = resolvePeriod(tokens, now, world.settings.timeZone);
        const dueAt = isUnreadable ? Number.NaN : (period?.toAt ?? period?.fromAt ?? deadlineOf(item));
        return { title: rest.replaceAll(itemVocabulary.by, '').trim(), ownerId: owner?.id ?? '', dueAt };
      })
  );
};
