import type { FileRef } from '../../../domain/items/item.ts';
import type { Dialogue } from '../../../ports/store.ts';
import { readDialogue, writeDialogue } from '../../acts/dialogue.ts';
import type { Turn } from '../../acts/speaker.ts';

/** An act that somebody has begun, with what they have given for it so far. */
export type Begun = NonNullable<Dialogue['item']>;
export type Inputs = { readonly [id: string]: string };

/** What was begun is forgotten after this. */
const begunMs = 3_600_000;
const mostFiles = 20;

export const begunOf = ({ item }: Dialogue, now: number): Begun | undefined => (item && now - item.askedAt < begunMs ? item : undefined);

/** What was given for this act on this item; files that came before it was said what for belong to whichever comes first. */
export const givenFor = (dialogue: Dialogue, itemId: string, action: string, now: number): Pick<Begun, 'inputs' | 'files'> => {
  const begun = begunOf(dialogue, now);
  const isSame = begun !== undefined && (begun.itemId === undefined || begun.itemId === itemId);
  if (!isSame) return { inputs: {}, files: [] };
  const isSent = begun.action === 'attach';
  // What was said beside files is a report; a hand-in is put into words of its own.
  const isSaid = begun.action === action || (isSent && action === 'report');
  return { inputs: isSaid ? begun.inputs : {}, files: begun.action === action || isSent ? begun.files : [] };
};

export const joinFiles = (some: readonly FileRef[], more: readonly FileRef[]): readonly FileRef[] =>
  [...new Map([...some, ...more].map((file) => [file.sha256, file])).values()].slice(-mostFiles);

/** Writes down what was begun, or forgets it. */
export const rememberBegun = async (turn: Turn, begun: Omit<Begun, 'askedAt'> | undefined): Promise<void> => {
  const { item, ...rest } = await readDialogue(turn);
  if (begun) writeDialogue(turn, { ...rest, item: { ...begun, askedAt: turn.change.now } });
  else if (item) writeDialogue(turn, rest);
};
