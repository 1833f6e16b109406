import { isEnded } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import type { Dialogue, Stored } from '../../ports/store.ts';
import { decideIn, openIn, put, readInto } from '../change.ts';
import { dialogueIdOf } from '../world.ts';
import { withdrawPresence } from './answer.ts';
import { nameOf, readObligation, readOwn, reply, timeOf, type Turn } from './speaker.ts';
import { withdrawRound } from './start-check.ts';

/** A question that we asked back is forgotten after this. */
const questionMs = 5 * 60_000;
const undoMs = 30 * 60_000;

const readDialogue = async (turn: Turn): Promise<Dialogue> => {
  const id = dialogueIdOf(turn.person.id);
  const [stored]: readonly (Stored | undefined)[] = await turn.world.store.load([id]);
  readInto(turn.change, id, stored);
  return stored?.aggregate.type === 'dialogue' ? stored.aggregate.state : { personId: turn.person.id };
};

const writeDialogue = (turn: Turn, dialogue: Dialogue): void => {
  put(turn.change, dialogueIdOf(turn.person.id), { type: 'dialogue', state: dialogue }, turn.change.now + undoMs * 2);
};

/** A typed 3 is easily typed by mistake: ask first. */
export const askForHelp = async (turn: Turn): Promise<readonly Notice[]> => {
  const dialogue = await readDialogue(turn);
  const isMeant = dialogue.question?.kind === 'help' && turn.change.now - dialogue.question.askedAt < questionMs;
  if (isMeant) return callHelp(turn);
  writeDialogue(turn, { ...dialogue, question: { kind: 'help', askedAt: turn.change.now } });
  return [reply(turn, 'reply.helpAsked')];
};

/** Plain yes or no to the question asked back; undefined where none is open. */
export const answerQuestion = async (turn: Turn, answer: 'yes' | 'no'): Promise<readonly Notice[] | undefined> => {
  const dialogue = await readDialogue(turn);
  if (dialogue.question?.kind !== 'help' || turn.change.now - dialogue.question.askedAt >= questionMs) return undefined;
  if (answer === 'yes') return callHelp(turn);
  const { question: _, ...rest } = dialogue;
  writeDialogue(turn, rest);
  return [reply(turn, 'reply.undone', { lines: [] })];
};

/** Skips every delay: the other officer and the office hear it now. */
export const callHelp = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const dialogue = await readDialogue(turn);
  await readOwn(turn);
  const open = dialogue.lastAct?.kind === 'help' ? await readObligation(turn, dialogue.lastAct.obligationIds[0] ?? '') : undefined;
  if (open && !isEnded(open))
    return [reply(turn, 'reply.already', { lines: [`${nameOf(world, open.subject)} ${timeOf(world, open.openedAt)}`] })];
  const subject = turn.ownNow.find(isPostId) ?? person.id;
  const id = openIn(world, change, { type: 'open', kind: 'help', subject, policy: 'urgent', cause: 'called', openedBy: person.id });
  const told = change.events.flatMap((event) =>
    event.event === 'StepFired' && event.obligationId === id ? (event.data['notified'] as readonly string[]) : [],
  );
  writeDialogue(turn, { personId: person.id, lastAct: { kind: 'help', obligationIds: [id], at: change.now } });
  return [reply(turn, 'reply.helpCalled', { lines: told.map((to) => nameOf(world, to)) })];
};

/** Takes back the last thing done: a call for help, checks started, an acknowledgement. */
export const undo = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const dialogue = await readDialogue(turn);
  const { lastAct } = dialogue;
  if (lastAct?.kind === 'help') {
    const open = await readObligation(turn, lastAct.obligationIds[0] ?? '');
    if (open && !isEnded(open)) {
      decideIn(world, change, open.id, { type: 'withdraw', reason: 'allClear', personId: person.id });
      writeDialogue(turn, { personId: person.id });
      return [reply(turn, 'reply.undone', { lines: [`${nameOf(world, open.subject)} ${timeOf(world, open.openedAt)}`] })];
    }
    // Somebody has come: it is the call they mean, and no answer given beside it.
    if (change.now - lastAct.at < undoMs) return [reply(turn, 'reply.nothingToUndo')];
  }
  if (lastAct?.kind === 'startCheck' && change.now - lastAct.at < undoMs) {
    const count = await withdrawRound(turn, lastAct.obligationIds[0] ?? '');
    writeDialogue(turn, { personId: person.id });
    return [reply(turn, 'reply.undone', { count, lines: [] })];
  }
  if (await withdrawPresence(turn)) return [reply(turn, 'reply.undone', { lines: turn.ownNow.map((subject) => nameOf(world, subject)) })];
  return [reply(turn, 'reply.nothingToUndo')];
};
