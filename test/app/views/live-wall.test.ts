import { expect, it } from 'vitest';
import { createLiveWall, type WallNews } from '../../../src/app/views/live-wall.ts';
import { createSubjectBoard } from '../../../src/app/views/subject-board.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import { viewWall, type WallView } from '../../../src/app/views/view-wall.ts';
import type * as invented from '../../support/invented.ts';
import { buildDirectory, type Directory } from '../../../src/domain/organisation/directory.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startStory } from '../../support/story.ts';

const iso = isoIn('Asia/Shanghai');

const follow = async () => {
  let seen: Directory | undefined;
  const story = await startStory();
  const { world, store } = story;
  const policyOf = (name: string) => world.settings.policies[name]!;
  let loads = 0;
  const board = createSubjectBoard(
    {
      scan: (type, cursor) => store.scan(type, cursor),
      load: (ids) => {
        loads += ids.length;
        return store.load(ids);
      },
    },
    { rows: async (after, limit) => store.rows(after).slice(0, limit), lastSeq: async () => store.rows().at(-1)?.seq ?? 0 },
  );
  let real = 0;
  let wake: (() => void) | undefined;
  const watch = createLiveWall({
    board,
    loadDirectory: async () => seen ?? world.directory,
    clock: story.clock,
    realNow: () => real,
    pause: () => new Promise((resolve) => (wake = resolve)),
    policyOf,
    iso,
    log: quietLog(),
  });
  const heard: WallNews[] = [];
  const tiles = new Map<string, object>();
  const applyTo = (kept: Map<string, object>, news: WallNews): void => {
    for (const tile of [...news.posts, ...news.standing]) kept.set(tile.subject, tile);
    for (const subject of news.gone) kept.delete(subject);
  };
  const open = await watch((news) => {
    heard.push(news);
    applyTo(tiles, news);
  });
  const first = open.whole();
  for (const { view } of [...first.posts, ...first.standing]) tiles.set(view.subject, view);
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  /** One more look, so long after the last. */
  const looks = async (laterMs = 100): Promise<void> => {
    for (let tries = 0; wake === undefined && tries < 100; tries++) await settled();
    real += laterMs;
    const awake = wake;
    wake = undefined;
    awake?.();
    for (let tries = 0; wake === undefined && tries < 100; tries++) await settled();
  };
  const whole = async (): Promise<WallView> => {
    const of = store.all();
    return viewWall({
      campaign: '',
      mode: 'demo',
      clockScale: 1,
      directory: world.directory,
      watches: of.flatMap(({ aggregate }) => (aggregate.type === 'watch' ? [aggregate.state] : [])),
      obligations: of.flatMap(({ aggregate }) => (aggregate.type === 'obligation' ? [aggregate.state] : [])),
      policyOf,
      now: story.clock.now(),
      iso,
    });
  };
  return {
    story,
    heard,
    tiles,
    looks,
    whole,
    open,
    applyTo,
    leave: open.leave,
    loads: () => loads,
    sees: (directory: Directory) => void (seen = directory),
  };
};

const tilesOf = ({ posts, standing }: WallView) => Object.fromEntries([...posts, ...standing].map((tile) => [tile.subject, tile]));

it('tells what moves so that whoever applies it has the wall as it is, through checks, answers, misses and changes of shift', async () => {
  const { story, tiles, looks, whole, heard, open } = await follow();
  await looks();
  expect(Object.fromEntries(tiles)).toEqual(tilesOf(await whole()));
  for (const duration of ['5m', '10m', '20m', '30m', '3h', '12h', '12h']) {
    await story.clock.passes(duration);
    for (const name of ['东主班', '西主班'] as const) if (duration === '5m') await story.person(name).replies('在岗');
    await looks(2_500);
    expect(Object.fromEntries(tiles)).toEqual(tilesOf(await whole()));
    const { counts, office } = heard.at(-1)!;
    const live = open.whole();
    expect(live.posts.map(({ view, text }) => [view, JSON.parse(text)])).toEqual((await whole()).posts.map((tile) => [tile, tile]));
    expect(live.standing.map(({ view }) => view)).toEqual((await whole()).standing);
    expect({ counts, office }).toMatchObject({ counts: (await whole()).counts, office: (await whole()).office });
  }
  for (const person of story.world.directory.people.values()) story.person(person.name as invented.Name).ignores();
  story.group.ignores();
});

it('tells whoever has missed something what has become of it, and nothing else; too long ago, it has nothing to tell', async () => {
  const { story, looks, tiles, heard, open, applyTo } = await follow();
  await looks();
  const late = new Map(tiles);
  const { version } = open.whole();
  for (const duration of ['5m', '10m', '20m', '12h'] as const) {
    await story.clock.passes(duration);
    await looks();
  }
  const missed = open.since(version)!;
  applyTo(late, missed);
  expect(Object.fromEntries(late)).toEqual(Object.fromEntries(tiles));
  expect(missed.rows.at(-1)).toEqual(heard.at(-1)!.rows.at(-1));
  expect(open.since(open.whole().version)).toMatchObject({ posts: [], standing: [], gone: [], rows: [] });
  expect([open.since(version - 500), open.since(open.whole().version + 1)]).toEqual([undefined, undefined]);
  for (const person of story.world.directory.people.values()) story.person(person.name as invented.Name).ignores();
  story.group.ignores();
});

it('looks only at what has moved, joins what comes together, and is silent but for a beat while nothing moves', async () => {
  const { story, looks, heard, loads, leave } = await follow();
  await looks();
  const before = heard.length;
  await looks();
  await looks();
  expect(heard).toHaveLength(before);
  await looks(1_600);
  expect(heard.at(-1)).toMatchObject({ posts: [], standing: [], rows: [] });
  const loaded = loads();
  await story.person('陈干事').replies('谁在值班');
  story.person('陈干事').ignores();
  await looks();
  expect(heard.at(-1)?.rows.length).toBeGreaterThan(0);
  expect(heard.at(-1)?.posts).toEqual([]);
  expect(loads() - loaded).toBeLessThan(4);
  leave();
  const told = heard.length;
  await looks(5_000);
  expect(heard).toHaveLength(told);
});

it('sees within two seconds what changes without a word in the ledger, as when a shift is over', async () => {
  const { story, looks, tiles, sees } = await follow();
  await looks();
  const { organisation, planned } = story.world.directory;
  const manned = [...tiles.values()].filter((tile) => 'onDuty' in tile && (tile.onDuty as readonly string[]).length > 0);
  expect(manned).not.toEqual([]);
  sees(buildDirectory(organisation, { ...planned, shifts: [] }));
  await looks(2_100);
  const empty = [...tiles.values()].filter((tile) => 'onDuty' in tile && 'color' in tile && tile.color === 'empty');
  expect(empty.length).toBeGreaterThanOrEqual(manned.length);
});
