import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { readOwed, reply, type Turn } from '../acts/speaker.ts';
import { hearRosterChange, pressChange } from './change-roster.ts';
import { rememberProposal, waitingProposal } from './remember-proposal.ts';
import { undoByWord, undoRosterChange } from './undo-change.ts';
import { hearWorkbook, pressWorkbook, type ChatWorkbooks } from './workbook-in-chat.ts';

/** What is said, dropped and pressed about changes of the roster; undefined for everything else. */

const drop = async (turn: Turn): Promise<readonly Notice[]> => {
  await rememberProposal(turn, undefined);
  return [reply(turn, 'reply.undone', { lines: [] })];
};

/** Plain yes or no to what was proposed. */
const answerProposal = async (turn: Turn, said: Understood): Promise<readonly Notice[] | undefined> => {
  if (said.answer === undefined || turn.message.isGroup) return undefined;
  const waiting = await waitingProposal(turn);
  // A check that came after the question is what they answer.
  if (!waiting || (await readOwed(turn)).some(({ openedAt }) => openedAt >= waiting.askedAt)) return undefined;
  return said.answer === 'yes' ? pressChange(turn, waiting.pressed) : drop(turn);
};

export const hearChange = async (
  turn: Turn,
  said: Understood,
  workbooks: ChatWorkbooks | undefined,
): Promise<readonly Notice[] | undefined> => {
  const ofFile = await hearWorkbook(turn, workbooks, said);
  if (ofFile) return ofFile;
  if (said.intent === 'changeRoster') return hearRosterChange(turn, said);
  if (said.intent === 'undo' && !turn.message.isGroup) return undoByWord(turn);
  return answerProposal(turn, said);
};

export const pressChangeButton = async (
  turn: Turn,
  value: unknown,
  workbooks: ChatWorkbooks | undefined,
): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) {
    return (turn.message.text ?? '').trim() === '' ? hearWorkbook(turn, workbooks) : undefined;
  }
  const pressed = value as { readonly [key: string]: unknown };
  if (pressed['action'] === 'undoRosterChange') return undoRosterChange(turn, pressed['changeId']);
  if (pressed['action'] === 'cancelRosterChange') return drop(turn);
  return (await pressChange(turn, pressed)) ?? pressWorkbook(turn, pressed, workbooks);
};
