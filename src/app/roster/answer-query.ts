import type { Understood } from '../../domain/command/intent.ts';
import { incomingAt } from '../../domain/escalation/resolve.ts';
import { holdersAt, isOffice, type Directory } from '../../domain/organisation/directory.ts';
import type { PersonId, UnitId } from '../../domain/organisation/organisation.ts';
import type { DutyRole, Post, Shift } from '../../domain/roster/roster.ts';
import { rosterTextsFor } from '../../messages/roster-texts.ts';
import { holesIn, rosterSpan, shiftsMeant, shiftsOfPerson, shiftsTouching, type Asked } from './query-shifts.ts';
import { writeAnswer } from './query-texts.ts';

/** `phone` is ready to show: whole for those who may call, else masked. */
export type HolderRow = { readonly role: DutyRole; readonly name: string; readonly phone: string };

export type DutyRow = {
  readonly post: string;
  /** A function's number, not a person's: shown to everybody. */
  readonly landline?: string;
  readonly fromAt: number;
  readonly toAt?: number;
  /** Nobody where the post is empty then. */
  readonly holders: readonly HolderRow[];
  /** Names of those who are to take it over and have not accepted. */
  readonly notHandedOverTo?: readonly string[];
};

export type ShiftRow = {
  readonly post: string;
  readonly role: DutyRole;
  readonly fromAt: number;
  /** Absent where it lasts until somebody accepts it. */
  readonly toAt?: number;
  readonly isNow: boolean;
  /** Stood on beyond its end, for nobody has accepted it. */
  readonly isHeldOn?: boolean;
};

export type Problem = 'dateUnreadable' | 'noPost' | 'outsideRoster' | 'noShifts' | 'notOnDuty';

/** What a question about the roster gives, before anybody puts it into words. */
export type QueryAnswer =
  | {
      readonly template: 'reply.whoIsOnDuty' | 'reply.roster';
      readonly asked: Asked;
      readonly rows: readonly DutyRow[];
      readonly problem?: Problem;
      readonly name?: string;
      /** The whole roster's, where the time asked for lies outside. */
      readonly roster?: Asked;
    }
  | { readonly template: 'reply.myShifts'; readonly rows: readonly ShiftRow[]; readonly problem?: Problem }
  | { readonly template: 'reply.usage' };

export type QueryReply = { readonly template: QueryAnswer['template']; readonly params: { readonly lines: readonly string[] } };

const rosterDays = 7;

/** The units whose posts a person stands or that they are appointed to: those they may speak for. */
export const unitsOfPerson = (directory: Directory, personId: PersonId, now: number): ReadonlySet<UnitId> => {
  const units = new Set<UnitId>();
  for (const appointment of directory.appointmentsOf.get(personId) ?? []) {
    const isInForce = appointment.from <= now && (appointment.to === undefined || now < appointment.to);
    if (isInForce && directory.units.has(appointment.of)) units.add(appointment.of);
  }
  for (const postId of directory.postsOf.get(personId) ?? []) {
    const unitId = directory.posts.get(postId)?.unitId;
    if (unitId !== undefined) units.add(unitId);
  }
  return units;
};

const showPhone = (mobile: string, isWhole: boolean): string => {
  if (mobile.length !== 11) return isWhole ? mobile : '*'.repeat(Math.min(mobile.length, 8));
  return `${mobile.slice(0, 3)}-${isWhole ? mobile.slice(3, 7) : '****'}-${mobile.slice(7)}`;
};

/** Everything that a question needs beside itself. */
type Asking = {
  readonly understood: Understood;
  readonly directory: Directory;
  readonly now: number;
  readonly timeZone: string;
  readonly ownUnits: ReadonlySet<UnitId>;
  readonly isOfOffice: boolean;
};

