import { describe, expect, it } from 'vitest';
import { decideOne, fireDue } from '../../src/app/contact/fire-due.ts';
import { tickCalendar } from '../../src/app/contact/tick-calendar.ts';
import { decideMessage } from '../../src/app/decide-message.ts';
import { viewHandovers, handoverSheet } from '../../src/app/handover/view-handovers.ts';
import { keepHandovers } from '../../src/app/handover/keep-handovers.ts';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { whoIsOnDuty } from '../../src/app/roster/who-is-on-duty.ts';
import { isoIn } from '../../src/app/views/view-page.ts';
import { viewRoster } from '../../src/app/views/view-roster.ts';
import { createWorld, refreshWorld, type World } from '../../src/app/world.ts';
import { holdersAt } from '../../src/domain/organisation/directory.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { speech } from '../../src/wiring/speech.ts';
import * as invented from '../support/invented.ts';
import { startService } from '../support/service.ts';

const minute = 60_000;
type Service = Awaited<ReturnType<typeof startService>>;

const roster = {
  ...invented.roster,
  shifts: invented.roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from === invented.at('2021-08-28T08:30')
      ? { ...shift, holders: [invented.holder('onDuty', '次日班')] }
      : shift,
  ),
};

const another = async ({ world }: Service, store: Store = world.store): Promise<World> => {
  const { clock, secrets, log, settings, hasVoice, leaseMs } = world;
  const other = createWorld({ store, clock, secrets, log, settings, hasVoice, leaseMs });
  await refreshWorld(other);
  return other;
};

const message = (service: Service, from: string, text: string): InboundMessage => ({
  id: `${from} ${text} ${service.clock.now()}`,
  channel: 'webchat',
  conversation: from,
  isGroup: false,
  from,
  receivedAt: service.clock.now(),
  text,
});

const decide = (service: Service, world: World, from: string, text: string) =>
  decideMessage(
    { world, identify: (_channel, id) => world.directory.people.get(id), pageUrl: '', ...speech(world) },
    message(service, from, text),
  );

const eventsOf = ({ store }: Service, ...names: readonly string[]) => store.rows().filter(({ event }) => names.includes(event));

describe('handovers of several processes', () => {
  it('are opened once, however many look at once and whichever of them die', async () => {
    const service = await startService({ at: '2021-08-28T08:10', roster });
    const dying = { ...service.store, commit: () => Promise.reject(new Error('killed')) };
    const worlds = [service.world, await another(service), await another(service)];
    const killed = await another(service, dying);
    await service.store.takeDue(0, 1, 0);
    service.clock.now();
    await service.passTo(invented.at('2021-08-28T08:14'));
    await keepHandovers(killed).catch(() => {});
    await service.passTo(invented.at('2021-08-28T08:16'));
    await Promise.all(worlds.flatMap((world) => [tickCalendar(world), fireDue(world)]));
    expect(eventsOf(service, 'HandoverOpened')).toHaveLength(1);
  });

  it('accepted in one process, decide in the other too: what it decided meanwhile is decided again', async () => {
    const service = await startService({ at: '2021-08-28T08:14', roster });
    const other = await another(service);
    await service.passTo(invented.at('2021-08-28T08:40'));
    await keepHandovers(other);
    expect(holdersAt(other.directory, 'p2', service.clock.now()).map(({ personId }) => personId)).toContain(invented.idOf('东主班'));
    // Decided while the post was held on, committed after somebody has come.
    const late = await decide(service, other, invented.idOf('东主班'), '在岗');
    await service.deliverMessage(message(service, invented.idOf('次日班'), '接班'));
    const [result] = await service.store.commit([late.transition], other.campaignVersion);
    expect(result).toBe('stale');
    await refreshWorld(other);
    const again = await decide(service, other, invented.idOf('东主班'), '在岗');
    expect(again.replies.map(({ template }) => template)).toEqual(['reply.nothingOpen']);
  });

  it('accepted by two at once, one of them is told that it is done', async () => {
    const service = await startService({ at: '2021-08-28T08:20', roster });
    const other = await another(service);
    await keepHandovers(other);
    const [one, two] = await Promise.all([
      decide(service, service.world, invented.idOf('次日班'), '接班'),
      decide(service, other, invented.idOf('次日班'), '接班'),
    ]);
    const results = [
      ...(await service.store.commit([one.transition], service.world.campaignVersion)),
      ...(await service.store.commit([two.transition], other.campaignVersion)),
    ];
    expect(results).toEqual(['committed', 'conflict']);
    const again = await decide(service, other, invented.idOf('次日班'), '接班');
    expect(again.replies.map(({ template }) => template)).toEqual(['reply.handoverRefused']);
    expect(eventsOf(service, 'HandoverAccepted')).toHaveLength(1);
  });
});

