import type { Understood } from '../../domain/command/intent.ts';
import { evolveRound, openRound, type Round } from '../../domain/contact/round.ts';
import { obligationIdOf } from '../../domain/escalation/decide.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import type { Post } from '../../domain/roster/roster.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Transition } from '../../ports/store.ts';
import { standingContacts, subjectsOf } from '../contact/advance-round.ts';
import { applyAll, beginChange, decideIn, mayOpenCheck, put, readInto, toTransition } from '../change.ts';
import { mayStartCheck } from '../views/acts-on.ts';
import { isInForce, watchIdOf, type World } from '../world.ts';
import { readDialogue, writeDialogue } from './dialogue.ts';
import { nameOf, reply, type Turn } from './speaker.ts';

/** Those of the posts, or people, that have no check open: the others are being asked already. */
const askable = async <Asked extends { readonly id: string }>(
  world: World,
  subjects: readonly Asked[],
  now: number,
): Promise<readonly Asked[]> => {
  const watches = await world.store.load(subjects.map(({ id }) => watchIdOf(id)));
  return subjects.filter((_, index) => {
    const aggregate = watches[index]?.aggregate;
    return aggregate?.type === 'watch' && mayOpenCheck(world, aggregate.state, now);
  });
};

/** Posts that a button means: one, or all of a unit. */
const postsOf = ({ directory }: World, subject: string): readonly Post[] =>
  directory.roster.posts.filter((post) => post.id === subject || post.unitId === subject);

/** Those of them that would be asked now. */
export const postsToAsk = (world: World, subject: string, now: number): Promise<readonly Post[]> =>
  askable(world, postsOf(world, subject), now);

/** Whoever is bound to be reachable without a shift is asked themselves, by the office. */
const mayAskContact = (world: World, subject: string, personId: PersonId, now: number): boolean =>
  isOffice(world.directory, personId, now) && standingContacts(world).includes(subject);

/** Whether somebody would be asked now as a standing contact, by `personId`. */
export const isContactToAsk = async (world: World, subject: string, personId: PersonId, now: number): Promise<boolean> =>
  mayAskContact(world, subject, personId, now) && (await askable(world, [{ id: subject }], now)).length > 0;

const begin = async (turn: Turn, target: Round['target'], subjects?: readonly string[]): Promise<void> => {
  const { world, change, person } = turn;
  const named = subjects === undefined ? {} : { subjects };
  const event = openRound({ cause: 'manual', target, openedAt: change.now, openedBy: person.id, ...named }, change.now);
  const round = evolveRound(undefined, event)!;
  applyAll(world, change, [event]);
  readInto(change, round.id, undefined);
  put(change, round.id, { type: 'round', state: round }, change.now);
  const lastAct = { kind: 'startCheck', obligationIds: [round.id], at: change.now };
  writeDialogue(turn, { ...(await readDialogue(turn)), lastAct });
};

const startContactCheck = async (turn: Turn, subject: string): Promise<readonly Notice[]> => {
  const { world, change } = turn;
  if ((await askable(world, [{ id: subject }], change.now)).length === 0) return [reply(turn, 'reply.refused', { reason: 'checkOpen' })];
  await begin(turn, 'standing', [subject]);
  return [reply(turn, 'reply.contactAsked', { name: nameOf(world, subject) })];
};

/** A check of one post, of one unit or of all, by the office and the shift leaders. `subject`: the post, the unit or the standing contact that a button means. */
export const startCheck = async (
  turn: Turn,
  said: Pick<Understood, 'units' | 'unit' | 'isForAll'> & { readonly subject?: string },
): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  if (!mayStartCheck(world.directory, person.id, change.now)) {
    return [reply(turn, 'reply.refused', { reason: 'wrongRole' })];
  }
  if (!isInForce(world.settings, change.now)) return [reply(turn, 'reply.refused', { reason: 'notInForce' })];
  if (said.subject !== undefined && mayAskContact(world, said.subject, person.id, change.now)) return startContactCheck(turn, said.subject);
  const units = (said.units ?? (said.unit ? [said.unit] : [])).map((unit) => unit.id);
  const { subject } = said;
  const isForAll = units.length === 0 && subject === undefined;
  const posts =
    subject === undefined
      ? world.directory.roster.posts.filter((post) => units.length === 0 || units.includes(post.unitId))
      : postsOf(world, subject);
  if (posts.length === 0) return [reply(turn, 'reply.refused', { reason: 'noPost' })];
  const asked = await askable(world, posts, change.now);
  if (asked.length === 0) return [reply(turn, 'reply.refused', { reason: 'checkOpen' })];
  await begin(turn, 'posts', isForAll ? undefined : posts.map((post) => post.id));
  return [
    reply(turn, 'reply.checkStarted', {
      count: asked.length,
      lines: isForAll ? [] : asked.map((post) => nameOf(world, post.id)),
    }),
  ];
};

