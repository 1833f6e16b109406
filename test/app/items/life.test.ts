import { describe, expect, it } from 'vitest';
import { beginChange, toTransition } from '../../../src/app/change.ts';
import { actOnItem } from '../../../src/app/items/act-on-item.ts';
import { createBoard } from '../../../src/app/items/board.ts';
import { clockIdOf } from '../../../src/app/items/change-item.ts';
import { handOver } from '../../../src/app/items/intake/hand-over.ts';
import { isEnded } from '../../../src/domain/escalation/obligation.ts';
import { clocksOf } from '../../../src/domain/items/clocks-of.ts';
import { evolveItem } from '../../../src/domain/items/evolve-item.ts';
import type { ItemCommand, ItemDraft } from '../../../src/domain/items/item-command.ts';
import type { Item } from '../../../src/domain/items/item.ts';
import { at, idOf, type Name } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';

type Act = ItemCommand extends infer C ? (C extends { readonly personId: string } ? Omit<C, 'personId' | 'channel'> : never) : never;

const id = 'iD2SD202108280012';
const file = { sha256: 'a'.repeat(64), name: '办理情况.pdf', bytes: 10, mime: 'application/pdf' };

const draft: ItemDraft = {
  id,
  kind: 'petition',
  number: 'D2SD202108280012',
  text: '夜间施工扬尘',
  pollution: ['大气'],
  isSpecial: false,
  handedOverAt: at('2021-08-28T09:00'),
  unitIds: ['u2', 'u3'],
  limits: [
    { level: 'unit', at: at('2021-09-01T00:00'), countedFromAt: at('2021-08-28T09:00'), rule: { type: 'days', count: 3, day: 'natural' } },
    { level: 'city', at: at('2021-09-04T00:00'), countedFromAt: at('2021-08-28T09:00'), rule: { type: 'days', count: 6, day: 'natural' } },
  ],
};

const start = async () => {
  const service = await startService({ at: '2021-08-28T09:00' });
  const { world, store } = service;
  const itemNow = (): Item => {
    const aggregate = store.all().find((one) => one.id === id)?.aggregate;
    if (aggregate?.type !== 'item') throw new Error('no item');
    return aggregate.state;
  };
  const act = async (name: Name, command: Act) => {
    const change = beginChange(world, world.clock.now());
    const acted = await actOnItem(world, change, id, { ...command, personId: idOf(name), channel: 'webchat' });
    const [result] = await store.commit([toTransition(change)], world.campaignVersion);
    expect(result).toBe('committed');
    await service.settle();
    return acted;
  };
  const clocks = () =>
    store
      .all()
      .flatMap(({ aggregate }) => (aggregate.type === 'obligation' && aggregate.state.itemId === id ? [aggregate.state] : []))
      .map((o) => `${o.kind} ${o.key} ${o.status}`)
      .toSorted();
  /** What runs is exactly what the state asks for. */
  const checkClocks = () => {
    const item = itemNow();
    const wanted = clocksOf(item, world.settings.kinds[item.kind]!).map((clock) => clockIdOf(item, clock));
    const running = store
      .all()
      .flatMap(({ aggregate }) =>
        aggregate.type === 'obligation' && aggregate.state.itemId === id && !isEnded(aggregate.state) ? [aggregate.state.id] : [],
      );
    expect(running.toSorted()).toEqual(wanted.toSorted());
  };
  return { ...service, itemNow, act, clocks, checkClocks };
};

