import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLinkSigner } from '../../../adapters/calendar-feed/signer.ts';
import { registerLinks } from '../../../adapters/http/links.ts';
import { feedTokenOf } from '../../../src/app/calendar/feed-links.ts';
import { createFeedDoor, type FeedDoor } from '../../../src/app/calendar/read-feed.ts';
import { createSheetDoor, type SheetDoor } from '../../../src/app/roster/export-sheet.ts';
import { firstLinks } from '../../../src/domain/feed/links.ts';
import { handOver } from '../../../src/app/items/intake/hand-over.ts';
import { shiftAt } from '../../../src/domain/organisation/directory.ts';
import { shiftIdOf } from '../../../src/app/views/shift-id.ts';
import { at, idOf } from '../../support/invented.ts';
import { draftOf } from '../../support/item-stories.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What one unit's people look at, sent to another's: the answers say nothing of what they would have shown. */

let desk: SignInDesk;
const cookies = new Map<string, string>();
let links: readonly string[] = [];

/** Behind what opens without signing in; made once there is a service to make them of. */
const signer = createLinkSigner(new Uint8Array(32));
let feeds: FeedDoor;
let sheets: SheetDoor;
const linksDoor = registerLinks({
  feeds: { read: (token) => feeds.read(token) },
  sheets: { open: (token) => sheets.open(token) },
  realNow: () => 0,
});

