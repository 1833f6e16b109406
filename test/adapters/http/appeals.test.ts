import { afterAll, beforeAll, expect, it } from 'vitest';
import { openapi } from '../../../adapters/http/openapi.ts';
import type { AppealView } from '../../../src/app/figures/appeals-door.ts';
import { idOf, type Name } from '../../support/invented.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

/** Appeals over HTTP: the same acts as in the chat, by the same roles. */

let desk: SignInDesk;
const cookies = new Map<Name, string>();
const people = ['冯主任', '陈干事', '孙联络', '东联络', '西主班', '周局长'] as const satisfies readonly Name[];

let messages = 0;
const replies = (name: Name, text: string): Promise<void> => {
  messages += 1;
  const from = idOf(name);
  const receivedAt = desk.clock.now();
  return desk.deliverMessage({ id: `x${messages}`, channel: 'webchat', conversation: from, isGroup: false, from, receivedAt, text });
};

const passes = (minutes: number) => desk.passTo(desk.clock.now() + minutes * 60_000);

beforeAll(async () => {
  desk = await startSignInDesk({ at: '2021-08-27T09:59', settings: { auditors: ['13800000004'] } });
  await passes(3);
  await replies('赵主班', '在岗');
  await passes(14);
  await replies('东主班', '在岗');
  await passes(20);
  for (const name of people) cookies.set(name, await desk.enter(name));
});
afterAll(() => desk.stop());

type Answer = { readonly status: number; readonly body: { readonly [key: string]: unknown } };

const ask = async (name: Name, path: string, body?: object): Promise<Answer> => {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await desk.ask(path, cookies.get(name), init);
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
};

const list = async (name: Name, query = ''): Promise<readonly AppealView[]> =>
  (await ask(name, `/api/appeals${query}`)).body['items'] as readonly AppealView[];

const codeOf = ({ body }: Answer): unknown => (body['error'] as { readonly code: string }).code;

const checkOf = async (unitId: string): Promise<string> =>
  (await list('冯主任', '?status=appealable')).find((one) => one.unitId === unitId)!.obligationId;

/** A check of the eastern post that the office asks for, answered too late. */
const lateCheck = async (): Promise<string> => {
  await replies('冯主任', '查岗东城区');
  await passes(12);
  await replies('东主班', '在岗');
  return checkOf('u2');
};

it('shows the office and auditors what may be appealed against, a unit its own, and nobody else anything', async () => {
  const all = await list('冯主任', '?status=appealable');
  expect(all.map(({ unit, category, status, id }) => [unit, category, status, id])).toEqual([
    ['东城区', 'late', 'appealable', null],
    ['西城区', 'noAnswer', 'appealable', null],
  ]);
  expect(await list('孙联络', '?status=appealable')).toEqual(all);
  expect((await list('东联络', '?status=appealable')).map(({ unit }) => unit)).toEqual(['东城区']);
  expect((await list('西主班', '?status=appealable')).map(({ unit }) => unit)).toEqual(['西城区']);
  expect((await list('冯主任', `?status=appealable&unit=${encodeURIComponent('西城区')}`)).map(({ unit }) => unit)).toEqual(['西城区']);
  expect(codeOf(await ask('冯主任', '/api/appeals?unit=nowhere'))).toBe('ZG_BAD_QUERY');
  expect(codeOf(await ask('冯主任', '/api/appeals?status=new'))).toBe('ZG_BAD_QUERY');
});

