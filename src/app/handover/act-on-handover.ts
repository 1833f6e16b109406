import { decideHandover, type HandoverCommand, type HandoverRefusal } from '../../domain/handover/decide-handover.ts';
import { effectiveAt, evolveHandover, forgottenAt, hasAccepted, isOver, type Handover } from '../../domain/handover/handover.ts';
import { newcomersOf, officersOf } from '../../domain/handover/relief.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import type { Stored } from '../../ports/store.ts';
import { withEntries } from '../../domain/layered-map.ts';
import { decideIn, put, readInto } from '../change.ts';
import { subjectsOfPerson, type Turn } from '../acts/speaker.ts';
import { contextOf, watchIdOf, type World } from '../world.ts';
import { clockIdOf } from './keep-handovers.ts';
import { readHandovers } from './read-handovers.ts';
import { bookOf, waitingAt, type Handovers } from './waiting.ts';

/** Whom and which clocks what waits is about. The same as long as the book is: what waits is never about others. */
type Concern = { readonly posts: ReadonlyMap<string, readonly string[]>; readonly byClock: ReadonlyMap<string, string> };

const nobody: Concern = { posts: new Map(), byClock: new Map() };
const concerns = new WeakMap<Stored, Concern>();

const concernsOf = ({ stored, waiting }: Handovers): Concern => {
  if (stored === undefined) return nobody;
  const known = concerns.get(stored);
  if (known) return known;
  const posts = new Map<string, string[]>();
  const byClock = new Map<string, string>();
  for (const postId of waiting.keys()) {
    const handover = waitingAt({ waiting }, postId);
    if (!handover) continue;
    byClock.set(clockIdOf(handover), postId);
    for (const personId of new Set([...handover.incoming, ...handover.outgoing].map((one) => one.personId)))
      posts.set(personId, [...(posts.get(personId) ?? []), postId]);
  }
  const found = { posts, byClock };
  concerns.set(stored, found);
  return found;
};

/** Those in the book that somebody has a part in, on either side. */
const bookedFor = ({ handovers }: World, personId: string): readonly Handover[] =>
  (concernsOf(handovers).posts.get(personId) ?? []).flatMap((postId) => waitingAt(handovers, postId) ?? []);

/** The one that a clock is about, as long as it waits, as the bot looked at it when the message came. */
export const waitingFor = ({ handovers }: World, clockId: string): readonly Handover[] => {
  const postId = concernsOf(handovers).byClock.get(clockId);
  const found = postId === undefined ? undefined : waitingAt(handovers, postId);
  return found && found.acceptedAt === undefined ? [found] : [];
};

const isComing = ({ incoming, outgoing }: Handover, personId: string): boolean => newcomersOf(incoming, outgoing).includes(personId);

/** Those that somebody is to accept. */
export const comingTo = (world: World, personId: string): readonly Handover[] =>
  concerning(world, personId).filter((one) => isComing(one, personId) && !hasAccepted(one, personId));

/** Those that another has accepted for the post, and somebody who comes has not said so yet: of shifts that go on. */
export const joinableBy = async (world: World, personId: string, now: number): Promise<readonly Handover[]> => {
  const last = bookOf(world.handovers)?.last;
  const posts = world.byRoster.postsOf.get(personId) ?? [];
  const ids = posts.flatMap((postId) => last?.[postId] ?? []);
  const found = ids.length === 0 ? [] : await world.store.load(ids);
  const over = found.flatMap((one) => (one?.aggregate.type === 'handover' ? [one.aggregate.state] : []));
  // In a book that an older version wrote, none is named.
  const known = last === undefined ? await readHandovers(world.store) : [...over, ...bookedFor(world, personId)];
  return known.filter((one) => one.acceptedAt !== undefined && now < one.endsAt && isComing(one, personId) && !hasAccepted(one, personId));
};

/** Those that somebody has a part in, on either side, and that wait. */
export const concerning = (world: World, personId: string): readonly Handover[] =>
  bookedFor(world, personId).filter(({ acceptedAt }) => acceptedAt === undefined);

/** Those that somebody may still add a note to: accepted ahead, they are read until the boundary. */
export const notableBy = (world: World, personId: string, now: number): readonly Handover[] =>
  bookedFor(world, personId).filter((one) => one.acceptedAt === undefined || now < effectiveAt(one));

