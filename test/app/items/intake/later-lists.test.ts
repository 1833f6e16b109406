import { describe, expect, it } from 'vitest';
import { createWorkbookReader } from '../../../../adapters/excel/workbook-reader.ts';
import { handOver } from '../../../../src/app/items/intake/hand-over.ts';
import { listDoor } from '../../../../src/app/items/intake/hand-over-list.ts';
import { importBatch, importRequests } from '../../../../src/app/items/intake/import-batch.ts';
import { disclosureOf } from '../../../../src/domain/items/disclosure.ts';
import { deadlineOf, limitAt, type Item } from '../../../../src/domain/items/item.ts';
import { toIso } from '../../../../src/domain/local-time.ts';
import { at, idOf } from '../../../support/invented.ts';
import { wholeText } from '../../../support/recording-channel.ts';
import { startService } from '../../../support/service.ts';
import { workbookOf } from '../../../support/workbooks.ts';

/** Lists that come again and say otherwise. */

const number = 'D2SD202108280012';

const start = async () => {
  const service = await startService({ at: '2021-08-28T10:00' });
  const { world, store } = service;
  const deps = { store, clock: world.clock, settings: world.settings, workbooks: createWorkbookReader(), ...listDoor(world) };
  const item = (id: string): Item | undefined => {
    const aggregate = store.all().find((stored) => stored.id === id)?.aggregate;
    return aggregate?.type === 'item' ? aggregate.state : undefined;
  };
  return { ...service, deps, item };
};

describe('a batch that gives more time than before', () => {
  const batch = (limit: string) =>
    workbookOf([
      {
        name: '清单',
        rows: [
          ['转办清单（2021年8月28日）'],
          ['受理编号', '交办问题基本情况', '责任单位', '办理时限'],
          [number, '工地扬尘', '东城区', limit],
        ],
      },
    ]);

  it('takes the levels away that it overtakes, and brings them back where it gives less again', async () => {
    const { deps, item } = await start();
    const due = () => {
      const one = item(`i${number}`)!;
      return [
        toIso('Asia/Shanghai', deadlineOf(one) - 1, 'minute').slice(0, 10),
        one.limits
          .map(({ level }) => level)
          .toSorted()
          .join(' '),
      ];
    };
    await importBatch(deps, await batch('3日内'));
    expect(due()).toEqual(['2021-08-31', 'city province team unit']);
    await importBatch(deps, await batch('5日内'));
    expect(due()).toEqual(['2021-09-02', 'province team unit']);
    await importBatch(deps, await batch('3日内'));
    expect(due()).toEqual(['2021-08-31', 'city province team unit']);
  });

  it('keeps the level that somebody has moved with consent', async () => {
    const { world, deps, item, store } = await start();
    await importBatch(deps, await batch('3日内'));
    const city = limitAt(item(`i${number}`)!, 'city')!;
    await handOver(world, {
      drafts: [],
      corrections: [{ itemId: `i${number}`, correction: { limits: [{ ...city, listedAt: city.at, at: at('2021-09-01T12:00') }] } }],
    });
    await importBatch(deps, await batch('5日内'));
    expect(deadlineOf(item(`i${number}`)!)).toBe(at('2021-09-01T12:00'));
    expect(store.rows().filter(({ event }) => event === 'ItemCorrected')).toHaveLength(2);
  });
});

