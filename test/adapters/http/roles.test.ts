import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseUnruledRoutes } from '../../../adapters/http/api-guard.ts';
import { type Access, may } from '../../../src/domain/access/access.ts';
import { accessOf } from '../../../src/domain/access/held-roles.ts';
import {
  type AccessAct,
  type AccessRole,
  accessRoles,
  accessRules,
  changingRules,
  readingRules,
} from '../../../src/domain/access/rules.ts';
import { idOf, type Name } from '../../support/invented.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

/** Who plays each role; the head of the bureau itself leads its groups too. */
const players = {
  office: '冯主任',
  groupLeader: '周局长',
  auditor: '孙联络',
  principal: '东局长',
  liaison: '东联络',
  officer: '东主班',
} as const satisfies { readonly [role in AccessRole]: Name };

const auditors = ['13800000004'];

type Route = { readonly method: string; readonly url: string; readonly act: AccessAct | 'anyone' | undefined };

/**
 * Who may call what, said a second time by hand: held to its own word alone, a route that names too weak an act would be
 * found right. Whoever adds a route says here what it is.
 */
const actOf: { readonly [act in AccessAct | 'anyone']?: string } = {
  anyone: 'GET /session, POST /session/end',
  speak: 'POST /session/chat',
  seePeople: 'GET /people',
  seeObligations: 'GET /obligations, GET /obligations/:id, GET /subjects/:id, GET /desk/:kind/:id',
  seeRequests: 'GET /requests',
  seeLedger: 'GET /ledger, GET /live',
  seeRoster: 'GET /roster, GET /shifts/:id',
  seeHandovers: 'GET /handovers, GET /handovers/:id',
  seeItems: 'GET /items, GET /items/:id, GET /reports/items',
  seeFiles: 'GET /files/:sha256',
  seeWall: 'GET /wall, GET /wall/live',
  seeChannels: 'GET /channels, GET /webhooks',
  seeFigures: 'GET /figures',
  seeAppeals: 'GET /appeals, GET /figures/misses',
  appeal: 'POST /appeals, POST /appeals/:id/withdraw',
  decideAppeal: 'POST /appeals/:id/uphold, POST /appeals/:id/reject',
  addItem: 'POST /items',
  exportRoster: 'GET /roster/sheet.xlsx, GET /roster/sheet.pdf',
  exportHandovers: 'GET /reports/handovers',
  exportItems: 'GET /reports/disclosure, GET /reports/item-ledger',
  exportEvidence: 'GET /items/:id/evidence',
  exportFigures:
    'GET /reports/figures.xlsx, GET /reports/figures.pdf, GET /reports/figures.png, GET /reports/figures.json, POST /figures/pictures',
  testChannel: 'POST /set-up/channels/test',
};
/** Of what is set up each GET shows and each POST changes, but for one that plays and sends nothing. */
const rehearsal = 'POST /api/set-up/policies/rehearse';
const setUpActOf = (route: string): AccessAct => (route.startsWith('GET ') || route === rehearsal ? 'seeSetUp' : 'setUp');

let desk: SignInDesk;
const routes: Route[] = [];
const open: string[] = [];
const cookies = new Map<AccessRole, string>();

const watch = (server: FastifyInstance): void => {
  server.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    for (const one of [method].flat()) {
      if (one === 'HEAD') continue;
      if (url.startsWith('/api/')) routes.push({ method: one, url, act: config?.may });
      else open.push(`${one} ${url}`);
    }
  });
};

beforeAll(async () => {
  desk = await startSignInDesk({ settings: { auditors }, more: { doors: [watch] } });
  for (const role of accessRoles) cookies.set(role, await desk.enter(players[role]));
});
afterAll(() => desk.stop());

const parts: { readonly [name: string]: string } = { sha256: 'a'.repeat(64), id: 'x' };
const pathOf = (url: string): string => url.replaceAll(/:(\w+)/gu, (_, name: string) => parts[name] ?? 'x');

/** Streams never end by themselves: their beginning says enough. */
const ask = async ({ method, url }: Route, cookie: string): Promise<{ readonly status: number; readonly text: string }> => {
  const headers = { 'sec-fetch-site': 'same-origin', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) };
  const answer = await desk.ask(pathOf(url), cookie, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await answer.body?.cancel();
  return { status: answer.status, text: isStream ? '' : await answer.text() };
};

const accessFor = (name: Name): Access => accessOf(desk.world.directory, idOf(name), desk.clock.now(), new Set(auditors))!;