/** Withdraws what is still open of a round; each by itself, for people answer meanwhile. */
export const withdrawRound = async (turn: Turn, roundId: string): Promise<number> => {
  const { world, change, person } = turn;
  const [stored] = await world.store.load([roundId]);
  if (stored?.aggregate.type !== 'round') return 0;
  const round = stored.aggregate.state;
  if (round.phase === 'opening') {
    // Nobody has been asked yet, and nobody shall be.
    const event: LedgerEvent = {
      at: change.now,
      event: 'RoundClosed',
      actor: person.id,
      data: { roundId, asked: 0, silent: 0, reason: 'undone' },
    };
    readInto(change, roundId, stored);
    put(change, roundId, { type: 'round', state: evolveRound(round, event)! }, change.now + undoneKeptMs);
    applyAll(world, change, [event]);
  }
  return (await withdrawOpenOf(world, round, 'undone', person.id)).length;
};

const undoneKeptMs = 3_600_000;

const chunkSize = 250;

const withdrawChunk = async (
  world: World,
  round: Round,
  subjects: readonly string[],
  reason: string,
  personId: string,
): Promise<readonly string[]> => {
  const ids = subjects.map((subject) => obligationIdOf('check', subject, round.openedAt));
  const [obligations, watches] = await Promise.all([world.store.load(ids), world.store.load(subjects.map(watchIdOf))]);
  const now = world.clock.now();
  const withdrawn: string[] = [];
  // The turn may be run again: what its first run has withdrawn still counts.
  const before: string[] = [];
  const transitions: Transition[] = [];
  for (const [index, o] of obligations.entries()) {
    if (o?.aggregate.type !== 'obligation' || o.aggregate.state.roundId !== round.id) continue;
    if (o.aggregate.state.endReason === reason) before.push(subjects[index]!);
    if (isEnded(o.aggregate.state)) continue;
    const change = beginChange(world, now);
    readInto(change, o.id, o);
    const watch = watches[index];
    if (watch) readInto(change, watch.id, watch);
    decideIn(world, change, o.id, { type: 'withdraw', reason, personId });
    transitions.push(toTransition(change));
    withdrawn.push(subjects[index]!);
  }
  const results = transitions.length === 0 ? [] : await world.store.commit(transitions, world.campaignVersion);
  return [...before, ...withdrawn.filter((_, index) => results[index] === 'committed')];
};

/** Withdraws what is open of a round; answers whose it was. Whoever answered meanwhile has answered. */
const withdrawOpenOf = async (world: World, round: Round, reason: string, personId: string): Promise<readonly string[]> => {
  const subjects = subjectsOf(world, round);
  const withdrawn: string[] = [];
  for (let from = 0; from < subjects.length; from += chunkSize) {
    withdrawn.push(...(await withdrawChunk(world, round, subjects.slice(from, from + chunkSize), reason, personId)));
  }
  return withdrawn;
};

/** The channel is looked after: whoever was silent in that round is asked anew, with the whole window before them. */
export const restartRound = async (turn: Turn, failure: Obligation): Promise<void> => {
  const { world, change, person } = turn;
  const [stored] = await world.store.load([failure.subject.slice(1)]);
  if (stored?.aggregate.type !== 'round') return;
  const failed = stored.aggregate.state;
  const subjects = await withdrawOpenOf(world, failed, 'channelFailure', person.id);
  if (subjects.length === 0) return;
  const event = openRound({ cause: 'restart', target: failed.target, openedAt: change.now, openedBy: person.id, subjects }, change.now);
  const round = evolveRound(undefined, event)!;
  applyAll(world, change, [event]);
  readInto(change, round.id, undefined);
  put(change, round.id, { type: 'round', state: round }, change.now);
};
