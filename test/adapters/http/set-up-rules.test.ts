import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Checked, PoliciesView } from '../../../src/app/set-up/policies-door.ts';
import type { SetUpChannels } from '../../../src/app/set-up/channels-door.ts';
import { idOf, type Name } from '../../support/invented.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

let desk: SignInDesk;
const cookies = new Map<Name, string>();
beforeAll(async () => {
  desk = await startSignInDesk({ at: '2021-08-27T09:59' });
  for (const name of ['冯主任', '陈干事', '东主班'] as const) cookies.set(name, await desk.enter(name));
});
afterAll(() => desk.stop());

const office: Name = '冯主任';

const get = async <T>(path: string, name: Name = office): Promise<T> =>
  (await desk.ask(`/api/set-up/${path}`, cookies.get(name))).json() as Promise<T>;

const post = async (path: string, body: object, name: Name = office): Promise<{ readonly status: number; readonly body: object }> => {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const answer = await desk.ask(`/api/set-up/${path}`, cookies.get(name), { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as object };
};

const checkOf = async () => (await get<PoliciesView>('policies')).policies.find(({ name }) => name === 'check')!;
const steps = async () => (await checkOf()).words['steps'] as readonly object[];

it('shows the ladders, and whom their roles mean tonight at a post', async () => {
  const { version, policies, tonight, posts } = await get<PoliciesView>('policies?post=p2');
  expect(version).toBe(0);
  expect(posts.map(({ name }) => name)).toEqual(['市局值班室', '东城区', '西城区']);
  expect(policies.find(({ name }) => name === 'check')).toMatchObject({ countsFrom: 'opening', isOwn: false, isShipped: true });
  expect(policies.find(({ name }) => name === 'work')).toMatchObject({ countsFrom: 'deadline' });
  expect(tonight).toMatchObject({ post: '东城区', ofPost: { onDuty: ['东主班'], liaison: ['东联络'] }, ofUnit: { principal: ['东局长'] } });
  expect(tonight!.at).toMatch(/^2021-08-27T22:00/u);
});

it('names each fault at its place, and what a ladder leaves open', async () => {
  const { words } = await checkOf();
  const wrong = {
    ...words,
    steps: [
      { after: 'soon', notify: ['onDuty'] },
      { after: 'PT5M', notify: ['nobody'] },
    ],
    answerWindow: 'PT0S',
  };
  const { body } = await post('policies/check', { policies: [wrong] });
  expect(body).toMatchObject({ ok: false });
  const { faults } = body as Checked;
  expect(faults.map(({ policy, step, member }) => [policy, step, member])).toEqual(
    expect.arrayContaining([
      ['check', 0, 'after'],
      ['check', 1, 'notify'],
    ]),
  );
  const alone = { ...words, steps: [{ after: 'PT0S', notify: ['onDuty'] }] };
  expect((await post('policies/check', { policies: [alone] })).body).toMatchObject({
    ok: true,
    weak: [
      { policy: 'check', what: 'noOffice' },
      { policy: 'check', what: 'endsWithNobody', posts: ['市局值班室', '东城区', '西城区'] },
    ],
  });
  expect((await post('policies/check', { policies: [{ ...words, steps: [] }] })).body).toMatchObject({ weak: [{ what: 'noSteps' }] });
});

it('tries another ladder on what was, and says that nothing is otherwise where nothing is', async () => {
  const asked = { policies: [], from: '2021-08-27T09:00:00+08:00', to: '2021-08-27T12:00:00+08:00' };
  expect((await post('policies/try', asked)).body).toMatchObject({ ok: true, result: { changed: 0 } });
  expect((await post('policies/try', { ...asked, from: '2021-08-20T09:00:00+08:00', to: '2021-12-27T12:00:00+08:00' })).status).toBe(200);
  const half = await post('policies/try', { policies: [], from: asked.from });
  expect([half.status, half.body]).toEqual([400, expect.objectContaining({ error: expect.objectContaining({ code: 'ZG_BAD_QUERY' }) })]);
});

it('makes a changed ladder count once, and refuses what was made from what no longer holds', async () => {
  const { words } = await checkOf();
  const later = { ...words, steps: [...(await steps()).slice(0, 1), { after: 'PT12M', notify: ['office'], via: 'card' }] };
  const rows = desk.events('CampaignChanged').length;
  expect((await post('policies', { policies: [{ ...later, steps: 7 }], version: 0 })).body).toMatchObject({ ok: false });
  expect(desk.events('CampaignChanged')).toHaveLength(rows);
  expect((await post('policies', { policies: [later], version: 0 })).body).toEqual({ ok: true, version: 1 });
  expect(desk.events('CampaignChanged').at(-1)).toMatchObject({
    actor: idOf(office),
    channel: 'api',
    data: { version: 1, source: 'page' },
  });
  expect((await post('policies', { policies: [words], version: 0 })).body).toEqual({ ok: false, refused: 'moved' });
  expect((await get<PoliciesView>('policies')).policies.find(({ name }) => name === 'check')).toMatchObject({ isOwn: true });
  expect((await post('policies', { policies: [], shipped: ['check'], version: 1 })).body).toEqual({ ok: true, version: 2 });
  expect(await checkOf()).toMatchObject({ isOwn: false });
});

it('tells of each channel what its configuration lacks and whom it reaches, and no value of any variable', async () => {
  const answer = await desk.ask('/api/set-up/channels', cookies.get(office));
  const text = await answer.text();
  expect(text).not.toContain('very secret');
  const { items } = JSON.parse(text) as SetUpChannels;
  expect(items.find(({ channel }) => channel === 'webchat')).toMatchObject({ isInUse: true, reached: { by: 'file' } });
  const wecom = items.find(({ channel }) => channel === 'wecom')!;
  expect(wecom.isInUse).toBe(false);
  expect(wecom.needs.filter(({ isSet }) => !isSet).map(({ name }) => name)).toEqual(['WECOM_AGENT_ID', 'WECOM_TOKEN', 'WECOM_AES_KEY']);
});

it('sends one message to oneself or to somebody, says what came of it, and keeps it in the ledger as theirs who asked', async () => {
  expect(await post('channels/test', { channel: 'webchat' })).toEqual({ status: 200, body: { result: 'delivered', person: office } });
  expect(desk.events('ChannelTested').at(-1)).toMatchObject({ actor: idOf(office), channel: 'webchat', data: { to: idOf(office) } });
  desk.chat.answers(idOf('东主班'), { status: 'permanent', code: 'blocked' });
  expect((await post('channels/test', { channel: 'webchat', personId: idOf('东主班') })).body).toEqual({
    result: 'permanent',
    person: '东主班',
    code: 'blocked',
  });
  // whoever asked looks on, and is told nothing in the chat besides
  expect(desk.chat.seenBy(idOf(office))).toHaveLength(1);
  expect((await post('channels/test', { channel: 'pigeon' })).status).toBe(404);
  expect((await post('channels/test', { channel: 'webchat', personId: 'm999' })).status).toBe(404);
});

it('lets nobody ring others again and again, each by themselves', async () => {
  const statuses: number[] = [];
  for (let times = 0; times < 6; times++) statuses.push((await post('channels/test', { channel: 'webchat' }, '陈干事')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

it('is for the office alone', async () => {
  for (const path of ['policies', 'channels']) expect((await desk.ask(`/api/set-up/${path}`, cookies.get('东主班'))).status).toBe(403);
  for (const path of ['policies', 'policies/check', 'policies/try', 'policies/rehearse', 'channels/test'])
    expect([path, (await post(path, {}, '东主班')).status]).toEqual([path, 403]);
});
