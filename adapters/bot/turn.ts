import type { TurnContext } from 'botbuilder';
import type { Notice } from '../../src/ports/notice.ts';
import type { Transition } from '../../src/ports/store.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';

/** What one turn carries from the message that came in to the commit that ends it. */
export type Turn = {
  readonly message: InboundMessage;
  transition: Transition | undefined;
  /** What the bot "sent": kept here until the commit writes it down together with its cause. */
  readonly said: Notice[];
};

const turnKey = Symbol('turn');

export const putTurn = (context: TurnContext, turn: Turn): void => void context.turnState.set(turnKey, turn);

export const turnOf = (context: TurnContext): Turn => {
  const turn = context.turnState.get<Turn>(turnKey);
  if (!turn) throw new Error('this context belongs to no turn: contexts are made by the turn runner alone');
  return turn;
};
