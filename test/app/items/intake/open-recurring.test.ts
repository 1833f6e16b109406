import { describe, expect, it } from 'vitest';
import { beginChange, toTransition } from '../../../../src/app/change.ts';
import { announcePhase } from '../../../../src/app/items/phases/announce-phase.ts';
import { createOpening } from '../../../../src/app/items/intake/open-recurring.ts';
import { createWorld, refreshWorld } from '../../../../src/app/world.ts';
import { shippedKinds, type ItemKind } from '../../../../src/domain/items/item-kind.ts';
import type { Item } from '../../../../src/domain/items/item.ts';
import { campaignTo, at, idOf } from '../../../support/invented.ts';
import { wholeText } from '../../../support/recording-channel.ts';
import { startService } from '../../../support/service.ts';

const kindNamed = (name: string): ItemKind => shippedKinds.find((kind) => kind.name === name)!;
const zero: ItemKind = { ...kindNamed('zeroReport'), opens: { type: 'daily', phases: ['during'] } };
const onSite: ItemKind = { ...kindNamed('dailyReport'), opens: { type: 'daily', phases: ['onSite'] } };
const own = [kindNamed('rectificationPlan'), kindNamed('rectificationReport'), kindNamed('assigned')];

const start = async (from: string, kinds: readonly ItemKind[] = [zero, onSite, ...own]) => {
  const service = await startService({ at: from, settings: { kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind])) } });
  const { world, store } = service;
  const items = (): readonly Item[] => store.all().flatMap(({ aggregate }) => (aggregate.type === 'item' ? [aggregate.state] : []));
  const ids = () =>
    items()
      .map(({ id }) => id)
      .toSorted();
  const opened = () => store.rows().filter(({ event }) => event === 'ItemHandedOver');
  /** Another process on the same store, which has seen nothing yet. */
  const another = async () => {
    const { clock, secrets, log, settings, hasVoice, leaseMs } = world;
    const other = createWorld({ store, clock, secrets, log, settings, hasVoice, leaseMs });
    await refreshWorld(other);
    return createOpening(other);
  };
  const reaches = async (time: string, open: () => Promise<void>) => {
    await service.passTo(at(time));
    await open();
    await service.settle();
  };
  return { ...service, items, ids, opened, another, reaches };
};

describe('reports of the day', () => {
  it('open in the morning for each district, due at three, and once however often it is looked', async () => {
    const { world, items, ids, opened, reaches, chat } = await start('2021-08-27T20:30');
    const open = createOpening(world);
    await reaches('2021-08-28T07:59', open);
    expect(ids()).toEqual([]);
    await reaches('2021-08-28T08:00', open);
    expect(ids()).toEqual(['izeroReport20210828.u2', 'izeroReport20210828.u3']);
    expect(items()[0]).toMatchObject({
      number: '零报告0828-东城区',
      status: 'received',
      limits: [{ level: 'unit', at: at('2021-08-28T15:00') }],
    });
    expect(chat.seenBy(idOf('东联络')).some(({ message }) => wholeText(message).includes('零报告0828-东城区'))).toBe(true);
    await reaches('2021-08-28T12:00', open);
    expect(opened()).toHaveLength(2);
    await reaches('2021-08-29T09:00', open);
    expect(opened()).toHaveLength(4);
  });

  it('open once over two processes that look at the same instant', async () => {
    const { passTo, another, ids, opened, settle } = await start('2021-08-27T20:30');
    const [one, other] = [await another(), await another()];
    await passTo(at('2021-08-28T08:00'));
    await Promise.all([one(), other(), one(), other()]);
    await settle();
    expect(opened()).toHaveLength(2);
    expect(ids()).toEqual(['izeroReport20210828.u2', 'izeroReport20210828.u3']);
    await (
      await another()
    )();
    expect(opened()).toHaveLength(2);
  });

  it('are made up for after an outage, but not without end, and none from before the service was there', async () => {
    const { ids, another, skipTo, world } = await start('2021-08-27T20:30');
    const open = await another();
    const since = world.calendar!.throughAt;
    expect(since).toBeGreaterThan(0);
    await skipTo(at('2021-08-31T09:00'));
    await open();
    const days = ['20210829', '20210830', '20210831'];
    expect(ids()).toEqual(days.flatMap((day) => [`izeroReport${day}.u2`, `izeroReport${day}.u3`]));
    const fresh = await start('2021-08-29T09:00');
    await createOpening(fresh.world)();
    expect(fresh.ids()).toEqual(['izeroReport20210829.u2', 'izeroReport20210829.u3']);
  });

  it('are opened in the morning where the service came back by night', async () => {
    const { ids, another, skipTo, reaches } = await start('2021-08-27T20:30');
    const open = await another();
    await skipTo(at('2021-08-29T02:00'));
    await open();
    expect(ids()).toEqual([]);
    await reaches('2021-08-29T08:00', open);
    expect(ids().map((id) => id.slice(11, 19))).toEqual(['20210828', '20210828', '20210829', '20210829']);
  });

  it('do not wait for hours that begin when they are due', async () => {
    const early: ItemKind = { ...zero, limit: { type: 'daily', minute: 7 * 60 } };
    const { ids, world, reaches } = await start('2021-08-27T20:30', [early, ...own]);
    await reaches('2021-08-28T05:00', createOpening(world));
    expect(ids()).toEqual(['izeroReport20210828.u2', 'izeroReport20210828.u3']);
  });

  it('begin with a phase that the office announces, for its district alone', async () => {
    const { world, store, ids, settle } = await start('2021-08-28T10:00');
    const open = createOpening(world);
    await open();
    const change = beginChange(world, world.clock.now());
    const by = { personId: idOf('冯主任'), channel: 'webchat' };
    await announcePhase(world, change, { phase: 'onSite', unitId: 'u2', fromAt: at('2021-08-28T11:00'), by });
    expect(await store.commit([toTransition(change)], world.campaignVersion)).toEqual(['committed']);
    await refreshWorld(world);
    await settle();
    await open();
    expect(ids().filter((id) => id.startsWith('idaily'))).toEqual(['idailyReport20210828.u2']);
  });
});

describe('what a phase leaves behind', () => {
  it('is the plan and the report, on the office, once, with its time counted from the end', async () => {
    const { world, items, opened, reaches, another } = await start('2021-09-26T07:00', own);
    const open = createOpening(world);
    await reaches('2021-09-26T08:29', open);
    expect(items()).toEqual([]);
    await reaches('2021-09-26T08:30', open);
    expect(items().map(({ id, parts, handedOverAt }) => [id, parts[0]?.unitId, handedOverAt])).toEqual([
      ['irectificationPlan20210826.g1', 'g1', campaignTo],
      ['irectificationReport20210826.g1', 'g1', campaignTo],
    ]);
    await reaches('2021-09-27T09:00', open);
    await (
      await another()
    )();
    expect(opened()).toHaveLength(2);
  });

  it('is still opened by a service that was away when the phase ended', async () => {
    const { ids, another, skipTo } = await start('2021-09-20T10:00', own);
    const open = await another();
    await skipTo(at('2021-10-08T09:00'));
    await open();
    expect(ids()).toEqual(['irectificationPlan20210826.g1', 'irectificationReport20210826.g1']);
  });
});
