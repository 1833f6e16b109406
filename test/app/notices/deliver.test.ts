import { expect, it } from 'vitest';
import { createMemoryBundledCards, createMemoryConversations } from '../../../adapters/memory/memory-cards.ts';
import { createMemoryChannelHealth } from '../../../adapters/memory/memory-channel-health.ts';
import { deliver, type DeliverDeps } from '../../../src/app/notices/deliver.ts';
import { handOver } from '../../../src/app/items/intake/hand-over.ts';
import { recordUndelivered } from '../../../src/app/notices/record-news.ts';
import type { World } from '../../../src/app/world.ts';
import type { Channel, SendResult } from '../../../src/ports/channel.ts';
import type { CommitResult } from '../../../src/ports/store.ts';
import type { ItemDraft } from '../../../src/domain/items/item-command.ts';
import { at, idOf, type Name } from '../../support/invented.ts';
import { startStory, type Story } from '../../support/story.ts';

/** Takes one message at a time; while it has the first, something happens. */
const slowChannel = (answers: SendResult, meanwhile: () => Promise<void>): { readonly channel: Channel; readonly took: string[] } => {
  const took: string[] = [];
  return {
    took,
    channel: {
      name: 'slow',
      capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 1 },
      canReach: async () => true,
      send: async (messages) => {
        took.push(...messages.map(({ to }) => to));
        if (took.length === 1) await meanwhile();
        return messages.map(() => answers);
      },
    },
  };
};

const item: ItemDraft = {
  id: 'iD2SD202108280012',
  kind: 'petition',
  number: 'D2SD202108280012',
  text: '夜间施工扬尘',
  pollution: ['大气'],
  isSpecial: false,
  handedOverAt: at('2021-08-27T09:00'),
  unitIds: ['u2'],
  limits: [
    { level: 'unit', at: at('2021-09-01T00:00'), countedFromAt: at('2021-08-27T09:00'), rule: { type: 'days', count: 3, day: 'natural' } },
  ],
};

const sent = { status: 'sent', isDelivered: true } as const;
const people = ['赵主班', '东主班', '西主班'] as const satisfies readonly Name[];

const startRound = async (): Promise<Story> => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of people) story.person(name).ignores();
  return story;
};

const askAgain = async (
  story: Story,
  names: readonly Name[],
  channels: readonly Channel[],
  more: Pick<DeliverDeps, 'queue'> = {},
  heldTimes = 0,
  isLastTry = false,
) => {
  const notices = names.flatMap((name) => {
    const o = story.open().find(({ asked }) => asked.includes(idOf(name)));
    return o ? [{ to: idOf(name), via: 'card', template: 'check.remind', obligationId: o.id, stepNo: 1 } as const] : [];
  });
  const deps = {
    world: story.world,
    channels,
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
    channelHealth: createMemoryChannelHealth(),
    ...more,
  };
  return deliver(deps, { id: 'late', notices, heldTimes }, isLastTry);
};

/** Somebody answers while a platform keeps us waiting. */
const answers = (story: Story, name: Name) => async (): Promise<void> => {
  await story.clock.passes('20s');
  await story.person(name).replies('在岗');
  story.person(name).ignores();
};

it('does not ask whoever has answered while others before them kept the channel busy', async () => {
  const story = await startRound();
  const { channel, took } = slowChannel(sent, answers(story, '东主班'));
  expect(await askAgain(story, people, [channel])).toEqual([]);
  expect(took).toEqual([idOf('赵主班'), idOf('西主班')]);
});

it('does not ask through the next channel whoever has answered while the first refused', async () => {
  const story = await startRound();
  const first = slowChannel({ status: 'permanent', code: 'gone' }, answers(story, '东主班'));
  const next = slowChannel(sent, async () => {});
  expect(await askAgain(story, ['东主班'], [first.channel, next.channel])).toEqual([]);
  expect(next.took).toEqual([]);
});

it('sends the rest of a job whose obligations were forgotten while it waited', async () => {
  const story = await startRound();
  const bundledCards = createMemoryBundledCards();
  await bundledCards.remember(idOf('冯主任'), 'card', ['ocp2.gone', 'ocp3.gone']);
  const { channel, took } = slowChannel(sent, async () => {});
  const over = { to: idOf('冯主任'), via: 'card', template: 'end.answered', obligationId: 'ocp2.gone', isUpdate: true } as const;
  const answered = { to: idOf('赵主班'), via: 'card', template: 'reply.confirmed' } as const;
  const deps = {
    world: story.world,
    channels: [channel],
    conversations: createMemoryConversations(),
    bundledCards,
    channelHealth: createMemoryChannelHealth(),
  };
  expect(await deliver(deps, { id: 'late', notices: [over, answered] }, false)).toEqual([]);
  expect(took).toContain(idOf('赵主班'));
});

