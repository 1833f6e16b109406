import type { Appointment, Organisation, Person } from '../../domain/organisation/organisation.ts';
import { shortNameOf } from '../../domain/organisation/unit-names.ts';
import { shiftDifferences, startOf, type ShiftDifference } from '../../domain/roster-change/shift-differences.ts';
import type { Roster, Shift } from '../../domain/roster/roster.ts';
import { findDoubled } from '../../domain/roster-change/find-doubled.ts';
import type { Campaign } from '../../ports/store.ts';
import type { Iso } from '../views/view-page.ts';

/** What a workbook would make otherwise, for the eye; of very many shifts only the first are listed one by one. */

type After = Omit<Campaign, 'version'>;
type Holder = { readonly name: string; readonly role: string };

export type ShiftChange = {
  readonly type: ShiftDifference['type'];
  readonly from: string;
  readonly to: string;
  readonly before: readonly Holder[];
  readonly after: readonly Holder[];
};

export type PostChanges = {
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly shifts: readonly ShiftChange[];
};

export type RosterChanges = {
  readonly posts: readonly PostChanges[];
  /** Shifts that are counted and not listed. */
  readonly left: number;
  /** Whoever would be on two posts at once. */
  readonly doubled: readonly { readonly person: string; readonly post: string; readonly at: string }[];
};

export type PersonChange = { readonly name: string; readonly unit: string; readonly role: string };

export type ContactChanges = {
  readonly units: readonly string[];
  readonly people: { readonly added: readonly string[]; readonly changed: readonly string[] };
  readonly opened: readonly PersonChange[];
  readonly closed: readonly PersonChange[];
};

const mostShifts = 400;

const countOf = (list: readonly ShiftDifference[], wanted: ShiftDifference['type']): number =>
  list.filter(({ type }) => type === wanted).length;

const namesIn = ({ people }: Organisation): ((id: string) => string) => {
  const byId = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => byId.get(id) ?? id;
};

export const rosterChanges = (before: Roster, { organisation, roster }: After, now: number, iso: Iso): RosterChanges => {
  const differences = shiftDifferences(before, roster, now);
  const nameOf = namesIn(organisation);
  const posts = new Map([...before.posts, ...roster.posts].map((post) => [post.id, post]));
  const units = new Map(organisation.units.map((unit) => [unit.id, unit]));
  const holdersOf = (shift: Shift | undefined): readonly Holder[] =>
    (shift?.holders ?? []).map(({ personId, role }) => ({ name: nameOf(personId), role }));
  const listed = new Set(differences.toSorted((one, other) => startOf(one) - startOf(other)).slice(0, mostShifts));
  const shiftOf = (one: ShiftDifference): ShiftChange => {
    const shift = one.type === 'gone' ? one.before : one.after;
    return {
      type: one.type,
      from: iso(shift.from),
      to: iso(shift.to),
      before: holdersOf(one.type === 'added' ? undefined : one.before),
      after: holdersOf(one.type === 'gone' ? undefined : one.after),
    };
  };
  return {
    posts: [...Map.groupBy(differences, ({ postId }) => postId)].map(([postId, list]) => {
      const post = posts.get(postId);
      const unit = post && units.get(post.unitId);
      return {
        postId,
        post: post?.name ?? postId,
        unit: unit ? shortNameOf(unit) : '',
        added: countOf(list, 'added'),
        changed: countOf(list, 'changed'),
        gone: countOf(list, 'gone'),
        shifts: list.filter((one) => listed.has(one)).map(shiftOf),
      };
    }),
    left: differences.length - listed.size,
    doubled: findDoubled(before, roster, now).map(({ personId = '', postId = '', at = now }) => ({
      person: nameOf(personId),
      post: posts.get(postId)?.name ?? postId,
      at: iso(at),
    })),
  };
};

const textOf = (one: object): string => JSON.stringify(one);

const isOver = ({ from, to }: Appointment, at: number): boolean => to !== undefined && (to <= at || to <= from);

export const contactChanges = (before: Organisation, { organisation: after }: After, now: number): ContactChanges => {
  const had = new Map(before.people.map((person) => [person.id, person]));
  const nameOf = namesIn(after);
  const bodies = new Map([
    ...after.units.map((unit) => [unit.id, shortNameOf(unit)] as const),
    ...after.groups.map(({ id, name }) => [id, name] as const),
  ]);
  const known = new Set(before.units.map(textOf));
  const terms = new Set(before.appointments.map(textOf));
  const changed = after.appointments.filter((one) => !terms.has(textOf(one)));
  const toChange = ({ role, of, personId }: Appointment): PersonChange => ({ name: nameOf(personId), unit: bodies.get(of) ?? of, role });
  const isChanged = (person: Person): boolean => had.has(person.id) && textOf(had.get(person.id) ?? {}) !== textOf(person);
  return {
    units: after.units.filter((unit) => !known.has(textOf(unit))).map(shortNameOf),
    people: {
      added: after.people.filter(({ id }) => !had.has(id)).map(({ name }) => name),
      changed: after.people.filter(isChanged).map(({ name }) => name),
    },
    opened: changed.filter((one) => !isOver(one, now)).map(toChange),
    closed: changed.filter((one) => isOver(one, now)).map(toChange),
  };
};
