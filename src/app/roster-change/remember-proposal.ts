import type { ButtonValue } from '../../ports/channel.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import type { Turn } from '../acts/speaker.ts';

/** A proposal is forgotten after this; its button goes on saying what it said. */
const proposalMs = 30 * 60_000;

type Proposed = { readonly [key: string]: string };

/** What a plain yes would confirm; nothing any more without a value. */
export const rememberProposal = async (turn: Turn, value: ButtonValue | undefined): Promise<void> => {
  const { question, ...rest } = await readDialogue(turn);
  if (value) {
    const pressed = Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => entry[1] !== undefined));
    writeDialogue(turn, { ...rest, question: { kind: 'roster', askedAt: turn.change.now, pressed } });
  } else if (question?.kind === 'roster') writeDialogue(turn, rest);
};

export const waitingProposal = async (turn: Turn): Promise<{ readonly askedAt: number; readonly pressed: Proposed } | undefined> => {
  const { question } = await readDialogue(turn);
  return question?.kind === 'roster' && turn.change.now - question.askedAt < proposalMs ? question : undefined;
};
