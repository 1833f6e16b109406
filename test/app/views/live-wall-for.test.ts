import { expect, it } from 'vitest';
import type { Access } from '../../../src/domain/access/access.ts';
import { buildDirectory, type Directory } from '../../../src/domain/organisation/directory.ts';
import { createLiveWall } from '../../../src/app/views/live-wall.ts';
import { createWallFor, type WallMessage } from '../../../src/app/views/live-wall-for.ts';
import { createSubjectBoard } from '../../../src/app/views/subject-board.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import { createRowsFor } from '../../../src/app/views/views-for.ts';
import { idOf } from '../../support/invented.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startService } from '../../support/service.ts';

type Shown = {
  readonly posts: readonly { readonly subject: string }[];
  readonly standing: readonly { readonly subject: string }[];
  readonly counts: { readonly posts: number };
  readonly rows?: readonly { readonly data: { readonly subject?: string } }[];
};
const shown = ({ text }: WallMessage): Shown => JSON.parse(text) as Shown;
const subjectsOf = (message: WallMessage): readonly string[] => shown(message).posts.map(({ subject }) => subject);

const office = (personId: string): Access => ({ personId, held: [{ role: 'office' }] });
const eastLiaison: Access = { personId: idOf('东联络'), held: [{ role: 'liaison', unitId: 'u2' }] };

const start = async () => {
  const { world, store, clock, passTo } = await startService();
  let directory: Directory = world.directory;
  let wake: (() => void) | undefined;
  let real = 0;
  const iso = isoIn('Asia/Shanghai');
  const loadDirectory = async () => directory;
  const realNow = () => real;
  const ledger = {
    rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().at(-1)?.seq ?? 0,
  };
  let views = 0;
  const followWall = createLiveWall({
    board: createSubjectBoard(store, ledger),
    loadDirectory,
    clock,
    realNow,
    pause: () => new Promise((resolve) => (wake = resolve)),
    policyOf: (name) => world.settings.policies[name]!,
    iso,
    nextRoundAt: () => void (views += 1),
    log: quietLog(),
  });
  const rowsFor = createRowsFor({ loadDirectory, readItems: async () => new Map(), clock });
  let campaign = 'c';
  const aboutCampaign = () => ({ campaign, mode: 'demo', clockScale: 1 }) as const;
  const wallFor = createWallFor({ aboutCampaign, followWall, rowsFor, loadDirectory, clock, realNow, iso });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock,
    passTo,
    views: () => views,
    open: async (access: Access, known?: number) => {
      const heard: WallMessage[] = [];
      const opening = await wallFor(access, (message) => heard.push(message), known);
      return { ...opening, heard };
    },
    looks: async (): Promise<void> => {
      for (let tries = 0; wake === undefined && tries < 100; tries++) await settled();
      real += 2_500;
      const awake = wake;
      wake = undefined;
      awake?.();
      for (let tries = 0; wake === undefined && tries < 100; tries++) await settled();
    },
    isCalled: (name: string) => void (campaign = name),
    changes: (change: (before: Directory) => Directory) => void (directory = change(directory)),
  };
};

it('tells the same words once to all who see the same, and to others what is theirs', async () => {
  const { open, passTo, clock, looks } = await start();
  const [one, other, east] = [await open(office('m9')), await open(office('m8')), await open(eastLiaison)];
  expect(other.first).toBe(one.first);
  expect(subjectsOf(one.first).length).toBeGreaterThan(1);
  expect(subjectsOf(east.first)).toEqual(['p2']);
  expect(shown(east.first).counts.posts).toBe(0);
  await passTo(clock.now() + 5 * 60_000);
  await looks();
  expect(one.heard.length).toBeGreaterThan(0);
  expect(other.heard.every((message, index) => message === one.heard[index])).toBe(true);
  expect(subjectsOf(one.heard.at(-1)!)).toContain('p3');
  const rows = east.heard.flatMap((message) => shown(message).rows ?? []);
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(east.heard.flatMap(subjectsOf))).toEqual(new Set(['p2']));
  expect(rows.filter(({ data }) => data.subject === 'p3')).toEqual([]);
});

it('tells whoever comes back what they have missed, and nobody who has left anything', async () => {
  const { open, passTo, clock, looks, views } = await start();
  const stays = await open(office('m9'));
  const leaves = await open(office('m8'));
  const { version } = leaves.first;
  leaves.leave();
  await passTo(clock.now() + 5 * 60_000);
  await looks();
  expect(leaves.heard).toEqual([]);
  const back = await open(office('m8'), version);
  expect(back.first.event).toBe('news');
  expect(new Set(subjectsOf(back.first))).toEqual(new Set(stays.heard.flatMap(subjectsOf)));
  stays.leave();
  back.leave();
  await looks();
  const looked = views();
  await looks();
  expect(views()).toBe(looked);
  expect((await open(office('m9'))).first.event).toBe('wall');
});

it('shows anew what is in sight once another roster is in force', async () => {
  const { open, changes, looks } = await start();
  const east = await open(eastLiaison);
  changes(({ organisation, planned }) =>
    buildDirectory(organisation, { ...planned, posts: planned.posts.map((post) => (post.id === 'p3' ? { ...post, unitId: 'u2' } : post)) }),
  );
  await looks();
  await looks();
  const last = east.heard.find(({ event }) => event === 'wall');
  expect(last && subjectsOf(last)).toEqual(['p2', 'p3']);
});

it('tells a new name of the campaign to walls that are open, though nothing else is new', async () => {
  const { open, looks, isCalled } = await start();
  const { first, heard } = await open(office('m9'));
  const nameIn = ({ text }: WallMessage) => (JSON.parse(text) as { readonly campaign: string }).campaign;
  expect(nameIn(first)).toBe('c');
  isCalled('Flood season');
  await looks();
  expect(heard.map(nameIn).at(-1)).toBe('Flood season');
});