it('sends the rest of a job when one of its messages cannot be put into words, and records that one as failed', async () => {
  const story = await startRound();
  const { channel, took } = slowChannel(sent, async () => {});
  const [bad, good] = ['东主班', '赵主班'].map((name) => story.open().find(({ asked }) => asked.includes(idOf(name as Name)))!);
  const notices = [
    { to: idOf('东主班'), via: 'card', template: 'no.such' as 'check.remind', obligationId: bad!.id, stepNo: 1 },
    { to: idOf('赵主班'), via: 'card', template: 'check.remind', obligationId: good!.id, stepNo: 1 },
  ] as const;
  const deps = {
    world: story.world,
    channels: [channel],
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
    channelHealth: createMemoryChannelHealth(),
  };
  expect(await deliver(deps, { id: 'late', notices }, false)).toEqual([]);
  expect(took).toEqual([idOf('赵主班')]);
  expect(story.events('NoticeFailed')).toMatchObject([{ obligationId: bad!.id, data: { to: idOf('东主班'), code: 'render' } }]);
});

it('records what became of a notice however often the campaign or the obligation have moved on meanwhile, and says so if never', async () => {
  const story = await startRound();
  const check = story.open().find(({ asked }) => asked.includes(idOf('东主班')))!;
  const { store } = story.world;
  const errors: string[] = [];
  const losing = (lost: CommitResult[]): World => {
    const commit: typeof store.commit = async (transitions, version) => {
      const result = lost.shift();
      return result ? transitions.map(() => result) : store.commit(transitions, version);
    };
    const log = { ...story.world.log, error: (_: object, text: string) => void errors.push(text) };
    return { ...story.world, log, store: { ...store, commit } };
  };
  const notice = { to: idOf('东主班'), via: 'card', template: 'check.remind', obligationId: check.id, stepNo: 1 } as const;
  await recordUndelivered(losing(['stale', 'conflict', 'stale', 'stale', 'conflict', 'stale', 'conflict']), [notice], 'gone');
  expect(story.events('NoticeFailed')).toMatchObject([{ obligationId: check.id, data: { code: 'gone' } }]);
  expect(errors).toEqual([]);
  await recordUndelivered(losing(Array.from({ length: 99 }, () => 'conflict' as const)), [notice], 'gone');
  expect(story.events('NoticeFailed')).toHaveLength(1);
  expect(errors).toEqual(['what became of a notice could not be recorded']);
});

it('reads in one look what one message tells of many obligations, and records it on each', async () => {
  const story = await startRound();
  const { store } = story.world;
  let loads = 0;
  const counting: World = {
    ...story.world,
    store: { ...store, load: (ids) => (ids.some((id) => id.startsWith('o')) && (loads += 1), store.load(ids)) },
  };
  const told = story
    .open()
    .map(({ id }) => ({ to: idOf('冯主任'), via: 'card', template: 'check.remind', obligationId: id, stepNo: 1 }) as const);
  expect(told.length).toBeGreaterThan(2);
  await recordUndelivered(counting, told, 'gone');
  expect(story.events('NoticeFailed').map(({ obligationId }) => obligationId)).toEqual(told.map(({ obligationId }) => obligationId));
  expect(loads).toBe(1);
});

it('raises the one alarm about a channel whichever instance saw it fail for whom', async () => {
  const story = await startRound();
  Object.assign(story.world.settings, { massFailure: { share: 0.5, atLeast: 3 } });
  const { channel } = slowChannel({ status: 'permanent', code: 'gone' }, async () => {});
  const shared = { channels: [channel], conversations: createMemoryConversations(), channelHealth: createMemoryChannelHealth() };
  for (const name of people) {
    const o = story.open().find(({ asked }) => asked.includes(idOf(name)))!;
    const notices = [{ to: idOf(name), via: 'card', template: 'check.remind', obligationId: o.id, stepNo: 1 } as const];
    expect(story.events('MassFailureFound')).toEqual([]);
    // each message by an instance of its own
    await deliver({ ...shared, bundledCards: createMemoryBundledCards(), world: { ...story.world } }, { id: name, notices }, true);
  }
  expect(story.events('MassFailureFound')).toMatchObject([{ data: { asked: 3, silent: 3, channel: 'slow' } }]);
});

