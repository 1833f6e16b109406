import { MessageFactory, TurnContext } from 'botbuilder';
import { expect, it } from 'vitest';
import { toActivity, toReply } from '../../../adapters/bot/activity.ts';
import { OutboxAdapter } from '../../../adapters/bot/outbox-adapter.ts';
import { putTurn, type Turn } from '../../../adapters/bot/turn.ts';
import { createTurnRunner } from '../../../adapters/bot/turn-runner.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import type { Notice } from '../../../src/ports/notice.ts';
import type { CommitResult, Transition } from '../../../src/ports/store.ts';
import { quietLog } from '../../support/quiet-log.ts';

const message: InboundMessage = {
  id: '1',
  channel: 'webchat',
  conversation: 'c-m1',
  isGroup: false,
  from: 'm1',
  receivedAt: 1,
  text: 'here',
};
const reply: Notice = { to: 'm1', via: 'card', template: 'reply.confirmed', reply: { channel: 'webchat' } };
const told: Notice = { to: 'm2', via: 'card', template: 'end.answered', obligationId: 'o1' };
const event = { at: 1, event: 'AnswerRecorded', data: {} } as const;

const setUp = (
  results: readonly CommitResult[],
  replies: readonly Notice[] = [reply],
  transition: Transition = { writes: [], events: [event], notices: [told] },
) => {
  const committed: Transition[] = [];
  const heard: InboundMessage[] = [];
  const pauses: number[] = [];
  const runTurn = createTurnRunner({
    decide: async (one) => {
      heard.push(one);
      return { transition, replies };
    },
    commit: async (one) => {
      committed.push(one);
      return results[Math.min(committed.length, results.length) - 1]!;
    },
    log: quietLog(),
    pause: async (ms) => void pauses.push(ms),
  });
  return { committed, heard, pauses, runTurn };
};

it('commits what was decided, what was said and what is settled, once and together', async () => {
  const { committed, heard, runTurn } = setUp(['committed']);
  expect(await runTurn(message, '5-0')).toEqual([]);
  expect(heard).toEqual([message]);
  expect(committed).toEqual([{ writes: [], events: [event], notices: [told, reply], settles: '5-0' }]);
});

it('runs the whole turn again when somebody decided first', async () => {
  const { committed, heard, pauses, runTurn } = setUp(['conflict', 'stale', 'committed']);
  await runTurn(message, '5-0');
  expect(heard).toHaveLength(3);
  expect(committed.map(({ notices }) => notices.length)).toEqual([2, 2, 2]);
  expect(pauses).toEqual([1, 4]);
});

it('gives up after eight races', async () => {
  const { heard, runTurn } = setUp(['conflict']);
  await expect(runTurn(message, '5-0')).rejects.toThrow('8 races');
  expect(heard).toHaveLength(8);
});

it('is content when the entry was settled before', async () => {
  const { heard, runTurn } = setUp(['settled']);
  await runTurn(message, '5-0');
  expect(heard).toHaveLength(1);
});

it('settles a message that led to nothing', async () => {
  const { committed, runTurn } = setUp(['committed'], [], { writes: [], events: [], notices: [] });
  await runTurn(message, '5-0');
  expect(committed).toEqual([{ writes: [], events: [], notices: [], settles: '5-0' }]);
});

it('returns the replies of an inline turn and keeps them out of the outbox', async () => {
  const { committed, runTurn } = setUp(['committed']);
  expect(await runTurn(message)).toEqual([reply]);
  expect(committed).toEqual([{ writes: [], events: [event], notices: [told] }]);
});

it('passes on what decide throws, and commits nothing', async () => {
  const committed: Transition[] = [];
  const runTurn = createTurnRunner({
    decide: () => Promise.reject(new Error('no idea')),
    commit: async (transition) => {
      committed.push(transition);
      return 'committed';
    },
    log: quietLog(),
  });
  await expect(runTurn(message, '5-0')).rejects.toThrow('no idea');
  expect(committed).toEqual([]);
});

const inTurn = (): { context: TurnContext; turn: Turn } => {
  const context = new TurnContext(new OutboxAdapter(), toActivity(message));
  const turn: Turn = { message, transition: undefined, said: [] };
  putTurn(context, turn);
  return { context, turn };
};

it('collects what is sent and what is changed, deletes nothing, and sends nothing without a notice', async () => {
  const { context, turn } = inTurn();
  await context.sendActivity(toReply(reply));
  await context.updateActivity(toReply(told));
  expect(turn.said).toEqual([reply, { ...told, isUpdate: true }]);
  await expect(context.deleteActivity('1')).rejects.toThrow('never deleted');
  await expect(context.sendActivity(MessageFactory.text('free words'))).rejects.toThrow('no notice');
});
