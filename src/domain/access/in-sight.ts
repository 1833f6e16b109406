import type { Directory } from '../organisation/directory.ts';
import type { PersonId, UnitId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import type { Item } from '../items/item.ts';
import type { LedgerRow } from '../ledger/event.ts';
import { type Access, isInSight, sightOf, type Sight } from './access.ts';
import type { AccessAct } from './rules.ts';

/** Units whose own something is: of a post its unit, of a unit itself, of a person where they are appointed or stand. */
export const unitsOf = (directory: Directory, id: string, at: number): readonly UnitId[] => {
  const post = directory.posts.get(id);
  if (post) return [post.unitId];
  if (directory.units.has(id)) return [id];
  const appointed = (directory.appointmentsOf.get(id) ?? []).filter((one) => isInTerm(one, at) && directory.units.has(one.of));
  const stood = (directory.postsOf.get(id) ?? []).flatMap((postId) => directory.posts.get(postId)?.unitId ?? []);
  return [...appointed.map(({ of }) => of), ...stood];
};

/** Everything that a decision about single things and rows needs. */
export type Looking = {
  readonly directory: Directory;
  readonly at: number;
  readonly self: PersonId | undefined;
  readonly sight: Sight | undefined;
  /** What was found out already: thousands of rows name the same few. */
  readonly known: Map<string, boolean>;
};

export const lookingFor = (access: Access, act: AccessAct, directory: Directory, at: number): Looking => ({
  directory,
  at,
  self: access.personId,
  sight: sightOf(access, act),
  known: new Map(),
});

/** A post, a unit or a person; oneself is always in sight. */
export const seesSubject = ({ directory, at, self, sight, known }: Looking, id: string): boolean => {
  if (sight === 'all' || sight === undefined) return sight === 'all';
  let isSeen = known.get(id);
  if (isSeen === undefined) {
    isSeen = id === self || unitsOf(directory, id, at).some((unitId) => isInSight(sight, unitId));
    known.set(id, isSeen);
  }
  return isSeen;
};

/** Of a unit that works on it, or with a piece of it that is one's own. */
export const seesItem = ({ self, sight }: Looking, item: Item): boolean =>
  sight === 'all' ||
  (sight !== undefined &&
    (item.parts.some(({ unitId }) => isInSight(sight, unitId)) || item.subtasks.some(({ ownerId }) => ownerId === self)));

/** Members of a row's data that say whom or what it is about. */
const aboutKeys = ['subject', 'to', 'holder', 'postId', 'unitId', 'unit', 'personId', 'by', 'substitute', 'in', 'out'] as const;

/** Rows about what is in sight, or done by somebody in sight. */
export const seesRow = (
  looking: Looking,
  { actor, itemId, data }: Pick<LedgerRow, 'actor' | 'itemId' | 'data'>,
  items: ReadonlyMap<string, Item>,
): boolean => {
  if (looking.sight === 'all') return true;
  const item = itemId === undefined ? undefined : items.get(itemId);
  if (item) return seesItem(looking, item);
  if (actor !== undefined && seesSubject(looking, actor)) return true;
  return aboutKeys.some((key) => {
    const id = data[key];
    return typeof id === 'string' && seesSubject(looking, id);
  });
};