/** The same store, telling what is read of it. */
const watched = (store: Store) => {
  const read: string[] = [];
  const scanned: string[] = [];
  return {
    read,
    scanned,
    store: {
      ...store,
      load: (ids: readonly string[]) => {
        read.push(...ids);
        return store.load(ids);
      },
      scan: (type, cursor) => {
        scanned.push(type);
        return store.scan(type, cursor);
      },
    } satisfies Store,
  };
};

describe('an acceptance among many', () => {
  const crowd = (count: number) => {
    const posts = Array.from({ length: count }, (_, index) => ({
      ...invented.roster.posts[1]!,
      id: `p${index + 1}`,
      name: `岗${index + 1}`,
    }));
    const teams = (['东主班', '次日班'] as const).map((name) => [invented.holder('onDuty', name)]);
    const days = ['2021-08-26T08:30', '2021-08-27T08:30', '2021-08-28T08:30', '2021-08-29T08:30'].map((text) => invented.at(text));
    const shifts = posts.flatMap(({ id: postId }) =>
      [0, 1, 2].map((day) => ({ postId, from: days[day]!, to: days[day + 1]!, holders: teams[(day + 1) % 2]! })),
    );
    // one post has people of its own
    const alone = (['西主班', '西副班'] as const).map((name) => [invented.holder('onDuty', name)]);
    return {
      ...invented.roster,
      posts,
      shifts: shifts.map((one) => (one.postId === 'p7' ? { ...one, holders: alone[one.from === days[1] ? 0 : 1]! } : one)),
    };
  };

  it('reads its own handover, and nobody else then reads more than it', async () => {
    const service = await startService({ at: '2021-08-28T08:10', roster: crowd(60) });
    const acting = watched(service.world.store);
    const looking = watched(service.world.store);
    const [actor, looker] = [await another(service, acting.store), await another(service, looking.store)];
    await service.passTo(invented.at('2021-08-28T08:20'));
    await keepHandovers(actor);
    await keepHandovers(looker);
    expect(looker.handovers.waiting.size).toBe(60);
    for (const list of [acting.read, looking.read, acting.scanned, looking.scanned]) list.length = 0;
    const { transition, replies } = await decide(service, actor, invented.idOf('西副班'), '接班');
    expect(replies.map(({ template }) => template)).toEqual(['reply.handoverAccepted']);
    expect(await service.store.commit([transition], actor.campaignVersion)).toEqual(['committed']);
    await keepHandovers(looker);
    const isHandover = (id: string): boolean => id.startsWith('h');
    expect(acting.read.filter(isHandover)).toHaveLength(1);
    expect(looking.read.filter(isHandover)).toEqual(acting.read.filter(isHandover));
    expect([...acting.scanned, ...looking.scanned]).toEqual([]);
    await service.passTo(invented.at('2021-08-28T08:31'));
    await keepHandovers(looker);
    const standing = (postId: string): readonly string[] =>
      holdersAt(looker.directory, postId, service.clock.now()).map(({ personId }) => personId);
    expect(standing('p7')).toEqual([invented.idOf('西副班')]);
    expect(standing('p8')).toEqual(standing('p9'));
    expect(looker.directory.held.size).toBe(59);
  });

  it('is found where an earlier version wrote it down, and by a book of one', async () => {
    const service = await startService({ at: '2021-08-28T08:14', roster });
    const { world, store } = service;
    await service.passTo(invented.at('2021-08-28T08:40'));
    const book = async () => (await store.load(['h']))[0]!;
    const unaware = async () => ({ ids: undefined, mark: undefined });
    // Written without a word of it, and without the last one of each post.
    const old = await another(service, { ...store, movedHandovers: unaware });
    await service.deliverMessage(message(service, invented.idOf('次日班'), '接班'));
    await service.passTo(invented.at('2021-08-28T08:45'));
    const { aggregate, version } = await book();
    if (aggregate.type !== 'handovers') throw new Error('no book');
    const { last, ...before } = aggregate.state;
    expect(Object.keys(last ?? {})).toContain('p2');
    const write = { id: 'h', expected: version, aggregate: { type: 'handovers', state: before }, dueAt: null } as const;
    expect(await store.commit([{ writes: [write], events: [], notices: [] }], world.campaignVersion)).toEqual(['committed']);
    const again = await decide(service, old, invented.idOf('次日班'), '接班');
    expect(again.replies.map(({ template }) => template)).toEqual(['reply.handoverRefused']);
    await refreshWorld(world);
    await service.passTo(invented.at('2021-08-29T08:16'));
    const next = (await book()).aggregate;
    expect(next.type === 'handovers' && next.state.last?.['p2']).toBe(last?.['p2']);
  });
});