it('leads from a share to the checks that count against it, for the same people', async () => {
  const missesOf = (name: Name, unit: string): Promise<Answer> => ask(name, `/api/figures/misses?unit=${unit}`);
  const { body } = await missesOf('冯主任', 'u3');
  const [check] = await list('冯主任', '?status=appealable&unit=u3');
  const { obligationId, openedAt } = check!;
  expect(body).toMatchObject({
    unit: '西城区',
    isCut: false,
    items: [{ obligationId, openedAt, subject: 'p3', subjectName: '西城区', category: 'noAnswer', isDelivered: true, appeal: null }],
  });
  const { required } = openapi.components.schemas.Misses as { readonly required: readonly string[] };
  expect(Object.keys(body).toSorted()).toEqual(required.toSorted());
  expect((await missesOf('孙联络', 'u3')).body).toEqual(body);
  expect((await missesOf('西主班', 'u3')).body).toEqual(body);
  expect(codeOf(await missesOf('东联络', 'u3'))).toBe('ZG_NO_SUCH_THING');
  expect((await missesOf('周局长', 'u3')).status).toBe(404);
  expect((await missesOf('冯主任', 'u1')).body['items']).toEqual([]);
  expect((await ask('冯主任', '/api/figures/misses?unit=u3&from=2021-08-26&to=2021-08-26')).body['items']).toEqual([]);
  expect(codeOf(await ask('冯主任', '/api/figures/misses'))).toBe('ZG_BAD_QUERY');
});

it('takes an appeal once, of the unit that it counts against, and asks the office', async () => {
  const obligationId = await checkOf('u2');
  const reason = '正在处置突发情况';
  for (const wrong of [
    {},
    { obligationId },
    { obligationId, reason: '  ' },
    { obligationId, reason, by: 'm1' },
    { obligationId, reason: '长'.repeat(501) },
  ])
    expect(codeOf(await ask('东联络', '/api/appeals', wrong))).toBe('ZG_BAD_APPEAL');
  expect(codeOf(await ask('西主班', '/api/appeals', { obligationId, reason }))).toBe('ZG_NOT_APPEALABLE');
  expect(codeOf(await ask('东联络', '/api/appeals', { obligationId: 'ocnothing.1', reason }))).toBe('ZG_NOT_APPEALABLE');
  expect((await ask('孙联络', '/api/appeals', { obligationId, reason })).status).toBe(403);
  expect(desk.events('AppealAsked')).toEqual([]);
  const first = await ask('东联络', '/api/appeals', { obligationId, reason });
  expect(first).toMatchObject({
    status: 201,
    body: { isNew: true, status: 'asked', unit: '东城区', reason, askedBy: { name: '东联络' }, decidedAt: null, category: 'late' },
  });
  expect(await ask('东联络', '/api/appeals', { obligationId, reason: '又及' })).toMatchObject({
    status: 200,
    body: { isNew: false, reason },
  });
  expect(desk.events('AppealAsked')).toMatchObject([{ actor: idOf('东联络'), channel: 'api', obligationId, data: { unitId: 'u2' } }]);
  expect(desk.events('ObligationOpened').filter(({ data }) => data['kind'] === 'appeal')).toHaveLength(1);
  expect(await list('西主班')).toEqual([]);
  expect((await list('东联络', '?status=asked')).map(({ id }) => id)).toEqual([first.body['id']]);
  expect((await list('东联络', '?status=appealable')).length).toBe(0);
  const { body: misses } = await ask('东联络', '/api/figures/misses?unit=u2');
  expect(misses['items']).toMatchObject([{ obligationId, appeal: 'asked' }]);
  // the office decides it where it is listed
  const [{ wordId } = { wordId: null }] = await list('冯主任', '?status=asked');
  const { body: offered } = await ask('冯主任', `/api/desk/obligation/${encodeURIComponent(String(wordId))}`);
  const values = (offered['items'] as readonly { readonly value: { readonly action: string } }[]).map(({ value }) => value.action);
  expect(values).toEqual(expect.arrayContaining(['upholdAppeal', 'rejectAppeal']));
});