describe('every route below /api', () => {
  it('is there, and names its line of the table', () => {
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter(({ act }) => act === undefined)).toEqual([]);
  });

  it('names the line that it should', () => {
    const known = new Map(
      Object.entries(actOf).flatMap(([act, named]) => named.split(', ').map((route) => [route.replace(' /', ' /api/'), act] as const)),
    );
    const wanted = (route: string): string | undefined =>
      known.get(route) ?? (/^\w+ \/api\/set-up\//u.test(route) ? setUpActOf(route) : undefined);
    const named = routes.map(({ method, url, act }) => [`${method} ${url}`, act] as const);
    expect(named.filter(([route, act]) => wanted(route) !== act)).toEqual([]);
    expect([...known.keys()].filter((route) => !named.some(([one]) => one === route))).toEqual([]);
  });

  it('changes nothing where it only shows, and needs more than a look to change something', () => {
    for (const { method, url, act } of routes) {
      if (act === 'anyone') continue;
      // whoever takes something away changes nothing but the ledger, which is told of it
      const isLook = method === 'GET' || act!.startsWith('export') || `${method} ${url}` === rehearsal;
      expect([method, url, Object.hasOwn(isLook ? readingRules : changingRules, act!)]).toEqual([method, url, true]);
    }
  });

  it('does not start without one', async () => {
    const server = fastify();
    const register = async (api: FastifyInstance): Promise<void> => {
      refuseUnruledRoutes(api);
      api.get('/open', { config: { may: 'anyone' } }, async () => 'ok');
      api.get('/figures-of-everybody', async () => 'everything');
    };
    await expect(async () => server.register(register, { prefix: '/api' })).rejects.toThrow(
      /figures-of-everybody says nothing of who may call it/u,
    );
  });

  it.each(accessRoles)('is open to %s as the table says, and says who else it is open to', async (role) => {
    const access = accessFor(players[role]);
    const wrong: string[] = [];
    for (const route of routes) {
      // ends the session that the others are asked with
      if (route.url === '/api/session/end') continue;
      const { status, text } = await ask(route, cookies.get(role)!);
      const isAllowed = route.act === 'anyone' || may(access, route.act!);
      const isRefused = status === 403 && text.includes('ZG_NOT_ALLOWED');
      if (isAllowed === isRefused || status === 401) wrong.push(`${role} ${route.method} ${route.url}: ${status} ${text.slice(0, 120)}`);
      if (isRefused && !text.includes(Object.keys(accessRules[route.act as AccessAct]).join(', ')))
        wrong.push(`${route.url} tells no roles`);
    }
    expect(wrong).toEqual([]);
  });

  it('is closed to whoever has not signed in', async () => {
    for (const route of routes) {
      const { status, text } = await ask(route, '');
      const isTold = text.includes('what_to_do');
      expect([route.url, status, isTold]).toEqual(route.act === 'anyone' ? [route.url, 200, false] : [route.url, 401, true]);
    }
  });

  it('is closed to a secret that somebody made up', async () => {
    for (const route of routes.filter(({ act }) => act !== 'anyone'))
      expect([route.url, (await ask(route, `zaigang-session=${'B'.repeat(43)}`)).status]).toEqual([route.url, 401]);
  });
});

it('has no other route that nobody thought of', () => {
  const known = [
    'GET /healthz',
    'GET /readyz',
    'GET /metrics',
    'GET /openapi.json',
    // the page itself holds nothing of anybody
    'GET /',
    'GET /*',
    'GET /sign-in/:token',
    'POST /sign-in/:token',
  ];
  expect(open.filter((route) => !known.includes(route))).toEqual([]);
});

it('tells in the ledger who asked for what was not theirs, and who took something away', async () => {
  await desk.ask('/api/reports/item-ledger', cookies.get('auditor'));
  expect(desk.events('DataExported').at(-1)).toMatchObject({
    actor: idOf(players.auditor),
    data: { what: '/api/reports/item-ledger' },
  });
  expect(desk.events('AccessRefused').some(({ actor, data }) => actor === idOf(players.officer) && data['act'] === 'exportItems')).toBe(
    true,
  );
  const picture = JSON.stringify({ figure: 'coverage', from: '2021-08-27', to: '2021-08-27' });
  const asked = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' } };
  const before = desk.events('DataExported').length;
  for (const role of ['principal', 'auditor', 'officer', 'liaison'] as const) {
    const { status } = await desk.ask('/api/figures/pictures', cookies.get(role), { ...asked, body: picture });
    expect([role, status]).toEqual([role, role === 'principal' || role === 'auditor' ? 200 : 403]);
  }
  expect(desk.events('FiguresExported').map(({ actor, channel, data }) => [actor, channel, data])).toEqual(
    [
      [players.principal, ['u2']],
      [players.auditor, []],
    ].map(([name, units]) => [
      idOf(name as Name),
      'api',
      {
        format: 'png',
        kind: 'picture',
        figure: 'coverage',
        from: Date.parse('2021-08-27T00:00+08:00'),
        to: Date.parse('2021-08-28T00:00+08:00'),
        units,
      },
    ]),
  );
  for (const wrong of [{ figure: 'everything' }, { figure: 'heat', from: '2021-08-28', to: '2021-08-27' }, { more: 'than that' }]) {
    const body = JSON.stringify({ ...(JSON.parse(picture) as object), ...wrong });
    expect((await desk.ask('/api/figures/pictures', cookies.get('principal'), { ...asked, body })).status).toBe(400);
  }
  expect(desk.events('FiguresExported')).toHaveLength(2);
  await desk.ask('/api/reports/item-ledger', cookies.get('officer'));
  await desk.ask('/api/reports/handovers?post=nowhere', cookies.get('office'));
  expect(desk.events('DataExported')).toHaveLength(before);
});