it('is kept for a quarter after its shift, and told by the ledger alone after that', async () => {
  const service = await startService({ at: '2021-08-28T08:14', roster });
  const { store } = service;
  await service.passTo(invented.at('2021-08-28T08:40'));
  await service.deliverMessage(message(service, invented.idOf('次日班'), '接班'));
  await service.passTo(invented.at('2021-08-28T09:00'));
  const [{ itemId } = { itemId: '' }] = eventsOf(service, 'HandoverAccepted');
  const endsAt = invented.at('2021-08-29T08:30');
  const day = 86_400_000;
  expect(store.dueAt(itemId!)).toBe(endsAt + 92 * day);
  const [kept] = await store.load([itemId!]);
  const due = (at: number) => decideOne(service.world, { ...kept!, dueAt: 0 }, new Map(), at);
  expect(due(endsAt + 91 * day).writes).toMatchObject([{ dueAt: endsAt + 92 * day, aggregate: { type: 'handover' } }]);
  const forgetting = due(endsAt + 92 * day);
  expect(forgetting.writes).toMatchObject([{ aggregate: null }]);
  expect(await store.commit([forgetting], service.world.campaignVersion)).toEqual(['committed']);
  const reader = {
    rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().length,
  };
  expect(
    (await replayLedger({ store, reader, sha256: service.world.secrets.sha256 })).differences.filter(
      ({ aggregate }) => aggregate === 'handover',
    ),
  ).toEqual([]);
});

describe('a post that has not been handed over', () => {
  it('is shown with whoever stays and whoever is to come, wherever it is asked; what is ahead is shown as planned', async () => {
    const service = await startService({ at: '2021-08-28T08:14', roster });
    await service.passTo(invented.at('2021-08-28T08:35'));
    const { world, clock } = service;
    const iso = isoIn(world.settings.timeZone);
    const [row] = viewRoster(world.directory, clock.now(), iso, { after: undefined, limit: 9 }).items.filter(
      ({ postId }) => postId === 'p2',
    );
    expect(row).toMatchObject({ holders: [{ name: '东主班' }, { name: '东副班' }], notHandedOverTo: [{ name: '次日班' }] });
    expect(whoIsOnDuty(world.directory, clock.now(), iso, '东城区')).toMatchObject({
      posts: [{ onDuty: [{ name: '东主班' }], coDuty: [{ name: '东副班' }], notHandedOverTo: [{ name: '次日班' }] }],
    });
    const said = await decide(service, world, invented.idOf('冯主任'), '现在东城区谁值班');
    expect(said.replies[0]!.params!['lines']).toEqual([
      expect.any(String),
      expect.stringMatching(/东城区：主班 东主班 .*副班 东副班 .*未交接（接班：次日班）/u),
    ]);
    const mine = await decide(service, world, invented.idOf('次日班'), '我的班');
    expect(String(mine.replies[0]!.params!['lines'])).not.toContain('正在值班');
  });

  it('stands in the log with what was handed over, and the ledger explains it', async () => {
    const service = await startService({ at: '2021-08-28T08:14', roster });
    await service.passTo(invented.at('2021-08-28T08:16'));
    await service.deliverMessage(message(service, invented.idOf('东主班'), '交接备注：西门监控故障'));
    const { world, store, clock } = service;
    const iso = isoIn(world.settings.timeZone);
    const deps = { store, settings: world.settings, now: clock.now, loadDirectory: async () => world.directory, iso };
    expect(await viewHandovers(deps, {})).toMatchObject({ items: [{ status: 'waiting', post: '东城区', notes: [{ by: '东主班' }] }] });
    await service.passTo(invented.at('2021-08-28T08:30') + 11 * minute);
    expect(await viewHandovers(deps, { post: '东城区' })).toMatchObject({ items: [{ status: 'overdue' }] });
    await service.deliverMessage(message(service, invented.idOf('次日班'), '接班'));
    const answer = await viewHandovers(deps, { post: 'p2', from: invented.at('2021-08-28T08:30'), to: invented.at('2021-08-28T08:31') });
    expect(answer).toMatchObject({ items: [{ status: 'late', acceptedBy: '次日班', outgoing: [{ name: '东主班' }, { name: '东副班' }] }] });
    expect(await viewHandovers(deps, { post: '没有这个岗' })).toEqual({ ok: false, post: '没有这个岗' });
    expect(await viewHandovers(deps, { to: invented.at('2021-08-28T08:30') })).toEqual({ ok: true, items: [] });
    const sheet = handoverSheet(answer.ok ? answer.items : [], '保障期');
    expect(sheet.rows[0]).toEqual([
      '东城区',
      '2021-08-28 08:30',
      '东主班、东副班',
      '次日班',
      '2021-08-28 08:41',
      '次日班',
      '迟接班',
      expect.any(String),
      '东主班：西门监控故障',
    ]);
    const reader = {
      rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
      lastSeq: async () => store.rows().length,
    };
    const report = await replayLedger({ store, reader, sha256: world.secrets.sha256 });
    expect(report.differences.filter(({ aggregate }) => aggregate === 'handover')).toEqual([]);
    expect(report.compared).toMatchObject({ handover: 1 });
  });
});