/** As it is now; what this change has read already stays as it is. */
const readHandover = async ({ world, change }: Turn, id: string): Promise<Handover | undefined> => {
  if (!change.entries.has(id)) readInto(change, id, (await world.store.load([id]))[0]);
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'handover' ? aggregate.state : undefined;
};

const noticeTo = (to: string, template: Notice['template'], handover: Handover, params: NonNullable<Notice['params']>): Notice => ({
  to,
  via: 'card',
  template,
  params: { postId: handover.postId, ...params },
});

/** The other side hears of it; nobody hears of their own action. */
const announce = (handover: Handover, event: LedgerEvent): readonly Notice[] => {
  const { outgoing, incoming } = handover;
  const leaving = officersOf(outgoing).filter((personId) => personId !== event.actor);
  const by = event.actor!;
  if (event.event === 'HandoverAccepted')
    return newcomersOf(outgoing, incoming)
      .filter((personId) => personId !== by)
      .map((to) => noticeTo(to, 'handover.relieved', handover, { by, untilAt: effectiveAt(handover), acceptedAt: event.at }));
  if (event.event === 'HandoverJoined')
    return isOver(handover) ? [] : leaving.map((to) => noticeTo(to, 'handover.joined', handover, { by, left: stillToCome(handover) }));
  if (event.event === 'HandoverDelayed') return leaving.map((to) => noticeTo(to, 'handover.delayed', handover, { by }));
  const { text } = handover.notes.at(-1)!;
  return newcomersOf(incoming, outgoing)
    .filter((personId) => personId !== by)
    .map((to) => noticeTo(to, 'handover.noted', handover, { by, note: text }));
};

/** Those who come and have not said so yet. */
export const stillToCome = (handover: Handover): readonly string[] =>
  newcomersOf(handover.incoming, handover.outgoing).filter((personId) => !hasAccepted(handover, personId));

/** One act on one handover; the reason where it is refused. */
export const actOnHandover = async (turn: Turn, handoverId: string, command: HandoverCommand): Promise<HandoverRefusal | Handover> => {
  const { world, change } = turn;
  const handover = await readHandover(turn, handoverId);
  if (!handover) return 'handoverOver';
  const { events, refusal } = decideHandover(handover, command, world.settings.handover.windowMs, change.now);
  if (refusal) return refusal;
  let state = handover;
  for (const event of events) {
    change.events.push(event);
    state = evolveHandover(state, event)!;
    change.notices.push(...announce(state, event));
  }
  // When it takes effect that is written down at once: what the roster says later changes nothing of it.
  const takesEffect = state.acceptedAt !== undefined && (!isOver(handover) || effectiveAt(state) > change.now);
  put(change, state.id, { type: 'handover', state }, takesEffect ? effectiveAt(state) : isOver(state) ? forgottenAt(state) : null);
  if (!isOver(handover) && isOver(state)) await endClock(turn, state);
  return state;
};

const endClock = async ({ world, change, person, message }: Turn, handover: Handover): Promise<void> => {
  const ids = [clockIdOf(handover), watchIdOf(handover.postId)].filter((id) => !change.entries.has(id));
  const found = await world.store.load(ids);
  for (const [index, id] of ids.entries()) readInto(change, id, found[index]);
  decideIn(world, change, clockIdOf(handover), { type: 'answer', personId: person.id, channel: message.channel });
};

/** The same turn, in which the speaker stands the posts that they have just taken over. */
export const relieved = (turn: Turn, taken: readonly Handover[]): Turn => {
  const inEffect = taken.filter((handover) => isOver(handover) && effectiveAt(handover) <= turn.change.now);
  if (inEffect.length === 0) return turn;
  const held = withEntries(
    turn.world.directory.held,
    inEffect.map(({ postId }) => [postId, undefined]),
  );
  const world = { ...turn.world, directory: { ...turn.world.directory, held } };
  const subjects = subjectsOfPerson(world, turn.person.id, turn.change.now);
  // What the change has gathered so far is the same; only who stands what has moved on.
  return { ...turn, world, change: { ...turn.change, context: contextOf(world) }, ownNow: subjects.now, ownLately: subjects.lately };
};
