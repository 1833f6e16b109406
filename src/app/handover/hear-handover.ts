import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { HandoverRefusal } from '../../domain/handover/decide-handover.ts';
import { newcomersOf } from '../../domain/handover/relief.ts';
import { hasAccepted, isOver, type Handover } from '../../domain/handover/handover.ts';
import { handoverTextsFor } from '../../messages/handover-texts.ts';
import { handoverAccepted, handoverDelayed, handoverEdges, handoverLog } from '../../messages/vocabulary-handover.ts';
import { proveContact } from '../acts/answer.ts';
import { readOwn, reply, type Turn } from '../acts/speaker.ts';
import { actOnHandover, comingTo, concerning, joinableBy, relieved, waitingFor } from './act-on-handover.ts';
import { clockIdOf } from './keep-handovers.ts';
import { acceptedLine, briefLines, catalogueFor, itemsOf, summaryOf } from './say-handover.ts';
import { sayHandoverLog } from './handover-log.ts';
import { noteFor, showKept } from './note-shift.ts';
import { refuseHandover as refuse } from './refuse-handover.ts';

/** What people say and press about a change of shift. */

/** What an acceptance makes of a turn: who the speaker is now, and what they are told of it. */
export type TakenOver = { readonly turn: Turn; readonly replies: readonly Notice[] };

const localeOf = ({ message }: Turn): string | undefined => message.locale;

/** Accepts each, and goes on as whoever stands those posts now. */
const acceptAll = async (turn: Turn, handovers: readonly Handover[]): Promise<TakenOver> => {
  const { world, person, message, change } = turn;
  const taken: Handover[] = [];
  const refusals: HandoverRefusal[] = [];
  for (const { id } of handovers) {
    const outcome = await actOnHandover(turn, id, { type: 'accept', personId: person.id, channel: message.channel });
    if (typeof outcome === 'string') refusals.push(outcome);
    else taken.push(outcome);
  }
  if (taken.length === 0) return { turn, replies: [refuse(turn, refusals[0] ?? 'handoverNone')] };
  const lines = taken.map((handover) => acceptedLine(world, handover, person.id, change.now, localeOf(turn)));
  return { turn: relieved(turn, taken), replies: [reply(turn, 'reply.handoverAccepted', { lines })] };
};

/** A plain word of being there accepts what the card has just asked to accept; undefined where nothing waits for the speaker. */
export const acceptByAnswer = async (turn: Turn, said: Pick<Understood, 'code' | 'digits'>): Promise<TakenOver | undefined> => {
  if (said.code !== undefined) return undefined;
  const coming = comingTo(turn.world, turn.person.id);
  return coming.length === 0 ? undefined : acceptAll(turn, coming);
};

const acceptNow = async (turn: Turn, handovers: readonly Handover[]): Promise<readonly Notice[]> => {
  const taken = await acceptAll(turn, handovers);
  await readOwn(taken.turn);
  proveContact(taken.turn, taken.turn === turn ? 'contact' : 'presence');
  return taken.replies;
};

/** Why nothing of it is the speaker's to accept. */
const whyNone = ({ world, person }: Turn): HandoverRefusal => {
  const own = concerning(world, person.id);
  if (own.some((one) => hasAccepted(one, person.id))) return 'handoverJoined';
  return own.length > 0 ? 'handoverOwn' : 'handoverNone';
};

const delay = async (turn: Turn, handovers: readonly Handover[]): Promise<readonly Notice[]> => {
  const { world, person, message } = turn;
  const done: Handover[] = [];
  let refusal: HandoverRefusal | undefined;
  for (const { id } of handovers) {
    const outcome = await actOnHandover(turn, id, { type: 'delay', personId: person.id, channel: message.channel });
    if (typeof outcome === 'string') refusal = outcome;
    else done.push(outcome);
  }
  if (done.length === 0) return [refuse(turn, refusal ?? whyNone(turn))];
  return [reply(turn, 'reply.handoverDelayed', { lines: done.map((one) => summaryOf(world, one, localeOf(turn))) })];
};

