import { describe, expect, it } from 'vitest';
import { handOver } from '../../../../src/app/items/intake/hand-over.ts';
import { createWorld, refreshWorld, type World } from '../../../../src/app/world.ts';
import type { ItemDraft } from '../../../../src/domain/items/item-command.ts';
import type { Item } from '../../../../src/domain/items/item.ts';
import { idOf, type Name } from '../../../support/invented.ts';
import { draftOf } from '../../../support/item-stories.ts';
import { wholeText } from '../../../support/recording-channel.ts';
import { startService } from '../../../support/service.ts';

const count = 230;
const ofEast = count / 2;
/** Every other one is the other district's: three commits, both districts in each. */
const drafts: readonly ItemDraft[] = Array.from({ length: count }, (_, index) =>
  draftOf(index + 1, { unitIds: [index % 2 === 0 ? 'u2' : 'u3'] }),
);

const start = async () => {
  const service = await startService({ at: '2021-08-28T10:30' });
  const { world, store, chat, clock } = service;
  const commit = store.commit.bind(store);
  /** The process dies right after so many commits of this batch, or right before them. */
  const dieAfter = (commits: number): void => {
    let done = 0;
    store.commit = async (transitions, version) => {
      if (done === commits) throw new Error('killed');
      done += 1;
      const results = await commit(transitions, version);
      if (done === commits) throw new Error('killed');
      return results;
    };
  };
  /** Another process on what the dead one left. */
  const restart = async (): Promise<World> => {
    store.commit = commit;
    const { secrets, log, settings, hasVoice, leaseMs } = world;
    const other = createWorld({ store, clock, secrets, log, settings, hasVoice, leaseMs });
    await refreshWorld(other);
    return other;
  };
  const told = (name: Name): readonly number[] =>
    chat.seenBy(idOf(name)).flatMap(({ first }) => {
      const text = wholeText(first);
      const several = /新交办 (\d+) 件/u.exec(text)?.[1];
      return several === undefined ? (text.includes('新交办') ? [1] : []) : [Number(several)];
    });
  const kept = (): readonly Item[] => store.all().flatMap(({ aggregate }) => (aggregate.type === 'item' ? [aggregate.state] : []));
  const passes = (ms: number) => service.passTo(clock.now() + ms);
  return { ...service, dieAfter, restart, told, kept, passes };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const heard = ['东联络', '东联系', '西联络', '西联系'] as const satisfies readonly Name[];

describe('a batch whose process dies on the way', () => {
  it.each([1, 2, 3])('tells each unit once of all that was handed over in %i commits, though nobody hands over again', async (commits) => {
    const { world, dieAfter, restart, told, kept, passes } = await start();
    dieAfter(commits);
    await expect(handOver(world, { drafts })).rejects.toThrow('killed');
    await restart();
    await passes(20_000);
    expect(kept()).toHaveLength(Math.min(count, commits * 100));
    for (const name of heard) expect(told(name)).toEqual([kept().length / 2]);
    await passes(120_000);
    for (const name of heard) expect(told(name)).toHaveLength(1);
  });

  it.each([1, 2, 3])('tells each unit once of the whole where it is handed over again at once after %i commits', async (commits) => {
    const { world, dieAfter, restart, told, passes } = await start();
    dieAfter(commits);
    await expect(handOver(world, { drafts })).rejects.toThrow('killed');
    expect((await handOver(await restart(), { drafts })).opened).toHaveLength(count - Math.min(count, commits * 100));
    await passes(20_000);
    for (const name of heard) expect(told(name)).toEqual([ofEast]);
  });

  it('tells of the rest, and of nothing twice, where it is handed over again later', async () => {
    const { world, dieAfter, restart, told, passes } = await start();
    dieAfter(2);
    await expect(handOver(world, { drafts })).rejects.toThrow('killed');
    const another = await restart();
    await passes(60_000);
    await handOver(another, { drafts });
    await passes(60_000);
    for (const name of heard) {
      expect(told(name)).toEqual([100, 15]);
      expect(sum(told(name))).toBe(ofEast);
    }
  });
});

describe('what is handed over', () => {
  it('is told at once where it is one item, and what was received meanwhile is told to nobody', async () => {
    const { world, store, settle, told, passes, deliverMessage } = await start();
    await handOver(world, { drafts: [draftOf(500)] });
    await settle();
    expect(told('东联络')).toEqual([1]);
    await handOver(world, { drafts: [draftOf(501), draftOf(502), draftOf(503)] });
    await settle();
    expect(told('东联络')).toEqual([1]);
    const from = idOf('东联系');
    const value = { action: 'receiveItem', itemId: draftOf(502).id };
    await deliverMessage({ id: 'x1', channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: world.clock.now(), value });
    expect(store.rows().filter(({ event }) => event === 'ItemReceived')).toHaveLength(1);
    await passes(20_000);
    expect(told('东联络')).toEqual([1, 2]);
  });

  it('is told to nobody where it was taken back before it was said', async () => {
    const { world, store, told, passes, deliverMessage } = await start();
    await handOver(world, { drafts: [draftOf(601), draftOf(602), draftOf(603)] });
    const from = idOf('冯主任');
    const text = '撤回交办 0602 重复交办';
    await deliverMessage({ id: 'x1', channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: world.clock.now(), text });
    expect(store.rows().filter(({ event }) => event === 'ItemWithdrawn')).toHaveLength(1);
    await passes(20_000);
    expect(told('东联络')).toEqual([2]);
  });

  it('is told once where several are put right at once', async () => {
    const { world, chat, passes } = await start();
    const some = [draftOf(1), draftOf(2), draftOf(3)];
    await handOver(world, { drafts: some });
    await passes(30_000);
    const before = chat.seenBy(idOf('东联络')).length;
    await handOver(world, { drafts: [], corrections: some.map(({ id }) => ({ itemId: id, correction: { text: '改正后的内容' } })) });
    await passes(30_000);
    const news = chat
      .seenBy(idOf('东联络'))
      .slice(before)
      .map(({ first }) => wholeText(first));
    expect(news).toHaveLength(1);
    expect(news[0]).toMatch(/\(3\)/);
  });
});