it('lets the office decide, once, with a reason where it rejects; a second is told what was decided', async () => {
  const [{ id } = { id: null }] = await list('冯主任', '?status=asked');
  const path = `/api/appeals/${encodeURIComponent(String(id))}`;
  expect((await ask('东联络', `${path}/uphold`, {})).status).toBe(403);
  expect((await ask('孙联络', `${path}/uphold`, {})).status).toBe(403);
  expect(codeOf(await ask('冯主任', `${path}/reject`, {}))).toBe('ZG_BAD_APPEAL');
  expect(codeOf(await ask('冯主任', `${path}/reject`, { reason: '' }))).toBe('ZG_BAD_APPEAL');
  expect(codeOf(await ask('冯主任', '/api/appeals/eonothing/uphold', {}))).toBe('ZG_NO_SUCH_THING');
  const both = await Promise.all([ask('冯主任', `${path}/uphold`, {}), ask('陈干事', `${path}/reject`, { reason: '无依据' })]);
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  const loser = both.find(({ status }) => status === 409)!;
  expect(codeOf(loser)).toBe('ZG_APPEAL_DECIDED');
  expect(JSON.stringify(loser.body)).toMatch(/(?:upheld|rejected) at 2021-08-27T10:3/u);
  expect(desk.events('AppealUpheld').length + desk.events('AppealRejected').length).toBe(1);
  const winner = both.find(({ status }) => status === 200)!.body;
  expect(await list('东联络')).toMatchObject([{ id, status: winner['status'], decidedBy: winner['decidedBy'] }]);
  // the same again has come about already
  const again = winner['status'] === 'upheld' ? ask('陈干事', `${path}/uphold`, {}) : ask('冯主任', `${path}/reject`, { reason: '无依据' });
  expect((await again).status).toBe(200);
  expect(
    desk.store
      .all()
      .filter(
        ({ aggregate }) => aggregate.type === 'obligation' && aggregate.state.kind === 'appeal' && aggregate.state.status !== 'answered',
      ),
  ).toEqual([]);
});

it('tells the unit of a rejection with its reason in the chat, and reads to it over HTTP', async () => {
  const obligationId = await checkOf('u3');
  const { body } = await ask('西主班', '/api/appeals', { obligationId, reason: '停电' });
  await ask('陈干事', `/api/appeals/${encodeURIComponent(String(body['id']))}/reject`, { reason: '应以手机应答' });
  await desk.settle();
  const told = desk.chat.seenBy(idOf('西主班')).map(({ message }) => message.text);
  expect(told.at(-1)).toMatch(/申诉未认可\n西城区[\s\S]*不予认可的理由：应以手机应答/u);
  expect(await list('西主班')).toMatchObject([{ status: 'rejected', verdict: '应以手机应答', reason: '停电' }]);
});

it('takes one from the office for a unit, and has somebody else there decide it', async () => {
  const obligationId = await lateCheck();
  const { status, body } = await ask('冯主任', '/api/appeals', { obligationId, reason: '东城区来电：正在接待群众' });
  expect(status).toBe(201);
  const path = `/api/appeals/${encodeURIComponent(String(body['id']))}/uphold`;
  expect(codeOf(await ask('冯主任', path, {}))).toBe('ZG_OWN_APPEAL');
  expect((await ask('陈干事', path, {})).body['status']).toBe('upheld');
});

it('is offered on the page also once the check itself is forgotten, to its unit, and once', async () => {
  const obligationId = await lateCheck();
  await passes(130);
  const path = `/api/desk/obligation/${obligationId}`;
  expect((await ask('东联络', `/api/obligations/${obligationId}`)).status).toBe(404);
  expect((await ask('东联络', path)).body['items']).toMatchObject([
    { value: { action: 'appeal', obligationId }, inputs: [{ id: 'reason' }] },
  ]);
  // the auditor changes nothing, others learn no more than that there is none, and so does whoever names what never was
  for (const name of ['孙联络', '西主班'] as const) expect([name, (await ask(name, path)).status]).toEqual([name, 404]);
  expect((await ask('东联络', '/api/desk/obligation/ocp2.zz')).status).toBe(404);
  expect((await ask('东联络', '/api/appeals', { obligationId, reason: '在现场' })).status).toBe(201);
  // its unit may take it back where it stands, and bring it anew
  const value = { action: 'withdrawAppeal', appealId: `e${obligationId}` };
  expect((await ask('东联络', path)).body['items']).toMatchObject([{ value }]);
  expect((await ask('西主班', path)).status).toBe(404);
  expect((await ask('东联络', `/api/appeals/${value.appealId}/withdraw`, {})).body['status']).toBe('withdrawn');
  expect((await ask('东联络', path)).body['items']).toMatchObject([{ value: { action: 'appeal', obligationId } }]);
});