/** How it stands with the speaker's own change of shift, with the buttons of their side. */
const show = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, person } = turn;
  const own = concerning(world, person.id);
  if (own.length === 0) return turn.message.isGroup ? [] : ((await showKept(turn)) ?? [refuse(turn, 'handoverNone')]);
  const locale = localeOf(turn);
  const texts = handoverTextsFor(locale);
  const itemOf = await itemsOf(world, own);
  const lines = own.flatMap((one) => [summaryOf(world, one, locale), ...briefLines(world, one, itemOf, catalogueFor(locale), texts)]);
  const [first] = own;
  const isComing = newcomersOf(first!.incoming, first!.outgoing).includes(person.id);
  const side = !isComing ? 'outgoing' : hasAccepted(first!, person.id) ? 'none' : 'incoming';
  return [reply(turn, 'reply.handoverShown', { lines, side, ...(own.length === 1 ? { obligationId: clockIdOf(first!) } : {}) })];
};

/** Words about a change of shift; undefined where it is about something else. */
export const hearHandover = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  if (said.intent !== 'handover') return undefined;
  const { world, person } = turn;
  await readOwn(turn);
  proveContact(turn, 'contact');
  if (said.note !== undefined) return noteFor(turn, said.note);
  const plain = said.text.normalize('NFKC').replaceAll(handoverEdges, '');
  if (handoverLog.test(plain)) return sayHandoverLog(turn, said);
  const waiting = comingTo(world, person.id);
  const isAccepting = handoverAccepted.test(plain);
  const coming = isAccepting && waiting.length === 0 ? await joinableBy(world, person.id, turn.change.now) : waiting;
  if (isAccepting) return coming.length === 0 ? [refuse(turn, whyNone(turn))] : acceptNow(turn, coming);
  if (handoverDelayed.test(plain)) return delay(turn, coming);
  return show(turn);
};

/** A button that comes too late: whoever has a part in it reads who took over when, and nobody else does. */
const refuseOver = async (turn: Turn, clockId: string): Promise<Notice> => {
  const { world, person } = turn;
  const load = async (id: string) => (await world.store.load([id]))[0]?.aggregate;
  const clock = await load(clockId);
  const found = clock?.type === 'obligation' && clock.state.itemId ? await load(clock.state.itemId) : undefined;
  const over = found?.type === 'handover' && isOver(found.state) ? found.state : undefined;
  const isTheirs = over !== undefined && [...over.outgoing, ...over.incoming].some(({ personId }) => personId === person.id);
  if (!isTheirs) return refuse(turn, 'handoverOver');
  const locale = localeOf(turn);
  return reply(turn, 'reply.handoverShown', { lines: [handoverTextsFor(locale).refusals.handoverOver, summaryOf(world, over, locale)] });
};

const longestInput = 4_000;

/** A button of such a card; undefined for one that is about something else. */
export const pressHandover = async (turn: Turn, value: unknown): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, obligationId, note: text } = value as Record<string, unknown>;
  const isOfClock = typeof obligationId === 'string' && obligationId.startsWith('okh');
  const isAccepting = action === 'acceptHandover' || (isOfClock && (action === 'acknowledge' || action === 'takeOver'));
  if (!isAccepting && action !== 'delayHandover' && action !== 'noteHandover') return undefined;
  const { world, person } = turn;
  const isMeant = (one: Handover): boolean => clockIdOf(one) === obligationId;
  if (action === 'noteHandover')
    return noteFor(turn, typeof text === 'string' ? text.slice(0, longestInput) : '', isOfClock ? isMeant : undefined);
  const waiting = isOfClock ? waitingFor(world, obligationId) : undefined;
  const meant = waiting?.length === 0 && isAccepting ? (await joinableBy(world, person.id, turn.change.now)).filter(isMeant) : waiting;
  if (isOfClock && meant?.length === 0) return [await refuseOver(turn, obligationId)];
  if (action === 'delayHandover') return delay(turn, meant ?? comingTo(world, person.id));
  const handovers = meant ?? comingTo(world, person.id);
  return handovers.length === 0 ? [refuse(turn, whyNone(turn))] : acceptNow(turn, handovers);
};
