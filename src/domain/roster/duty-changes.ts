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

/** Everybody's duties that are not over yet, as shifts are cut by what lies on top of the plan. */
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

/** What was cut because of a colleague is one duty still: it is joined again where the other roster has it whole. */
const joined = (duties: readonly Duty[], others: readonly Duty[]): readonly Duty[] => {
  const whole: Duty[] = [];
  for (const duty of duties.toSorted((one, other) => one.from - other.from)) {
    const { postId, role, from, to } = duty;
    const isSame = (one: Duty): boolean => one.postId === postId && one.role === role;
    const place = whole.findLastIndex((one) => isSame(one) && one.to === from);
    const last = whole[place];
    if (last && others.some((one) => isSame(one) && one.from < from && from < one.to)) whole[place] = { ...last, to };
    else whole.push(duty);
  }
  return whole;
};

const isSameShift = (one: Duty, other: Duty): boolean => one.postId === other.postId && one.from < other.to && other.from < one.to;

/** By what lies ahead alone: what is cut now differs in what is over. */
const compare = (had: readonly Duty[], has: readonly Duty[], now: number): readonly DutyChange[] => {
  const [before, after] = [joined(had, has), joined(has, had)];
  const keyOf = ({ postId, role, from, to }: Duty): string => `${postId} ${role} ${Math.max(from, now)} ${to}`;
  const known = new Set(before.map(keyOf));
  const kept = new Set(after.map(keyOf));
  const gone = before.filter((duty) => !kept.has(keyOf(duty)));
  const changes: DutyChange[] = [];
  for (const duty of after) {
    if (known.has(keyOf(duty))) continue;
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
    const changes = compare(had.get(personId) ?? [], has.get(personId) ?? [], now);
    if (changes.length > 0) changed.set(personId, changes);
  }
  return changed;
};