it('is taken back by its unit, or by whoever brought it, until it is decided, and may be brought anew', async () => {
  const obligationId = await lateCheck();
  const asked = await ask('东联络', '/api/appeals', { obligationId, reason: '断网' });
  const path = `/api/appeals/${encodeURIComponent(String(asked.body['id']))}`;
  const before = desk.events('AppealWithdrawn').length;
  expect((await ask('孙联络', `${path}/withdraw`, {})).status).toBe(403);
  expect(codeOf(await ask('西主班', `${path}/withdraw`, {}))).toBe('ZG_NO_SUCH_THING');
  expect(codeOf(await ask('东联络', '/api/appeals/eonothing/withdraw', {}))).toBe('ZG_NO_SUCH_THING');
  expect(codeOf(await ask('东联络', `${path}/withdraw`, { reason: '误报' }))).toBe('ZG_BAD_APPEAL');
  expect(desk.events('AppealWithdrawn')).toHaveLength(before);
  const taken = { status: 'withdrawn', withdrawnBy: { name: '东联络' }, withdrawnAt: expect.any(String), decidedAt: null, decidedBy: null };
  for (const times of [1, 2])
    expect([times, await ask('东联络', `${path}/withdraw`, {})]).toMatchObject([times, { status: 200, body: taken }]);
  expect(desk.events('AppealWithdrawn')).toHaveLength(before + 1);
  expect(desk.events('ObligationWithdrawn').at(-1)).toMatchObject({ actor: idOf('东联络'), data: { reason: 'appealWithdrawn' } });
  expect((await list('东联络', '?status=withdrawn')).map(({ id }) => id)).toContain(asked.body['id']);
  expect(await checkOf('u2')).toBe(obligationId);
  const late = await ask('冯主任', `${path}/uphold`, {});
  expect([codeOf(late), JSON.stringify(late.body).includes('withdrawn at')]).toEqual(['ZG_APPEAL_DECIDED', true]);
  // the office too, for a unit that has only a telephone; the unit is told
  expect(await ask('东联络', '/api/appeals', { obligationId, reason: '断网' })).toMatchObject({ status: 201, body: { withdrawnAt: null } });
  expect((await ask('冯主任', `${path}/withdraw`, {})).body['withdrawnBy']).toMatchObject({ name: '冯主任' });
  await desk.settle();
  expect(desk.chat.seenBy(idOf('东联络')).at(-1)?.message.text).toMatch(/申诉已撤回[\s\S]*由冯主任于/u);
  expect((await ask('东联络', '/api/appeals', { obligationId, reason: '断网' })).status).toBe(201);
  expect((await ask('陈干事', `${path}/uphold`, {})).status).toBe(200);
  expect(codeOf(await ask('东联络', `${path}/withdraw`, {}))).toBe('ZG_APPEAL_DECIDED');
});

it('lists the newest first where it is asked to', async () => {
  const oldest = (await list('冯主任')).map(({ askedAt }) => askedAt);
  expect(oldest.length).toBeGreaterThan(2);
  expect((await list('冯主任', '?order=newest')).map(({ askedAt }) => askedAt)).toEqual(oldest.toReversed());
});

it('answers as the API says that it does', async () => {
  const { properties } = openapi.components.schemas.Appeal as { readonly properties: object };
  for (const one of [...(await list('冯主任')), ...(await list('冯主任', '?status=appealable'))])
    expect(Object.keys(one).toSorted()).toEqual(Object.keys(properties).toSorted());
});
