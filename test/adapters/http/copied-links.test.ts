import { afterAll, beforeAll, expect, it, vi } from 'vitest';
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

beforeAll(async () => {
  desk = await startSignInDesk({ at: '2021-08-27T09:59' });
  const { world, passTo, deliverMessage } = desk;
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
