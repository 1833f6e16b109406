import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import type { Dialogue } from '../../ports/store.ts';
import { decideIn, openIn } from '../change.ts';
import { withdrawPresence } from './answer.ts';
import { readDialogue, writeDialogue } from './dialogue.ts';
import { nameOf, readObligation, readOwn, reply, timeOf, type Turn } from './speaker.ts';
import { withdrawRound } from './start-check.ts';

/** A question that we asked back is forgotten after this. */
const questionMs = 5 * 60_000;
/** What was done can be taken back for this long. */
const undoMs = 30 * 60_000;

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

const openHelpOf = async (turn: Turn, { openHelpId }: Dialogue): Promise<Obligation | undefined> => {
  const open = openHelpId === undefined ? undefined : await readObligation(turn, openHelpId);
  return open && !isEnded(open) ? open : undefined;
};

/** Skips every delay: the other officer and the office hear it now. */
export const callHelp = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const dialogue = await readDialogue(turn);
  await readOwn(turn);
  const open = await openHelpOf(turn, dialogue);
  if (open) return [reply(turn, 'reply.helpOpen', { lines: [`${nameOf(world, open.subject)} ${timeOf(world, open.openedAt)}`] })];
  const subject = turn.ownNow.find(isPostId) ?? person.id;
  const id = openIn(world, change, { type: 'open', kind: 'help', subject, policy: 'urgent', cause: 'called', openedBy: person.id });
  const told = change.events.flatMap((event) =>
    event.event === 'StepFired' && event.obligationId === id ? (event.data['notified'] as readonly string[]) : [],
  );
  writeDialogue(turn, { personId: person.id, openHelpId: id, lastAct: { kind: 'help', obligationIds: [id], at: change.now } });
  return [reply(turn, 'reply.helpCalled', { lines: told.map((to) => nameOf(world, to)) })];
};

/** Takes back the last thing done: a call for help, checks started, an acknowledgement. */
export const undo = async (turn: Turn): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const dialogue = await readDialogue(turn);
  const { lastAct } = dialogue;
  if (lastAct?.kind !== 'startCheck' || change.now - lastAct.at >= undoMs) {
    // The alarm comes before everything but checks that were started after it.
    const open = await openHelpOf(turn, dialogue);
    if (open) {
      decideIn(world, change, open.id, { type: 'withdraw', reason: 'allClear', personId: person.id });
      writeDialogue(turn, { personId: person.id });
      return [reply(turn, 'reply.undone', { lines: [`${nameOf(world, open.subject)} ${timeOf(world, open.openedAt)}`] })];
    }
  }
  // Somebody has come: it is the call they mean, and no answer given beside it.
  if (lastAct?.kind === 'help' && change.now - lastAct.at < undoMs) return [reply(turn, 'reply.nothingToUndo')];
  if (lastAct?.kind === 'startCheck' && change.now - lastAct.at < undoMs) {
    const count = await withdrawRound(turn, lastAct.obligationIds[0] ?? '');
    const { lastAct: _, ...rest } = dialogue;
    writeDialogue(turn, rest);
    return [reply(turn, 'reply.undone', { count, lines: [] })];
  }
  const undone = await withdrawPresence(turn);
  if (undone.length > 0) return [reply(turn, 'reply.undone', { lines: undone.map((subject) => nameOf(world, subject)) })];
  return [reply(turn, 'reply.nothingToUndo')];
};