it('asks a platform again when it said it may be asked, apart from what others wait for, and not without end', async () => {
  const story = await startRound();
  const wait = (retryAfterMs: number): SendResult => ({ status: 'transient', code: 'limited', retryAfterMs });
  const added: (readonly [string, readonly string[], number | undefined])[] = [];
  const queue: NonNullable<DeliverDeps['queue']> = {
    add: async (jobs, delayMs) => void added.push(...jobs.map(({ id, notices }) => [id, notices.map(({ to }) => to), delayMs] as const)),
  };
  const channelOf = (answersOf: (to: string) => SendResult): Channel => ({
    name: 'busy',
    capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 10 },
    canReach: async () => true,
    send: async (messages) => messages.map(({ to }) => answersOf(to)),
  });
  const [first, second, third] = people.map((name) => idOf(name)) as [string, string, string];
  const channel = channelOf((to) => (to === first ? wait(58_400) : to === second ? wait(3_600_000) : wait(800)));
  const left = await askAgain(story, people, [channel], { queue });
  expect(left.map(({ to }) => to)).toEqual([third]);
  expect(added).toEqual([
    ['late~1.59000', [first], 59_000],
    ['late~1.600000', [second], 600_000],
  ]);
  added.length = 0;
  expect(await askAgain(story, people, [channel], { queue }, 6)).toHaveLength(3);
  expect(added).toEqual([]);
});

it('asks nobody twice who cannot be reached for good, and gives up at the last try, which is told as failed', async () => {
  const story = await startRound();
  const answering = (result: SendResult): Channel => slowChannel(result, async () => {}).channel;
  const failed = () => story.events('NoticeFailed').map(({ data }) => [data['to'], data['code']]);
  expect(await askAgain(story, ['赵主班'], [answering({ status: 'permanent', code: 'blocked' })])).toEqual([]);
  expect(failed()).toEqual([[idOf('赵主班'), 'blocked']]);
  const busy = answering({ status: 'transient', code: 'busy' });
  expect((await askAgain(story, ['东主班'], [busy])).map(({ to }) => to)).toEqual([idOf('东主班')]);
  expect(failed()).toHaveLength(1);
  expect(await askAgain(story, ['东主班'], [busy], {}, 0, true)).toEqual([]);
  expect(failed().at(-1)).toEqual([idOf('东主班'), 'busy']);
});

it('remembers of a card about several only what its reader has: what was refused is shown by no later change', async () => {
  const story = await startRound();
  const told = story
    .open()
    .map(({ id }) => ({ to: idOf('冯主任'), via: 'card', template: 'check.remind', obligationId: id, stepNo: 1 }) as const);
  const bundledCards = createMemoryBundledCards();
  const send = (result: SendResult) =>
    deliver(
      {
        world: story.world,
        channels: [slowChannel(result, async () => {}).channel],
        conversations: createMemoryConversations(),
        bundledCards,
        channelHealth: createMemoryChannelHealth(),
      },
      { id: `told ${result.status}`, notices: told },
      true,
    );
  const asked = told.map(({ to, obligationId }) => ({ to, obligationId }));
  await send({ status: 'permanent', code: 'gone' });
  expect(await bundledCards.find(asked)).toEqual(asked.map(() => undefined));
  await send(sent);
  for (const card of await bundledCards.find(asked)) expect(card?.obligationIds).toEqual(told.map(({ obligationId }) => obligationId));
});

it('writes down who was told of an item, and not that their card was changed', async () => {
  const story = await startRound();
  const took = slowChannel(sent, async () => {});
  const deps = {
    world: story.world,
    channels: [took.channel],
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
    channelHealth: createMemoryChannelHealth(),
  };
  const notice = { to: idOf('东联络'), via: 'card', template: 'item.card', itemId: item.id } as const;
  await handOver(story.world, { drafts: [item] });
  await deliver(deps, { id: 'changed', notices: [{ ...notice, isUpdate: true }] }, true);
  expect(took.took).toEqual([idOf('东联络')]);
  const receipts = () => story.events('NoticeSent').filter(({ data }) => data['template'] === 'item.card');
  expect(receipts()).toEqual([]);
  await deliver(deps, { id: 'told', notices: [notice] }, true);
  expect(receipts()).toMatchObject([{ itemId: item.id, channel: 'slow', data: { to: idOf('东联络'), isDelivered: true } }]);
});
