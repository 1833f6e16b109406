import { addDays, localDay } from '../local-time.ts';
import type { AppointmentRole, Organisation, PersonId, UnitId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import { headcountOf } from '../roster/find-gaps.ts';
import type { Post, PostId, Roster, Shift } from '../roster/roster.ts';
import { dayKindOf, dayKinds, type DayTable, type DutyHours, type HoursRule } from '../roster/shift-hours.ts';
import type { Away, DraftRules, PostRules, TeamRotation, Wish } from './draft.ts';

/** What is asked for of one post beyond what follows from how it has been stood. */
export type PostWishes = {
  readonly hours?: readonly HoursRule[];
  readonly officers?: number;
  readonly hasLeader?: boolean;
  readonly pool?: readonly PersonId[];
  readonly leaders?: readonly PersonId[];
  readonly rotation?: TeamRotation;
};

/** What a campaign leaves open about a draft, people by their ids. */
export type DraftWishes = {
  readonly restMs?: number;
  /** What holds in any case where nobody says otherwise, however a post has been stood. */
  readonly leastRestMs?: number;
  readonly mostInRow?: number;
  readonly hours?: readonly HoursRule[];
  readonly wishes?: readonly Wish[];
  readonly away?: readonly Away[];
  readonly posts?: ReadonlyMap<PostId, PostWishes>;
};

export type DraftFrame = {
  readonly zone: string;
  readonly table: DayTable;
  /** Where neither the rules nor the roster say when a shift begins and ends. */
  readonly defaultHours: readonly HoursRule[];
};

/** Half a day: after a night nobody stands the next day. */
const usualRestMs = 12 * 3_600_000;
const usualInRow = 3;
/** How far back a post's habits are looked for, and how far back a load counts. */
const lookBackMs = 92 * 86_400_000;
const shiftsLookedAt = 14;

const hoursOfShift = (zone: string, { from, to }: Shift): DutyHours => {
  const wall = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const time = (at: number) => wall(at).toPlainTime().toString({ smallestUnit: 'minute' });
  return { from: time(from), to: time(to), toDay: wall(from).toPlainDate().equals(wall(to).toPlainDate()) ? 0 : 1 };
};

/** The hours that a post kept on the last day of each kind. */
const habitOf = (own: readonly Shift[], { zone, table, defaultHours }: DraftFrame): readonly HoursRule[] => {
  const byDate = Map.groupBy(own, ({ from }) => localDay(zone, from).date);
  const dates = [...byDate.keys()].toSorted();
  const hours = new Map(dates.map((date) => [date, byDate.get(date)!.map((shift) => hoursOfShift(zone, shift))]));
  const last = dates.at(-1);
  return dayKinds.flatMap((kind): readonly HoursRule[] => {
    const date = dates.findLast((one) => dayKindOf(one, table) === kind) ?? last;
    if (date === undefined) return defaultHours.filter(({ kinds }) => kinds.includes(kind)).map((rule) => ({ ...rule, kinds: [kind] }));
    return hours.get(date)!.map((one) => ({ kinds: [kind], hours: one }));
  });
};

const isOf =
  (roles: readonly AppointmentRole[], unitId: UnitId, fromAt: number, toAt: number) =>
  ({ role, of, from, to }: Organisation['appointments'][number]): boolean =>
    of === unitId && roles.includes(role) && from < toAt && (to === undefined || to > fromAt);

/** Orders of people to take from: the first that has enough, each with those of the ones before it. */
const enough = (sources: readonly (readonly PersonId[])[], wanted: number): readonly PersonId[] => {
  let people: readonly PersonId[] = [];
  for (const source of sources) {
    people = [...new Set([...people, ...source])];
    if (people.length >= wanted) return people;
  }
  return people;
};

const stoodBy = (own: readonly Shift[], isLeader: boolean): readonly PersonId[] => [
  ...new Set(
    own.flatMap(({ holders }) => holders.filter(({ role }) => (role === 'shiftLeader') === isLeader).map(({ personId }) => personId)),
  ),
];

/** The rest that people usually had between two shifts of a post; half of the time they had less or as much. */
const habitualRest = (recent: readonly Shift[], isLeader: boolean): number => {
  const stood = recent.flatMap(({ from, to, holders }) =>
    holders.filter(({ role }) => (role === 'shiftLeader') === isLeader).map(({ personId }) => ({ personId, from, to })),
  );
  const rests = [...Map.groupBy(stood, ({ personId }) => personId).values()].flatMap((own) =>
    own.slice(1).map(({ from }, index) => Math.max(0, from - own[index]!.to)),
  );
  return rests.toSorted((a, b) => a - b)[Math.floor((rests.length - 1) / 2)] ?? usualRestMs;
};

/** Where nobody asks for a rest: what is usual, but not more than those who stand the post have. */
const restOf = (recent: readonly Shift[], { restMs, leastRestMs = 0 }: DraftWishes): Pick<PostRules, 'restMs'> => {
  if (restMs !== undefined) return {};
  const rest = (isLeader: boolean): number => Math.max(leastRestMs, Math.min(usualRestMs, habitualRest(recent, isLeader)));
  return { restMs: { officers: rest(false), leaders: rest(true) } };
};

type Window = { readonly fromAt: number; readonly toAt: number };

const rulesOfPost = (
  post: Post,
  own: readonly Shift[],
  organisation: Organisation,
  frame: DraftFrame,
  wishes: DraftWishes,
  { fromAt, toAt }: Window,
): PostRules => {
  const wished = wishes.posts?.get(post.id) ?? {};
  const recent = own.slice(-shiftsLookedAt);
  const officers = wished.officers ?? Math.max(post.minimumHeadcount, ...recent.map(headcountOf));
  const able = new Set(organisation.people.filter(({ isDisabled }) => isDisabled !== true).map(({ id }) => id));
  const known = (ids: readonly PersonId[]): readonly PersonId[] => ids.filter((id) => able.has(id));
  const appointed = (...roles: readonly AppointmentRole[]): readonly PersonId[] =>
    known([...new Set(organisation.appointments.filter(isOf(roles, post.unitId, fromAt, toAt)).map(({ personId }) => personId))]);
  const leaders = wished.leaders ?? enough([appointed('shiftLeader'), appointed('principal')], 1);
  return {
    postId: post.id,
    hours: wished.hours ?? wishes.hours ?? habitOf(own, frame),
    officers,
    hasLeader: wished.hasLeader ?? recent.some(({ holders }) => holders.some(({ role }) => role === 'shiftLeader')),
    leaders: known(leaders),
    pool: wished.pool
      ? known(wished.pool)
      : enough([appointed('dutyOfficer'), known(stoodBy(own, false)), appointed('liaison', 'contact'), appointed('member')], officers),
    ...(wished.rotation === undefined ? {} : { rotation: wished.rotation }),
    ...restOf(recent, wishes),
  };
};

/** Somebody of a unit stands its post only as long as they are of it; who was never appointed to it is not asked. */
const termsOf = (organisation: Organisation, posts: readonly (readonly [UnitId, PostRules])[]): DraftRules['terms'] => {
  const terms = new Map<PersonId, (at: number) => boolean>();
  for (const [unitId, { pool, leaders }] of posts) {
    for (const personId of [...pool, ...leaders]) {
      const own = organisation.appointments.filter((one) => one.personId === personId && one.of === unitId);
      if (own.length > 0 && !terms.has(personId)) terms.set(personId, (at) => own.some((one) => isInTerm(one, at)));
    }
  }
  return terms;
};

/** Who is replaced or sent away by what was agreed on top of the plan is away as long as that holds. */
const agreedAway = ({ overrides = [] }: Roster): readonly Away[] =>
  overrides.flatMap(({ out, from, to }) => (out === undefined ? [] : [{ personId: out, from, to }]));

/**
 * The rules of a draft: what is wished, and where nothing is wished what each post has done so far. Officers come from
 * 值班员, then from who has stood the post, then 联络人 and 联系人; 带班领导 only from those who have the rank. `roster` is
 * the plan. Pure.
 */
export const draftRulesFor = (
  organisation: Organisation,
  roster: Roster,
  frame: DraftFrame,
  asked: { readonly postIds: readonly PostId[]; readonly fromDate: string; readonly toDate: string; readonly variant: number },
  wishes: DraftWishes = {},
): DraftRules => {
  const instant = (date: string): number => Temporal.PlainDate.from(date).toZonedDateTime(frame.zone).epochMilliseconds;
  const window = { fromAt: instant(asked.fromDate), toAt: instant(addDays(asked.toDate, 1)) };
  const posts = roster.posts
    .filter(({ id }) => asked.postIds.includes(id))
    .map((post) => {
      const own = roster.shifts.filter(
        ({ postId, from }) => postId === post.id && from < window.fromAt && from >= window.fromAt - lookBackMs,
      );
      return [post.unitId, rulesOfPost(post, own, organisation, frame, wishes, window)] as const;
    });
  return {
    zone: frame.zone,
    table: frame.table,
    posts: posts.map(([, rules]) => rules),
    restMs: wishes.restMs ?? Math.max(usualRestMs, wishes.leastRestMs ?? 0),
    mostInRow: wishes.mostInRow ?? usualInRow,
    wishes: wishes.wishes ?? [],
    away: [...agreedAway(roster), ...(wishes.away ?? [])],
    terms: termsOf(organisation, posts),
    variant: asked.variant,
  };
};