beforeAll(async () => {
  desk = await startSignInDesk({ at: '2021-08-27T09:59', more: { doors: [linksDoor] } });
  const { world, passTo, deliverMessage } = desk;
  // as text, so that what stands in them can be searched
  const write = async (sheet: unknown): Promise<Uint8Array> => new TextEncoder().encode(JSON.stringify(sheet));
  feeds = createFeedDoor(world, {
    signer,
    write: async (feed) => JSON.stringify(feed),
    history: async () => ({ marks: new Map() }) as never,
  });
  sheets = createSheetDoor(world, { writeWorkbook: write, writePdf: write, signer });
  await passTo(at('2021-08-27T10:01'));
  const from = idOf('东主班');
  const say = (text: string) =>
    deliverMessage({ id: text, channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: desk.clock.now(), text });
  await say('9月3日请假，由次日班替班');
  await say('是');
  const draft = draftOf(1);
  await handOver(world, { drafts: [draft] });
  const stored = desk.store.all();
  const check = stored.find(({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.subject === 'p2')!;
  const request = stored.find(({ aggregate }) => aggregate.type === 'request')!;
  const shift = shiftIdOf(shiftAt(world.directory, 'p2', at('2021-09-03T12:00'))!);
  links = [
    '/api/subjects/p2',
    '/api/subjects/u2',
    `/api/subjects/${from}`,
    `/api/obligations/${check.id}`,
    `/api/shifts/${shift}`,
    `/api/items/${draft.id}`,
    ...[
      `obligation/${check.id}`,
      `request/${request.id}`,
      `shift/${shift}`,
      `item/${draft.id}`,
      'post/p2',
      'unit/u2',
      `person/${from}`,
    ].map((path) => `/api/desk/${path}`),
  ];
  for (const name of ['东局长', '西主班', '西局长'] as const) cookies.set(name, await desk.enter(name));
});
afterAll(() => desk.stop());

it('opens to whoever it is about', async () => {
  for (const path of links) expect([path, (await desk.ask(path, cookies.get('东局长'))).status]).toEqual([path, 200]);
  const offers = (await (
    await desk.ask(
      links.find((path) => path.includes('request/'))!,
      cookies.get('东局长'),
    )
  ).json()) as {
    items: { value: { action: string } }[];
  };
  expect(offers.items.map(({ value }) => value.action)).toContain('approveDuty');
});

it.each(['西主班', '西局长'] as const)('is for %s the same as what never was: no name, no number, no word of it', async (name) => {
  for (const path of links) {
    const answer = await desk.ask(path, cookies.get(name));
    const body = await answer.text();
    const never = await desk.ask(path.replace(/[^/]+$/u, 'zz9'), cookies.get(name));
    expect([path, answer.status, body]).toEqual([path, 404, await never.text()]);
    expect(body).not.toMatch(/东|次日|1380000|扬尘/u);
  }
  // and lists that name it by its address tell nothing of it either
  for (const path of [
    '/api/ledger?subject=p2',
    '/api/ledger?itemId=iD2SD202108280001',
    '/api/requests',
    '/api/obligations',
    '/api/items',
    '/api/wall',
  ]) {
    const body = await (await desk.ask(path, cookies.get(name))).text();
    expect([path, /东主班|东局长|次日班|扬尘/u.test(body)]).toEqual([path, false]);
  }
});

it('asks whoever has not signed in to do so, whatever the link names', async () => {
  for (const path of links) {
    const answer = await desk.ask(path);
    expect([path, answer.status]).toEqual([path, 401]);
    expect(await answer.text()).not.toMatch(/东|次日|扬尘/u);
  }
});

describe('a calendar and a sheet behind a link', () => {
  const sheetOf = (unit: string): string => {
    const payload = `2021-08-27_2021-08-29_${unit}_${desk.clock.now() + 3_600_000}`;
    return `/sheet/${payload}.${signer.sign(`sheet ${payload}`)}.xlsx`;
  };
  const calendarOf = (owner: string): string => `/calendar/${feedTokenOf(signer, firstLinks, owner)}.ics`;

  it('open to whoever holds it, whoever else they are, without a number of anybody, and sign nobody in', async () => {
    for (const path of [sheetOf('u2'), calendarOf('u2'), calendarOf(idOf('东主班'))]) {
      const bodies = new Set<string>();
      for (const cookie of ['', cookies.get('东局长')!, cookies.get('西主班')!, `zaigang-session=${'B'.repeat(43)}`]) {
        const answer = await desk.ask(path, cookie);
        expect([path, answer.status, answer.headers.getSetCookie()]).toEqual([path, 200, []]);
        bodies.add(await answer.text());
      }
      expect(bodies.size).toBe(1);
      const [body = ''] = bodies;
      expect(body).toContain('东');
      expect(body).not.toMatch(/1380000|138-0000|0531/u);
    }
    expect(desk.events('RosterExported').at(-1)).toMatchObject({ channel: 'link', data: { unit: 'u2' } });
  });

  it('are no way in: what stands in them is no token and no session', async () => {
    for (const path of [sheetOf('all'), calendarOf('all'), calendarOf(idOf('东局长'))]) {
      const token = path
        .split('/')
        .at(-1)!
        .replace(/\.(?:xlsx|ics)$/u, '');
      for (const [to, cookie, headers] of [
        ['/api/wall', '', { authorization: `Bearer ${token}` }],
        [`/api/live?t=${token}`, '', {}],
        ['/api/wall', `zaigang-session=${token}`, {}],
      ] as const)
        expect([to, (await desk.ask(to, cookie, { headers })).status]).toEqual([to, 401]);
      const signIn = await desk.ask(`/sign-in/${token}`);
      expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([404, []]);
    }
  });

  it('open nothing of another unit, person or time when they are changed, not even to whoever is signed in', async () => {
    for (const wrong of [
      sheetOf('u2').replace('_u2_', '_u3_'),
      sheetOf('u2').replace('_u2_', '_all_'),
      sheetOf('u2').replace('2021-08-29', '2021-09-29'),
      calendarOf('u2').replace('u2.', 'u3.'),
      calendarOf('u2').replace('u2.', 'all.'),
      calendarOf(idOf('东主班')).replace(idOf('东主班'), idOf('西主班')),
      calendarOf('m999'),
      // signed for one kind, shown as the other
      calendarOf('u2').replace('/calendar/', '/sheet/').replace('.ics', '.pdf'),
      '/report/daily_1_2_3_4_5_6.x.pdf',
    ])
      for (const cookie of ['', cookies.get('西局长')!]) {
        const answer = await desk.ask(wrong, cookie);
        const body = await answer.text();
        expect([wrong, answer.status]).toEqual([wrong, 404]);
        expect(body).not.toMatch(/东|西城/u);
      }
  });
});
