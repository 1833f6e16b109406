import type { Understood } from '../../domain/command/intent.ts';
import { evolveRound, openRound, type Round } from '../../domain/contact/round.ts';
import { obligationIdOf } from '../../domain/escalation/decide.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { holdersAt, isOffice } from '../../domain/organisation/directory.ts';
import { subjectsOf } from '../advance-round.ts';
import { applyAll, beginChange, decideIn, put, readInto, toTransition } from '../change.ts';
import { dialogueIdOf, watchIdOf, type World } from '../world.ts';
import { nameOf, reply, type Turn } from './speaker.ts';

const isShiftLeader = (world: World, personId: string, now: number): boolean =>
  world.directory.roster.posts.some((post) => holdersAt(world.directory, post.id, now).some((holder) => holder.role === 'shiftLeader' && holder.personId === personId));

/** A check of one unit or of all, by the office and the shift leaders. */
export const startCheck = async (turn: Turn, said: Pick<Understood, 'units' | 'unit' | 'isForAll'>): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  if (!isOffice(world.directory, person.id, change.now) && !isShiftLeader(world, person.id, change.now)) {
    return [reply(turn, 'reply.refused', { reason: 'wrongRole' })];
  }
  const units = (said.units ?? (said.unit ? [said.unit] : [])).map((unit) => unit.id);
  const posts = world.directory.roster.posts.filter((post) => units.length === 0 || units.includes(post.unitId));
  if (posts.length === 0) return [reply(turn, 'reply.refused', { reason: 'noPost' })];
  const named = units.length === 0 ? {} : { subjects: posts.map((post) => post.id) };
  const event = openRound({ cause: 'manual', target: 'posts', openedAt: change.now, openedBy: person.id, ...named }, change.now);
  const round = evolveRound(undefined, event)!;
  applyAll(world, change, [event]);
  readInto(change, round.id, undefined);
  put(change, round.id, { type: 'round', state: round }, change.now);
  const dialogueId = dialogueIdOf(person.id);
  const [stored] = await world.store.load([dialogueId]);
  readInto(change, dialogueId, stored);
  const lastAct = { kind: 'startCheck', obligationIds: [round.id], at: change.now };
  put(change, dialogueId, { type: 'dialogue', state: { personId: person.id, lastAct } }, change.now + 3_600_000);
  return [reply(turn, 'reply.checkStarted', { count: posts.length, lines: units.length === 0 ? [] : posts.map((post) => nameOf(world, post.id)) })];
};

/** Withdraws what is still open of a round; each by itself, for people answer meanwhile. */
export const withdrawRound = async (turn: Turn, roundId: string): Promise<number> => {
  const [stored] = await turn.world.store.load([roundId]);
  return stored?.aggregate.type === 'round' ? withdrawOpenOf(turn.world, stored.aggregate.state, 'undone', turn.person.id) : 0;
};

export const withdrawOpenOf = async (world: World, round: Round, reason: string, personId: string): Promise<number> => {
  let count = 0;
  for (const subject of subjectsOf(world, round)) {
    const id = obligationIdOf('check', subject, round.openedAt);
    const [o, watch] = await world.store.load([id, watchIdOf(subject)]);
    if (o?.aggregate.type !== 'obligation' || isEnded(o.aggregate.state) || o.aggregate.state.roundId !== round.id) continue;
    const change = beginChange(world, world.clock.now());
    readInto(change, id, o);
    if (watch) readInto(change, watch.id, watch);
    decideIn(world, change, id, { type: 'withdraw', reason, personId });
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result === 'committed') count += 1;
  }
  return count;
};