const toDutyRow = (
  { directory, ownUnits, isOfOffice }: Asking,
  post: Post,
  shift: Pick<Shift, 'from' | 'holders'> & { readonly to?: number },
): DutyRow => {
  const isWhole = isOfOffice || ownUnits.has(post.unitId);
  return {
    post: post.name,
    ...(post.landline && { landline: post.landline }),
    fromAt: shift.from,
    ...(shift.to !== undefined && { toAt: shift.to }),
    holders: shift.holders.map(({ role, personId }) => {
      const person = directory.people.get(personId);
      return { role, name: person?.name ?? personId, phone: person ? showPhone(person.mobile, isWhole) : '' };
    }),
  };
};

const postsNamed = ({ understood, directory }: Asking): readonly Post[] | undefined => {
  const units = understood.units ?? (understood.unit ? [understood.unit] : []);
  if (units.length === 0) return undefined;
  return directory.roster.posts.filter((post) => units.some((unit) => unit.id === post.unitId));
};

const startOfDay = (at: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay();

const askedIn = ({ understood }: Asking): Asked | undefined =>
  understood.fromAt === undefined
    ? undefined
    : { fromAt: understood.fromAt, ...(understood.toAt !== undefined && { toAt: understood.toAt }) };

/** Until it is handed over whoever stood the post before stands the shift that runs. */
const heldRow = (asking: Asking, post: Post, shift: Shift): DutyRow | undefined => {
  const { directory, now } = asking;
  const held = directory.held.get(post.id);
  if (!held || held.from > now || shift.from > now || now >= shift.to) return undefined;
  const coming = incomingAt(directory, post.id, now).map((personId) => directory.people.get(personId)?.name ?? personId);
  return { ...toDutyRow(asking, post, { ...shift, holders: held.holders }), notHandedOverTo: coming };
};

/** Shifts and holes of one post, in order of time. */
const rowsOf = (asking: Asking, post: Post, asked: Asked): readonly DutyRow[] => {
  const shifts = shiftsMeant(asking.directory, post.id, asked, asking.timeZone).filter((shift) => shift.holders.length > 0);
  const holes = holesIn(shiftsTouching(asking.directory, post.id, asked), asked);
  const rows = [
    ...shifts.map((shift) => heldRow(asking, post, shift) ?? toDutyRow(asking, post, shift)),
    ...holes.map((hole) => toDutyRow(asking, post, { from: hole.fromAt, ...(hole.toAt !== undefined && { to: hole.toAt }), holders: [] })),
  ];
  return rows.sort((a, b) => a.fromAt - b.fromAt);
};

const answerWho = (asking: Asking): QueryAnswer => {
  const { understood, directory, now } = asking;
  const template = 'reply.whoIsOnDuty';
  const asked = askedIn(asking) ?? { fromAt: now };
  if (understood.isDateUnreadable) return { template, asked, rows: [], problem: 'dateUnreadable' };
  const ids = understood.person?.ids ?? [];
  if (understood.person && ids.length > 0) {
    const shifts = ids.flatMap((id) => shiftsOfPerson(directory, id, asked));
    const rows = shifts.map((shift) =>
      toDutyRow(asking, directory.posts.get(shift.postId)!, {
        ...shift,
        holders: shift.holders.filter((holder) => ids.includes(holder.personId)),
      }),
    );
    return { template, asked, rows, name: understood.person.name, ...(rows.length === 0 && { problem: 'notOnDuty' as const }) };
  }
  const posts = postsNamed(asking) ?? directory.roster.posts;
  const roster = rosterSpan(directory);
  const isOutside = roster && (asked.fromAt >= roster.toAt || (asked.toAt ?? asked.fromAt + 1) <= roster.fromAt);
  if (posts.length > 0 && isOutside) return { template, asked, rows: [], problem: 'outsideRoster', roster };
  return {
    template,
    asked,
    rows: posts.flatMap((post) => rowsOf(asking, post, asked)),
    ...(posts.length === 0 && { problem: 'noPost' as const }),
  };
};

const answerRoster = (asking: Asking): QueryAnswer => {
  const { understood, directory, now, timeZone, ownUnits } = asking;
  const template = 'reply.roster';
  const today = startOfDay(now, timeZone);
  const asked = askedIn(asking) ?? { fromAt: today.epochMilliseconds, toAt: today.add({ days: rosterDays }).epochMilliseconds };
  if (understood.isDateUnreadable) return { template, asked, rows: [], problem: 'dateUnreadable' };
  const own = directory.roster.posts.filter((post) => ownUnits.has(post.unitId));
  const posts = postsNamed(asking) ?? (own.length > 0 ? own : directory.roster.posts);
  if (posts.length === 0) return { template, asked, rows: [], problem: 'noPost' };
  const rows = posts.flatMap((post) => shiftsMeant(directory, post.id, asked, timeZone).map((shift) => toDutyRow(asking, post, shift)));
  // Stable: on one day the posts keep the roster's order.
  return { template, asked, rows: rows.sort((a, b) => a.fromAt - b.fromAt), ...(rows.length === 0 && { problem: 'noShifts' as const }) };
};

const answerMine = (asking: Asking, personId: PersonId): QueryAnswer => {
  const { understood, directory, now } = asking;
  const template = 'reply.myShifts';
  if (understood.isDateUnreadable) return { template, rows: [], problem: 'dateUnreadable' };
  const asked = askedIn(asking) ?? { fromAt: now, toAt: Number.POSITIVE_INFINITY };
  const rows: readonly ShiftRow[] = shiftsOfPerson(directory, personId, asked).map((shift) => ({
    post: directory.posts.get(shift.postId)?.name ?? shift.postId,
    role: shift.holders.find((holder) => holder.personId === personId)!.role,
    fromAt: shift.from,
    toAt: shift.to,
    isNow: shift.from <= now && now < shift.to && holdersAt(directory, shift.postId, now).some((holder) => holder.personId === personId),
  }));
  const all = [...(asked.fromAt <= now && now < (asked.toAt ?? now + 1) ? heldOnBy(asking, personId, rows) : []), ...rows];
  return { template, rows: all, ...(all.length === 0 && { problem: 'noShifts' as const }) };
};

/** Posts that somebody stands on by now because nobody has accepted them; no end of it is known. */
const heldOnBy = ({ directory, now }: Asking, personId: PersonId, rows: readonly ShiftRow[]): readonly ShiftRow[] =>
  [...directory.held].flatMap(([postId, { from, holders }]): readonly ShiftRow[] => {
    const role = holders.find((holder) => holder.personId === personId)?.role;
    const post = directory.posts.get(postId)?.name ?? postId;
    const isSaid = rows.some((row) => row.isNow && row.post === post);
    return role === undefined || from > now || isSaid ? [] : [{ post, role, fromAt: from, isNow: true, isHeldOn: true }];
  });

/** The answer to a question about the roster; every other intent gets the usage. Pure. */
export const answerQuery = (
  understood: Understood,
  directory: Directory,
  personId: PersonId,
  now: number,
  timeZone: string,
): QueryAnswer => {
  const asking: Asking = {
    understood,
    directory,
    now,
    timeZone,
    ownUnits: unitsOfPerson(directory, personId, now),
    isOfOffice: isOffice(directory, personId, now),
  };
  if (understood.intent === 'whoIsOnDuty') return answerWho(asking);
  if (understood.intent === 'roster') return answerRoster(asking);
  if (understood.intent === 'myShifts') return answerMine(asking, personId);
  return { template: 'reply.usage' };
};

/** The same in words: at most `maxLines` lines, ready to show. `locale`: a BCP 47 tag; Chinese without one. */
export const queryReply = (
  understood: Understood,
  directory: Directory,
  personId: PersonId,
  now: number,
  timeZone: string,
  locale?: string,
): QueryReply => {
  const answer = answerQuery(understood, directory, personId, now, timeZone);
  return { template: answer.template, params: { lines: writeAnswer(answer, timeZone, rosterTextsFor(locale)) } };
};