describe('an item in the store', () => {
  it('goes from handing over to confirmed, its clocks following its state', async () => {
    const { world, act, itemNow, clocks, checkClocks, passTo } = await start();
    expect(await handOver(world, { drafts: [draft] })).toEqual({ opened: [id], corrected: [], withdrawn: [], unchanged: [] });
    checkClocks();
    expect(clocks()).toEqual(['deadline 0 open', 'receipt u2 open', 'receipt u3 open']);
    expect((await act('西主班', { type: 'draft', outcome: 'done', text: '好了', files: [file] })).refusal).toBe('wrongRole');
    await act('东联络', { type: 'receive' });
    checkClocks();
    expect((await act('东联络', { type: 'receive' })).refusal).toBe('alreadyDone');
    await act('东联络', { type: 'split', subtasks: [{ title: '覆盖裸土', ownerId: idOf('东主班'), dueAt: at('2021-08-31T17:00') }] });
    checkClocks();
    await act('东主班', { type: 'finishSubtask', no: 1 });
    await act('东联系', { type: 'draft', outcome: 'done', text: '已整改', files: [file] });
    expect((await act('东联络', { type: 'submit' })).refusal).toBe('notChecked');
    expect((await act('东联系', { type: 'check' })).refusal).toBe('ownWork');
    await act('东联络', { type: 'check' });
    expect((await act('东联络', { type: 'submit' })).refusal).toBe('notSigned');
    expect((await act('东联系', { type: 'sign', signedOn: '2021-08-28' })).refusal).toBe('noSeal');
    await act('东联系', { type: 'sign', signedOn: '2021-08-28', sealScan: file });
    await act('东联络', { type: 'submit' });
    checkClocks();
    expect(itemNow().status).toBe('submitted');
    await act('冯主任', { type: 'return', reason: '照片不清', fault: 'incomplete' });
    checkClocks();
    expect(clocks()).toContain('deadline 0 open');
    await act('东联系', { type: 'draft', outcome: 'done', text: '补充照片', files: [{ ...file, sha256: 'b'.repeat(64) }] });
    await act('东联络', { type: 'check' });
    await act('东联系', { type: 'sign', signedOn: '2021-08-28', sealScan: file });
    await act('东联络', { type: 'submit' });
    await act('冯主任', { type: 'accept' });
    checkClocks();
    await act('冯主任', { type: 'close' });
    checkClocks();
    await passTo(world.clock.now() + 3_600_000);
    expect((await act('冯主任', { type: 'followUp', passed: true, text: '属实' })).refusal).toBe('ownWork');
    await act('陈干事', { type: 'followUp', passed: true, text: '现场核查通过' });
    checkClocks();
    expect(itemNow()).toMatchObject({ status: 'confirmed', versions: [{ decision: 'returned' }, { decision: 'accepted' }] });
  });

  it('is owed by whoever has it now, when it goes to another person or another unit on the same date', async () => {
    const { world, store, act, checkClocks } = await start();
    const owing = (kind: string) =>
      store
        .all()
        .flatMap(({ aggregate }) => (aggregate.type === 'obligation' && !isEnded(aggregate.state) ? [aggregate.state] : []))
        .filter((o) => o.itemId === id && o.kind === kind)
        .map(({ subject }) => subject);
    await handOver(world, { drafts: [draft] });
    await act('东联络', { type: 'receive' });
    await act('西联络', { type: 'receive' });
    await act('东联络', { type: 'split', subtasks: [{ title: '洒水', ownerId: idOf('东主班'), dueAt: at('2021-08-30T00:00') }] });
    expect(owing('subtask')).toEqual([idOf('东主班')]);
    await act('东联络', { type: 'reassign', no: 1, ownerId: idOf('东副班') });
    checkClocks();
    expect(owing('subtask')).toEqual([idOf('东副班')]);
    await handOver(world, { drafts: [], corrections: [{ itemId: id, correction: { unitIds: ['u3', 'u2'] } }] });
    checkClocks();
    expect(owing('deadline')).toEqual(['u3']);
  });

  it('is what a replay of its events gives', async () => {
    const { world, store, act, itemNow } = await start();
    await handOver(world, { drafts: [draft] });
    await act('东联络', { type: 'receive' });
    await act('东联络', { type: 'report', text: '正在处理', files: [] });
    const rows = store.rows();
    expect(rows.filter((row) => row.itemId === id).reduce<Item | undefined>((item, row) => evolveItem(item, row), undefined)).toEqual(
      itemNow(),
    );
  });

  it('is handed over once, however often the same batch comes', async () => {
    const { world, itemNow, act } = await start();
    await handOver(world, { drafts: [draft] });
    await act('东联络', { type: 'receive' });
    expect(await handOver(world, { drafts: [draft] })).toEqual({ opened: [], corrected: [], withdrawn: [], unchanged: [id] });
    expect(itemNow().status).toBe('received');
  });

  it('follows a correction with its clocks', async () => {
    const { world, checkClocks, clocks, itemNow } = await start();
    await handOver(world, { drafts: [draft] });
    const limits = [{ ...draft.limits[0]!, at: at('2021-08-31T00:00') }];
    const correction = { unitIds: ['u3'], limits };
    expect(await handOver(world, { drafts: [], corrections: [{ itemId: id, correction }] })).toMatchObject({ corrected: [id] });
    checkClocks();
    expect(itemNow().parts).toEqual([{ unitId: 'u3', isLead: true }]);
    expect(clocks()).toContain('receipt u2 withdrawn');
  });

  it('is on the board as soon as it is committed', async () => {
    const { world, store, act } = await start();
    const board = createBoard(store, {
      rows: async (after: number) => store.rows(after),
      lastSeq: async () => store.rows().length,
    });
    expect((await board.read()).size).toBe(0);
    await handOver(world, { drafts: [draft] });
    expect((await board.read()).get(id)?.status).toBe('handedOver');
    await act('东联络', { type: 'receive' });
    expect((await board.read()).get(id)?.status).toBe('received');
  });

  it('lets one of two win who act on it at the same instant', async () => {
    const { world, store, itemNow } = await start();
    await handOver(world, { drafts: [draft] });
    const decide = async (name: Name) => {
      const change = beginChange(world, world.clock.now());
      await actOnItem(world, change, id, { type: 'receive', personId: idOf(name), channel: 'webchat' });
      return toTransition(change);
    };
    const both = [await decide('东联络'), await decide('东联系')];
    expect(await store.commit(both, world.campaignVersion)).toEqual(['committed', 'conflict']);
    expect(itemNow().parts[0]?.receivedBy).toBe(idOf('东联络'));
  });
});
