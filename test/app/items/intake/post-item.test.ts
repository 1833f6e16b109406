import { describe, expect, it } from 'vitest';
import type { AskedItem } from '../../../../src/app/items/intake/draft-item.ts';
import { createPostItem } from '../../../../src/app/items/intake/post-item.ts';
import { limitAt, type Item } from '../../../../src/domain/items/item.ts';
import { at, idOf } from '../../../support/invented.ts';
import { wholeText } from '../../../support/recording-channel.ts';
import { startService } from '../../../support/service.ts';

const asked: AskedItem = { kind: 'assigned', text: ' 工地扬尘 ', units: ['东城区'] };

const start = async () => {
  const service = await startService({ at: '2021-08-28T09:00' });
  const { world, store, settle } = service;
  let drawn = 0;
  const post = createPostItem(world, () => `n${(drawn += 1)}`);
  const items = (): readonly Item[] => store.all().flatMap(({ aggregate }) => (aggregate.type === 'item' ? [aggregate.state] : []));
  const add = async (over: Partial<AskedItem> = {}): Promise<Item> => {
    const { id } = await post({ ...asked, ...over }, undefined);
    await settle();
    return items().find((item) => item.id === id)!;
  };
  return { ...service, post, items, add };
};

describe('an item from another system', () => {
  it('has its units by any of their names or ids, the lead first, each once', async () => {
    const { add } = await start();
    const units = ['西城区住房和城乡建设局', 'u2', '东城区'];
    expect((await add({ units })).parts.map(({ unitId, isLead }) => [unitId, isLead])).toEqual([
      ['u3', true],
      ['u2', false],
    ]);
  });

  it('is due as its limit says, counted from when it was handed over, inside the chain of its kind', async () => {
    const { add } = await start();
    const usual = await add();
    expect(usual).toMatchObject({ text: '工地扬尘', kind: 'assigned', handedOverAt: at('2021-08-28T09:00'), isUrgent: false });
    expect(limitAt(usual, 'unit')?.at).toBe(at('2021-09-01T00:00'));
    expect(limitAt(usual, 'team')?.at).toBe(at('2021-09-08T00:00'));
    const earlier = await add({ handedOverAt: at('2021-08-27T20:00'), limit: '24小时内', isUrgent: true });
    expect(limitAt(earlier, 'unit')?.at).toBe(at('2021-08-28T20:00'));
    expect(earlier.isUrgent).toBe(true);
  });

  it('is the same item under the same number, as batches write it, and stays as it is', async () => {
    const { post, add, items, store } = await start();
    const first = await add({ kind: 'petition', number: 'd2sd 2021 0828 0012*' });
    expect(first).toMatchObject({ id: 'iD2SD202108280012', number: 'D2SD202108280012', isSpecial: true });
    const rows = store.rows().length;
    const again = await post({ ...asked, kind: 'petition', number: 'D2SD202108280012', text: '另一件' }, undefined);
    expect(again).toEqual({ id: first.id, isNew: false });
    expect([items().length, store.rows().length]).toEqual([1, rows]);
    await add({ number: '7/8' });
    expect((await post({ ...asked, number: ' 7/8' }, undefined)).isNew).toBe(false);
    await add();
    await add();
    expect(new Set(items().map(({ id }) => id)).size).toBe(4);
    // in the same minute, and told apart by the last four digits all the same
    expect(new Set(items().map(({ number }) => number.slice(-4))).size).toBe(4);
  });

  it('tells its unit once, and keeps who added it', async () => {
    const { post, settle, store, chat } = await start();
    const { id } = await post(asked, { personId: idOf('冯主任'), channel: 'api' });
    await settle();
    expect(store.rows().find(({ event }) => event === 'ItemHandedOver')).toMatchObject({
      itemId: id,
      actor: idOf('冯主任'),
      channel: 'api',
    });
    const told = chat.seenBy(idOf('东联络')).filter(({ message }) => wholeText(message).includes('工地扬尘'));
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map(({ message }) => message.id)).size).toBe(told.length);
  });

  it('is refused by the field that does not do, with nothing added', async () => {
    const { post, items } = await start();
    const wrong: readonly (readonly [Partial<AskedItem>, RegExp])[] = [
      [{ kind: 'nothing' }, /^ZG_BAD_ITEM: kind: /u],
      [{ kind: 'constructor' }, /^ZG_BAD_ITEM: kind: /u],
      [{ units: ['东城区', '南城区'] }, /^ZG_BAD_ITEM: units\.1: no unit/u],
      [{ units: [] }, /^ZG_BAD_ITEM: units: is wanted/u],
      [{ text: ' ' }, /^ZG_BAD_ITEM: text: is wanted/u],
      [{ kind: 'petition' }, /^ZG_BAD_ITEM: number: is wanted/u],
      [{ kind: 'rectificationTask' }, /^ZG_BAD_ITEM: limit: is wanted/u],
      [{ limit: '尽快' }, /^ZG_BAD_ITEM: limit: is not understood/u],
      [{ limit: '2021-08-01' }, /^ZG_BAD_ITEM: limit: lies before/u],
    ];
    for (const [over, fault] of wrong) await expect(post({ ...asked, ...over }, undefined)).rejects.toThrow(fault);
    expect(items()).toEqual([]);
  });
});
