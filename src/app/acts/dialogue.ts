import type { Dialogue, Stored } from '../../ports/store.ts';
import { put, readInto } from '../change.ts';
import { dialogueIdOf } from '../world.ts';
import type { Turn } from './speaker.ts';

/** What somebody did last, and a question we asked back. */
const keptMs = 3_600_000;
/** A call for help is remembered until long after anybody can still be looking for the caller. */
const helpMs = 7 * 24 * 3_600_000;

export const readDialogue = async (turn: Turn): Promise<Dialogue> => {
  const id = dialogueIdOf(turn.person.id);
  if (!turn.change.entries.has(id)) {
    const [stored]: readonly (Stored | undefined)[] = await turn.world.store.load([id]);
    readInto(turn.change, id, stored);
  }
  // As this turn has written it, where it has.
  const aggregate = turn.change.entries.get(id)?.aggregate;
  return aggregate?.type === 'dialogue' ? aggregate.state : { personId: turn.person.id };
};

export const writeDialogue = (turn: Turn, dialogue: Dialogue): void => {
  put(
    turn.change,
    dialogueIdOf(turn.person.id),
    { type: 'dialogue', state: dialogue },
    turn.change.now + (dialogue.openHelpId === undefined ? keptMs : helpMs),
  );
};
