import { decideHandover, type HandoverCommand, type HandoverRefusal } from '../../domain/handover/decide-handover.ts';
import { effectiveAt, evolveHandover, hasAccepted, isOver, type Handover } from '../../domain/handover/handover.ts';
import { newcomersOf, officersOf } from '../../domain/handover/relief.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { decideIn, put, readInto } from '../change.ts';
import { subjectsOfPerson, type Turn } from '../acts/speaker.ts';
import { contextOf, watchIdOf, type World } from '../world.ts';
import { clockIdOf } from './keep-handovers.ts';
import { readHandovers } from './read-handovers.ts';

/** What waits, as the bot looked at it when the message came. */
export const waitingIn = ({ handovers }: World): readonly Handover[] =>
  Object.values(handovers.book?.pending ?? {}).filter(({ acceptedAt }) => acceptedAt === undefined);

const isComing = ({ incoming, outgoing }: Handover, personId: string): boolean => newcomersOf(incoming, outgoing).includes(personId);

/** Those that somebody is to accept. */
export const comingTo = (world: World, personId: string): readonly Handover[] =>
  waitingIn(world).filter((one) => isComing(one, personId) && !hasAccepted(one, personId));

/** Those that another has accepted for the post, and somebody who comes has not said so yet: of shifts that go on. */
export const joinableBy = async ({ store }: Pick<World, 'store'>, personId: string, now: number): Promise<readonly Handover[]> =>
  (await readHandovers(store)).filter(
    (one) => one.acceptedAt !== undefined && now < one.endsAt && isComing(one, personId) && !hasAccepted(one, personId),
  );

/** Those that somebody has a part in, on either side. */
export const concerning = (world: World, personId: string): readonly Handover[] => waitingIn(world).filter((one) => isIn(one, personId));

const isIn = ({ incoming, outgoing }: Handover, personId: string): boolean =>
  [...incoming, ...outgoing].some((one) => one.personId === personId);

/** Those that somebody may still add a note to: accepted ahead, they are read until the boundary. */
export const notableBy = ({ handovers }: World, personId: string, now: number): readonly Handover[] =>
  Object.values(handovers.book?.pending ?? {}).filter(
    (one) => isIn(one, personId) && (one.acceptedAt === undefined || now < effectiveAt(one)),
  );

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
  put(change, state.id, { type: 'handover', state }, takesEffect ? effectiveAt(state) : null);
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
  const inEffect = taken.filter((handover) => isOver(handover) && effectiveAt(handover) <= turn.change.now).map(({ postId }) => postId);
  if (inEffect.length === 0) return turn;
  const held = new Map([...turn.world.directory.held].filter(([postId]) => !inEffect.includes(postId)));
  const world = { ...turn.world, directory: { ...turn.world.directory, held } };
  const subjects = subjectsOfPerson(world, turn.person.id, turn.change.now);
  // What the change has gathered so far is the same; only who stands what has moved on.
  return { ...turn, world, change: { ...turn.change, context: contextOf(world) }, ownNow: subjects.now, ownLately: subjects.lately };
};
