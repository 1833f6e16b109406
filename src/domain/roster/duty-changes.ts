import type { PersonId } from '../organisation/organisation.ts';
import { applyOverrides } from './apply-overrides.ts';
import type { DutyRole, PostId, Roster } from './roster.ts';

/** One stretch of somebody's duty, epoch ms. */
export type Duty = { readonly postId: PostId; readonly role: DutyRole; readonly from: number; readonly to: number };

export type DutyChange =
  | { readonly type: 'added' | 'gone'; readonly duty: Duty }
  /** Another time or another role of what is the same shift to whoever stands it. */
  | { readonly type: 'moved'; readonly before: Duty; readonly duty: Duty };

const startOf = (change: DutyChange): number => change.duty.from;

/** Everybody's duties that are not over yet; what follows on without a break in the same role is one. */
const dutiesOf = (roster: Roster, now: number): ReadonlyMap<PersonId, Duty[]> => {
  const duties = new Map<PersonId, Duty[]>();
  for (const { postId, from, to, holders } of applyOverrides(roster).shifts) {
    if (to <= now) continue;
    for (const { personId, role } of holders) {
      const own = duties.get(personId) ?? [];
      own.push({ postId, role, from, to });
      duties.set(personId, own);
    }
  }
  return duties;
};

const keyOf = ({ postId, role, from, to }: Duty): string => `${postId} ${role} ${from} ${to}`;

const isSameShift = (one: Duty, other: Duty): boolean => one.postId === other.postId && one.from < other.to && other.from < one.to;

const compare = (before: readonly Duty[], after: readonly Duty[]): readonly DutyChange[] => {
  const had = new Set(before.map(keyOf));
  const has = new Set(after.map(keyOf));
  const gone = before.filter((duty) => !has.has(keyOf(duty)));
  const changes: DutyChange[] = [];
  for (const duty of after) {
    if (had.has(keyOf(duty))) continue;
    const place = gone.findIndex((old) => isSameShift(old, duty));
    const [old] = place < 0 ? [] : gone.splice(place, 1);
    changes.push(old === undefined ? { type: 'added', duty } : { type: 'moved', before: old, duty });
  }
  return [...changes, ...gone.map((duty) => ({ type: 'gone' as const, duty }))].toSorted((one, other) => startOf(one) - startOf(other));
};

/** What changes for each person from now on between two rosters, as they are stood; only people for whom something does. */
export const dutyChanges = (before: Roster, after: Roster, now: number): ReadonlyMap<PersonId, readonly DutyChange[]> => {
  const [had, has] = [dutiesOf(before, now), dutiesOf(after, now)];
  const changed = new Map<PersonId, readonly DutyChange[]>();
  for (const personId of new Set([...had.keys(), ...has.keys()])) {
    const changes = compare(had.get(personId) ?? [], has.get(personId) ?? []);
    if (changes.length > 0) changed.set(personId, changes);
  }
  return changed;
};
