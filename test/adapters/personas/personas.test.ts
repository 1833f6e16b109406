import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withPersonas, type Part } from '../../../adapters/personas/personas.ts';
import type { Channel, OutgoingMessage } from '../../../src/ports/channel.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import { quietLog } from '../../support/quiet-log.ts';

const minuteMs = 60_000;
const asking = { obligationId: 'oc1', kind: 'check', stepNo: 0, answerBy: '2021-08-27T10:10:00+08:00' };
const ask = (to: string): OutgoingMessage => ({ id: `x ${to}`, to, text: '?', asking });

const stage = (part: Part, isDelivered = false) => {
  const said: InboundMessage[] = [];
  const channel: Channel = {
    name: 'webchat',
    capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 10 },
    canReach: async () => true,
    send: async (messages) => messages.map(() => ({ status: 'sent', isDelivered })),
  };
  const inbox = { put: async (message: InboundMessage) => said.push(message) > 0 };
  const personas = withPersonas({ channel, inbox, clock: { now: () => 0 }, scale: 1, log: quietLog(), partOf: () => part });
  return { personas, said };
};

describe('the invented people of the demo', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('answer a question once, however often they are asked', async () => {
    const { personas, said } = stage('punctual');
    await personas.send([ask('m1')]);
    await personas.send([ask('m1'), ask('g:office')]);
    vi.advanceTimersByTime(6 * minuteMs);
    expect(said.map(({ from, value }) => [from, value])).toEqual([['m1', { action: 'acknowledge', obligationId: 'oc1' }]]);
  });

  it('leave those alone who are played in a browser, from the beginning or later', async () => {
    const heard = stage('punctual', true);
    await heard.personas.send([ask('m1')]);
    const later = stage('punctual');
    await later.personas.send([ask('m1'), ask('m2')]);
    later.personas.leaveAlone('m1', 'oc1');
    await later.personas.send([ask('m1')]);
    vi.advanceTimersByTime(60 * minuteMs);
    expect(heard.said).toEqual([]);
    expect(later.said.map(({ from }) => from)).toEqual(['m2']);
  });

  it('sleep where they are said to, and say nothing once it is over', async () => {
    const asleep = stage('asleep');
    await asleep.personas.send([ask('m1')]);
    const stopped = stage('late');
    await stopped.personas.send([ask('m1')]);
    stopped.personas.stop();
    vi.advanceTimersByTime(600 * minuteMs);
    expect([...asleep.said, ...stopped.said]).toEqual([]);
  });
});
