import { TurnContext } from 'botbuilder';
import type { Decision } from '../../src/app/decision.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Notice } from '../../src/ports/notice.ts';
import type { CommitResult, Transition } from '../../src/ports/store.ts';
import { toActivity } from './activity.ts';
import { OutboxAdapter } from './outbox-adapter.ts';
import { putTurn, type Turn } from './turn.ts';
import { ZaigangBot } from './zaigang-bot.ts';

export type TurnRunnerDeps = {
  readonly decide: (message: InboundMessage) => Promise<Decision>;
  readonly commit: (transition: Transition) => Promise<CommitResult>;
  readonly log: Log;
  readonly pause?: (ms: number) => Promise<void>;
};

/**
 * With an entry id, the commit settles that entry of the inbox and carries the replies to the outbox; the result is
 * empty. Without one the turn is inline: the replies are returned for the response that the platform waits for, and
 * the outbox does not get them.
 */
export type RunTurn = (message: InboundMessage, entryId?: string) => Promise<readonly Notice[]>;

/** Somebody else decided first: the whole turn is run again on what is true now. */
const mostRuns = 8;
const pauseMs = (run: number): number => run * run;

const pauseFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const toCommit = ({ transition, said }: Turn, entryId: string | undefined): Transition => {
  const decided = transition ?? { writes: [], events: [], notices: [] };
  if (entryId === undefined) return decided;
  return { ...decided, notices: said.length > 0 ? [...decided.notices, ...said] : decided.notices, settles: entryId };
};

const isEmpty = ({ writes, events, notices }: Transition): boolean => writes.length + events.length + notices.length === 0;

/**
 * Runs one message through the bot and commits what it led to, once.
 * Throws what `decide` or `commit` throw, and an error when it lost the race `mostRuns` times.
 */
export const createTurnRunner = ({ decide, commit, log, pause = pauseFor }: TurnRunnerDeps): RunTurn => {
  const adapter = new OutboxAdapter();
  const bot = new ZaigangBot(decide);

  const runOnce = async (message: InboundMessage): Promise<Turn> => {
    const turn: Turn = { message, transition: undefined, said: [] };
    const context = new TurnContext(adapter, toActivity(message));
    putTurn(context, turn);
    // without the adapter's middleware, of which there is none, and the proxy that it wraps around every context
    await bot.run(context);
    return turn;
  };

  return async (message, entryId) => {
    for (let run = 1; run <= mostRuns; run++) {
      const turn = await runOnce(message);
      const transition = toCommit(turn, entryId);
      if (entryId === undefined && isEmpty(transition)) return turn.said;
      const result = await commit(transition);
      // `settled`: whoever had this entry before us got as far as the commit
      if (result === 'committed' || result === 'settled') return entryId === undefined ? turn.said : [];
      log.debug({ entryId, run, result }, 'the turn is run again');
      await pause(pauseMs(run));
    }
    throw new Error(`the turn lost ${mostRuns} races in a row`);
  };
};
