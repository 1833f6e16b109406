import type { Notice } from '../../domain/escalation/notice.ts';
import type { Template } from '../../domain/escalation/template.ts';
import { localDay, minuteOfDay } from '../../domain/local-time.ts';
import { holdersAt } from '../../domain/organisation/directory.ts';
import type { Person } from '../../domain/organisation/organisation.ts';
import { owesAnswer } from '../../domain/escalation/decide.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { InboundMessage } from '../../ports/inbox.ts';
import { obligationIn, readInto, watchIn, type Change } from '../change.ts';
import { watchIdOf, type World } from '../world.ts';

/** Who speaks, in which message, and what this message is changing. */
export type Turn = {
  readonly world: World;
  readonly message: InboundMessage;
  readonly person: Person;
  readonly change: Change;
  /** Posts that the speaker holds now as an officer, and the speaker's own standing contact. */
  readonly ownNow: readonly string[];
  /** The same over the last day: cards of a shift that is over still find an answer. */
  readonly ownLately: readonly string[];
};

const lateCardsMs = 24 * 3_600_000;

const holdsAt = (world: World, personId: string, postId: string, at: number): boolean =>
  holdersAt(world.directory, postId, at).some((holder) => holder.personId === personId && holder.role !== 'shiftLeader');

const heldLately = (world: World, personId: string, postId: string, now: number): boolean =>
  (world.directory.shiftsOf.get(postId) ?? []).some(
    (shift) =>
      shift.from <= now &&
      shift.to > now - lateCardsMs &&
      shift.holders.some((holder) => holder.personId === personId && holder.role !== 'shiftLeader'),
  );

/** Standing contacts on leave whose checks come to somebody, or have lately. */
const lookedAfter = ({ directory }: World, personId: string, now: number): readonly string[] =>
  [...directory.substitutes].flatMap(([awayId, leaves]) =>
    awayId !== personId && leaves.some((one) => one.in === personId && one.from <= now && one.to > now - lateCardsMs) ? [awayId] : [],
  );

/** The speaker's subjects, in the order that short codes count them: `a` is the first. */
export const subjectsOfPerson = (
  world: World,
  personId: string,
  now: number,
): { readonly now: readonly string[]; readonly lately: readonly string[] } => {
  const posts = world.directory.postsOf.get(personId) ?? [];
  const held = posts.filter((postId) => holdsAt(world, personId, postId, now));
  const lately = posts.filter((postId) => !held.includes(postId) && heldLately(world, personId, postId, now));
  return { now: [...held, personId], lately: [...held, personId, ...lately, ...lookedAfter(world, personId, now)] };
};

/** Reads the watches of some subjects and what is open about them; what this change has read already stays as it is. */
export const readOpenOf = async (turn: Turn, subjects: readonly string[]): Promise<readonly Obligation[]> => {
  await readMissing(turn, subjects.map(watchIdOf));
  const openIds = subjects.flatMap((subject) => watchIn(turn.change, subject)?.openObligationId ?? []);
  await readMissing(turn, openIds);
  return openIds.flatMap((id) => obligationIn(turn.change, id) ?? []);
};

const readMissing = async ({ world, change }: Turn, ids: readonly string[]): Promise<void> => {
  const missing = ids.filter((id) => !change.entries.has(id));
  const found = missing.length === 0 ? [] : await world.store.load(missing);
  for (const [index, id] of missing.entries()) readInto(change, id, found[index]);
};

/** Reads the speaker's watches and what is open about them. */
export const readOwn = (turn: Turn): Promise<readonly Obligation[]> => readOpenOf(turn, turn.ownLately);

/** Reads what is open and owed by the speaker: what was opened after their shift is their successor's. */
export const readOwed = async (turn: Turn): Promise<readonly Obligation[]> =>
  (await readOwn(turn)).filter((o) => !isEnded(o) && owesAnswer(o, turn.person.id, turn.change.context, turn.change.now));

/** Reads one obligation by its id, with the watch of its subject. */
export const readObligation = async (turn: Turn, obligationId: string): Promise<Obligation | undefined> => {
  const { world, change } = turn;
  const known = obligationIn(change, obligationId);
  if (known) return known;
  const [stored] = await world.store.load([obligationId]);
  if (stored?.aggregate.type !== 'obligation') return undefined;
  readInto(change, obligationId, stored);
  const watchId = watchIdOf(stored.aggregate.state.subject);
  const [watch] = await world.store.load([watchId]);
  if (watch) readInto(change, watchId, watch);
  return stored.aggregate.state;
};

/** A reply to the speaker: in their own conversation, never in a group, and never by ringing up whoever pressed a key. */
export const reply = (turn: Turn, template: Template, params: NonNullable<Notice['params']> = {}): Notice => {
  const { message, person } = turn;
  const base: Notice = {
    to: person.id,
    via: 'card',
    template,
    params: message.locale?.startsWith('en') ? { ...params, locale: 'en' } : params,
  };
  if (message.isGroup || message.phone === 'mobile' || message.phone === 'landline') return base;
  return { ...base, reply: { channel: message.channel, ...(message.reference === undefined ? {} : { reference: message.reference }) } };
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

export const timeOf = (world: World, at: number): string => {
  const minute = minuteOfDay(world.settings.timeZone, at);
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
};

/** A post or a person by their name, a unit by the name that people use, a group by its own. */
export const nameOf = ({ directory }: World, subject: string): string => {
  const unit = directory.units.get(subject);
  if (unit) return unit.aliases[0] ?? unit.name;
  const group = () => directory.organisation.groups.find(({ id }) => id === subject)?.name;
  return directory.posts.get(subject)?.name ?? directory.people.get(subject)?.name ?? group() ?? '';
};

/** How a check is named to people: whose it is, and when it was asked; the day too where it was not today. */
export const labelOf = (world: World, o: Obligation, now: number): string => {
  const { timeZone } = world.settings;
  const day = localDay(timeZone, o.openedAt).date;
  const date = day === localDay(timeZone, now).date ? '' : `${day.slice(5)} `;
  return `${nameOf(world, o.subject)} ${date}${timeOf(world, o.openedAt)}`;
};
