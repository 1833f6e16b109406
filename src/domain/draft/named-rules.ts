import { addDays } from '../local-time.ts';
import type { Organisation, PersonId } from '../organisation/organisation.ts';
import type { Roster } from '../roster/roster.ts';
import type { HoursRule } from '../roster/shift-hours.ts';
import type { RotationKind } from '../rotation/rotation.ts';
import type { DraftWishes, PostWishes } from './rules-for.ts';

/** Rules of a draft as somebody writes them: people and posts by their names. */
export type NamedRules = {
  readonly restHours?: number | undefined;
  readonly mostInRow?: number | undefined;
  readonly hours?: readonly HoursRule[] | undefined;
  readonly wishes: readonly { readonly person: string; readonly date: string; readonly wants: boolean }[];
  /** Local dates, both included. */
  readonly away: readonly { readonly person: string; readonly from: string; readonly to: string }[];
  readonly posts: readonly NamedPostRules[];
};

export type NamedPostRules = {
  readonly post: string;
  readonly hours?: readonly HoursRule[] | undefined;
  readonly officers?: number | undefined;
  readonly leader?: boolean | undefined;
  readonly people?: readonly string[] | undefined;
  readonly leaders?: readonly string[] | undefined;
  readonly rotation?:
    | { readonly kind: RotationKind; readonly length: number; readonly startAt: number; readonly teams: readonly (readonly string[])[] }
    | undefined;
};

/** A name that means nobody, or may mean several. */
export type UnclearName = { readonly what: 'person' | 'post'; readonly name: string; readonly isSeveral: boolean };

const hourMs = 3_600_000;

/** What of these is given: an absent member says nothing. */
const given = <T extends object>(members: T): { [key in keyof T]?: NonNullable<T[key]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [key in keyof T]?: NonNullable<T[key]> };

/** Names to ids; every unclear one is told. `findUnit`: a unit's id by any of its names. */
export const resolveRules = (
  rules: NamedRules,
  { people }: Organisation,
  { posts }: Roster,
  zone: string,
  findUnit: (name: string) => string | undefined,
): { readonly wishes: DraftWishes; readonly unclear: readonly UnclearName[] } => {
  const unclear: UnclearName[] = [];
  const one = (what: UnclearName['what'], name: string, found: readonly { readonly id: string }[]): readonly string[] => {
    const [first] = found;
    if (first && found.length === 1) return [first.id];
    if (!unclear.some((known) => known.what === what && known.name === name)) unclear.push({ what, name, isSeveral: found.length > 1 });
    return [];
  };
  const person = (name: string): readonly PersonId[] => {
    const digits = name.replaceAll(/\D/gu, '');
    return one(
      'person',
      name,
      people.filter((each) => each.name === name || (digits.length === 11 && each.mobile === digits)),
    );
  };
  const everybody = (names: readonly string[] | undefined): readonly PersonId[] | undefined => names?.flatMap(person);
  const post = (name: string): readonly string[] => {
    const byName = posts.filter((each) => each.name === name);
    const unitId = findUnit(name);
    return one('post', name, byName.length > 0 ? byName : posts.filter((each) => each.unitId === unitId));
  };
  const dayAt = (date: string): number => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
  const wishesOf = (own: NamedPostRules): PostWishes =>
    given({
      hours: own.hours,
      officers: own.officers,
      hasLeader: own.leader,
      pool: everybody(own.people),
      leaders: everybody(own.leaders),
      rotation: own.rotation && { ...own.rotation, teams: own.rotation.teams.map((team) => team.flatMap(person)) },
    });
  const wishes: DraftWishes = {
    ...given({
      restMs: rules.restHours === undefined ? undefined : rules.restHours * hourMs,
      mostInRow: rules.mostInRow,
      hours: rules.hours,
    }),
    wishes: rules.wishes.flatMap(({ person: name, date, wants }) => person(name).map((personId) => ({ personId, date, wants }))),
    away: rules.away.flatMap(({ person: name, from, to }) =>
      person(name).map((personId) => ({ personId, from: dayAt(from), to: dayAt(addDays(to, 1)) })),
    ),
    posts: new Map(rules.posts.flatMap((own) => post(own.post).map((id) => [id, wishesOf(own)] as const))),
  };
  return { wishes, unclear };
};