describe('a list of requests that names fewer units', () => {
  const heading = ['序号', '调阅资料内容', '责任单位', '报送时限'];
  const list = (units: string, text = '2019年以来扬尘治理台账') =>
    workbookOf([
      {
        name: '调阅资料清单（第3号）',
        rows: [['调阅资料清单（第3号）'], heading, ['1', '会议纪要', '西城区', '2021-08-31 17:00'], ['2', text, units, '2021-08-31 17:00']],
      },
    ]);
  const handedOverAt = at('2021-08-28T09:00');

  it('withdraws what it asked of a unit that it names no longer, with a reason that the unit reads', async () => {
    const { deps, item, store, chat, passTo } = await start();
    expect(await importRequests(deps, await list('东城区、西城区'), { handedOverAt })).toMatchObject({ ok: true, counts: { added: 3 } });
    await passTo(at('2021-08-28T10:01'));
    const dryRun = await importRequests(deps, await list('西城区'), { handedOverAt, isDryRun: true });
    expect(dryRun.counts).toMatchObject({ withdrawn: 1, added: 0 });
    expect(item('iDR3.2.u2')?.status).toBe('handedOver');
    expect((await importRequests(deps, await list('西城区'), { handedOverAt })).counts).toMatchObject({
      added: 0,
      updated: 0,
      withdrawn: 1,
    });
    expect(item('iDR3.2.u2')).toMatchObject({ status: 'withdrawn', endReason: '清单已更正，不再要求本单位报送' });
    expect(item('iDR3.2.u3')?.status).toBe('handedOver');
    expect(item('iDR3.1')?.status).toBe('handedOver');
    const open = store.all().filter(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.itemId === 'iDR3.2.u2');
    expect(open.map(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.status)).toEqual(['withdrawn', 'withdrawn']);
    await passTo(at('2021-08-28T10:02'));
    const read = (name: '东联络' | '西联络') =>
      chat
        .seenBy(idOf(name))
        .map(({ first }) => wholeText(first))
        .join('\n');
    expect(read('东联络')).toContain('清单已更正，不再要求本单位报送');
    expect(read('西联络')).not.toContain('清单已更正');
    // The same again takes nothing more back, and naming the unit again is told instead of passed over.
    expect((await importRequests(deps, await list('西城区'), { handedOverAt })).counts).not.toHaveProperty('withdrawn');
    const again = await importRequests(deps, await list('东城区、西城区'), { handedOverAt });
    expect(again.warnings.map(({ code }) => code)).toContain('ZG_REQUEST_WITHDRAWN');
  });

  it('moves to another unit where one takes the place of two', async () => {
    const { deps, item } = await start();
    await importRequests(deps, await list('东城区、西城区'), { handedOverAt });
    await importRequests(deps, await list('市局'), { handedOverAt });
    expect(['iDR3.2', 'iDR3.2.u2', 'iDR3.2.u3'].map((id) => item(id)?.status)).toEqual(['handedOver', 'withdrawn', 'withdrawn']);
  });

  it('takes back nothing where the line asks for something else by now: the lines were numbered anew', async () => {
    const { deps, item } = await start();
    await importRequests(deps, await list('东城区'), { handedOverAt });
    const outcome = await importRequests(deps, await list('西城区、市局', '环评批复'), { handedOverAt });
    expect(outcome.warnings.map(({ code }) => code)).toContain('ZG_REQUEST_LEFT');
    expect(item('iDR3.2')?.status).toBe('handedOver');
  });
});

describe('a table that says what was done already', () => {
  const columns = ['序号', '受理编号', '交办问题基本情况', '责任单位', '办理时限', '办理情况', '是否办结'];
  const table = (handling: string, completion: string) =>
    workbookOf([
      {
        name: '一览表',
        rows: [['第二批一览表（2021年8月28日）'], columns, [1, number, '工地扬尘', '东城区', '3日内', handling, completion]],
      },
    ]);

  it('is kept as what it says, word for word and version by version, and signs and closes nothing', async () => {
    const { deps, item, store, deliverMessage, world, chat } = await start();
    const outcome = await importBatch(deps, await table('已覆盖裸土。', '已办结'));
    expect(outcome).toMatchObject({ ok: true, counts: { added: 1 } });
    expect(outcome.warnings.map(({ code }) => code)).toContain('ZG_ANSWERS_NOTED');
    const told = {
      answers: [
        { heading: '办理情况', text: '已覆盖裸土。' },
        { heading: '是否办结', text: '已办结' },
      ],
    };
    expect(item(`i${number}`)).toMatchObject({ status: 'handedOver', versions: [], reports: [], listed: [told] });
    expect(item(`i${number}`)).not.toHaveProperty('closedAt');
    const rows = store.rows().length;
    expect((await importBatch(deps, await table('已覆盖裸土。', '已办结'))).counts).toMatchObject({ updated: 0, unchanged: 1 });
    expect(store.rows()).toHaveLength(rows);
    expect((await importBatch(deps, await table('重新开工。', '阶段性办结'))).counts).toMatchObject({ updated: 1 });
    expect(item(`i${number}`)!.listed).toHaveLength(2);
    const events = store.rows().filter(({ event }) => event === 'AnswersListed');
    expect(events.map(({ data, personal }) => [data, personal])).toEqual([
      [{ headings: ['办理情况', '是否办结'] }, { texts: ['已覆盖裸土。', '已办结'] }],
      [{ headings: ['办理情况', '是否办结'] }, { texts: ['重新开工。', '阶段性办结'] }],
    ]);
    expect(store.rows().filter(({ event }) => event === 'ItemCorrected')).toEqual([]);
    const from = idOf('东联络');
    await deliverMessage({
      id: 'x1',
      channel: 'webchat',
      conversation: from,
      isGroup: false,
      from,
      receivedAt: world.clock.now(),
      text: number,
    });
    expect(
      chat
        .seenBy(from)
        .map(({ first }) => wholeText(first))
        .at(-1),
    ).toMatch(/清单所载[^\n]*办理情况 重新开工。、是否办结 阶段性办结/);
    const [row] = disclosureOf([item(`i${number}`)!], ['petition'], String);
    expect(row).toMatchObject({ completion: 'open', handling: '', investigation: '' });
  });
});
