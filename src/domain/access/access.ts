import type { PersonId, UnitId } from '../organisation/organisation.ts';
import { accessRules, type AccessAct, type AccessRole } from './rules.ts';

/** A role with the unit that it is held in; without one it reaches everywhere. */
export type HeldRole = { readonly role: AccessRole; readonly unitId?: UnitId };

/** Somebody at a door. No person: a demo, which is open to whoever sits before it. */
export type Access = { readonly personId?: PersonId; readonly held: readonly HeldRole[] };

/** Everything, or some units; whoever sees nothing has none at all. */
export type Sight = 'all' | ReadonlySet<UnitId>;

/** Whoever sits before a demo may do what the office may. */
export const openAccess: Access = { held: [{ role: 'office' }] };

/** Of which units somebody may see or do this; undefined: of none. */
export const sightOf = ({ held }: Access, act: AccessAct): Sight | undefined => {
  const rule = accessRules[act];
  const units = new Set<UnitId>();
  for (const { role, unitId } of held) {
    if (rule[role] === 'all') return 'all';
    if (rule[role] === 'unit' && unitId !== undefined) units.add(unitId);
  }
  return units.size === 0 ? undefined : units;
};

export const may = (access: Access, act: AccessAct): boolean => sightOf(access, act) !== undefined;

export const isInSight = (sight: Sight | undefined, unitId: UnitId | undefined): boolean =>
  sight === 'all' || (sight !== undefined && unitId !== undefined && sight.has(unitId));

/** Every act that is theirs, in the table's order. */
export const actsOf = (access: Access): readonly AccessAct[] => (Object.keys(accessRules) as AccessAct[]).filter((act) => may(access, act));

/** The roles once each, the widest first, for the eye. */
export const rolesOf = ({ held }: Access): readonly AccessRole[] => [...new Set(held.map(({ role }) => role))];

/** The same text as long as nothing about somebody's roles has changed. */
export const stampOf = ({ held }: Access): string =>
  held
    .map(({ role, unitId }) => (unitId === undefined ? role : `${role}:${unitId}`))
    .toSorted()
    .join(' ');
