import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, type Name } from '../../support/invented.ts';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

let desk: SignInDesk;
const cookies = new Map<Name, string>();
const auditor = '孙联络';
const names = ['冯主任', '周局长', auditor, '东局长', '东联络', '东主班', '西联络'] as const satisfies readonly Name[];

const complaint = '来电人：张三丰（13812345678）反映东城区工地夜间施工扬尘，李先生也在场，身份证370102199001011234。';

beforeAll(async () => {
  desk = await startSignInDesk({ settings: { auditors: ['13800000004'] } });
  for (const name of names) cookies.set(name, await desk.enter(name));
  for (const [number, units] of [
    ['D1', ['东城区']],
    ['D2', ['西城区']],
    ['D3', ['东城区', '西城区']],
  ] as const) {
    const answer = await desk.ask('/api/items', cookies.get('冯主任'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ kind: 'petition', number, text: complaint, units, limit: '3日内' }),
    });
    if (answer.status !== 201) throw new Error(`${number}: ${answer.status} ${await answer.text()}`);
  }
  await desk.passTo(desk.clock.now() + 20 * 60_000);
});
afterAll(() => desk.stop());

type Listed = { readonly items: readonly Record<string, unknown>[]; readonly next: string | null };

const get = async <T = Listed>(name: Name, path: string): Promise<T> => {
  const answer = await desk.ask(path, cookies.get(name));
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as T;
};
const statusOf = async (name: Name, path: string): Promise<number> => (await desk.ask(path, cookies.get(name))).status;
const idsOf = async (name: Name, path: string, key = 'id'): Promise<readonly unknown[]> =>
  (await get(name, path)).items.map((one) => one[key]);

describe("a unit's people", () => {
  it('see its posts, its people and themselves, and nobody else', async () => {
    for (const name of ['东局长', '东联络', '东主班'] as const) {
      const wall = await get<{
        readonly posts: readonly { readonly subject: string }[];
        readonly office: readonly unknown[];
        readonly counts: { readonly posts: number };
      }>(name, '/api/wall');
      expect([wall.posts.map(({ subject }) => subject), wall.office, wall.counts.posts]).toEqual([['p2'], [], 1]);
      expect(await idsOf(name, '/api/roster', 'postId')).toEqual(['p2']);
      const people = await idsOf(name, '/api/people', 'name');
      expect(people).toEqual(['东主班', '东副班', '东联络', '东联系', '东局长', '次日班']);
    }
  });

  it('see what is open about them, and not about others', async () => {
    const all = await get('冯主任', '/api/obligations');
    const own = await get('东主班', '/api/obligations');
    expect(new Set(all.items.map(({ subject }) => subject)).has('p3')).toBe(true);
    expect(own.items.length).toBeGreaterThan(0);
    expect(
      own.items.every(({ subject }) => ['p2', 'u2', ...['东主班', '东副班'].map((name) => idOf(name as Name))].includes(subject as string)),
    ).toBe(true);
    const others = all.items.find(({ subject }) => subject === 'p3')!;
    expect(await statusOf('东主班', `/api/obligations/${String(others['id'])}`)).toBe(404);
    expect(await statusOf('冯主任', `/api/obligations/${String(others['id'])}`)).toBe(200);
    for (const [subject, status] of [
      ['p2', 200],
      ['u2', 200],
      [idOf('东联络'), 200],
      ['p3', 404],
      ['u3', 404],
      [idOf('西主班'), 404],
    ] as const)
      expect([subject, await statusOf('东主班', `/api/subjects/${subject}`)]).toEqual([subject, status]);
  });

  it('read the rows about them, from either end, and as they come', async () => {
    const isTheirs = (row: Record<string, unknown>): boolean => !JSON.stringify(row).match(/"subject":"p[13]"/u);
    for (const path of ['/api/ledger?limit=1000', '/api/ledger?limit=1000&order=newest', '/api/ledger?limit=1000&subject=p3']) {
      const { items } = await get('东主班', path);
      expect(items.every(isTheirs)).toBe(true);
    }
    expect((await get('东主班', '/api/ledger?limit=1000')).items.length).toBeGreaterThan(3);
    const stream = await desk.ask('/api/live?after=0', cookies.get('东主班'));
    const text = await stream.text();
    expect(text).toContain('"subject":"p2"');
    expect(text).not.toMatch(/"subject":"p[13]"/u);
  });

  it('see the items of their unit, and learn no more of others than that there is none', async () => {
    expect(new Set(await idsOf('东联络', '/api/items', 'number'))).toEqual(new Set(['D1', 'D3']));
    expect(new Set(await idsOf('西联络', '/api/items', 'number'))).toEqual(new Set(['D2', 'D3']));
    const [other] = await idsOf('西联络', '/api/items');
    const item = (await get('冯主任', '/api/items')).items.find(({ number }) => number === 'D2')!;
    expect(other).toBeDefined();
    for (const path of [`/api/items/${String(item['id'])}`, '/api/items/iNone']) expect(await statusOf('东联络', path)).toBe(404);
    const counts = await get<Record<string, { readonly open: number }>>('东联络', '/api/reports/items?by=kind');
    expect(counts['petition']?.open).toBe(2);
  });

  it('read lists page by page, each page full of what is theirs', async () => {
    const read = async (path: string): Promise<readonly (readonly unknown[])[]> => {
      const pages: unknown[][] = [];
      let next: string | null = null;
      do {
        const page: Listed = await get('东联络', `${path}limit=2${next === null ? '' : `&after=${next}`}`);
        pages.push(page.items.map((one) => one['name'] ?? one['id'] ?? one['postId']));
        ({ next } = page);
      } while (next !== null);
      return pages;
    };
    expect(await read('/api/people?')).toEqual([
      ['东主班', '东副班'],
      ['东联络', '东联系'],
      ['东局长', '次日班'],
    ]);
    expect(await read('/api/roster?')).toEqual([['p2']]);
    for (const path of ['/api/obligations?', '/api/requests?']) {
      const pages = await read(path);
      expect([path, pages.slice(0, -1).filter((page) => page.length !== 2)]).toEqual([path, []]);
    }
  });

  it('take away what is of their unit alone', async () => {
    expect(await statusOf('东联络', '/api/roster/sheet.xlsx')).toBe(200);
    expect(desk.events('RosterExported').at(-1)).toMatchObject({ actor: idOf('东联络'), data: { unit: 'u2' } });
    expect(await statusOf('东联络', '/api/roster/sheet.xlsx?unit=%E8%A5%BF%E5%9F%8E%E5%8C%BA')).toBe(403);
    const items = (await get('冯主任', '/api/items')).items;
    const idOfItem = (number: string): string => String(items.find((one) => one['number'] === number)!['id']);
    expect(await statusOf('东局长', `/api/items/${idOfItem('D1')}/evidence`)).toBe(200);
    expect(await statusOf('东局长', `/api/items/${idOfItem('D2')}/evidence`)).toBe(404);
    expect(desk.events('DataExported').at(-1)).toMatchObject({
      actor: idOf('东局长'),
      data: { what: '/api/items/:id/evidence', id: idOfItem('D1') },
    });
  });

  it('open files that an item of theirs names, and no other', async () => {
    const sha256 = 'c'.repeat(64);
    expect(await statusOf('东联络', `/api/files/${sha256}`)).toBe(404);
    expect(await statusOf('东主班', `/api/files/${sha256}`)).toBe(403);
  });
});

describe('numbers and complainants', () => {
  const mobileOf = async (reader: Name, of: Name): Promise<unknown> =>
    (await get(reader, '/api/people?limit=100')).items.find(({ id }) => id === idOf(of))?.['mobile'];

  it('are whole for whoever must call, masked for whoever must not', async () => {
    expect(await mobileOf('冯主任', '东主班')).toBe('13800000007');
    expect(await mobileOf('东联络', '东主班')).toBe('13800000007');
    expect(await mobileOf(auditor, '东主班')).toBe('138-****-0007');
    expect(await mobileOf(auditor, auditor)).toBe('13800000004');
    expect(await mobileOf('周局长', '东主班')).toBe('138-****-0007');
    expect(await mobileOf('周局长', '赵主班')).toBe('13800000002');
  });

  it("give a post's telephone with what is open about it to whoever must call, and to nobody else", async () => {
    const open = (await get('冯主任', '/api/obligations?open=true')).items.find(({ subject }) => subject === 'p1')!;
    const landlineFor = async (name: Name): Promise<unknown> =>
      (await get<Record<string, unknown>>(name, `/api/obligations/${String(open['id'])}`))['landline'];
    // whoever leads the groups heads the bureau that the post is of, too
    expect(await Promise.all((['冯主任', '周局长', auditor] as const).map(landlineFor))).toEqual([
      '0531-8000-0001',
      '0531-8000-0001',
      undefined,
    ]);
  });

  it("show a post's telephone, with its page and with its shift, by the rule of every number", async () => {
    const landlinesFor = async (name: Name): Promise<unknown> => {
      const post = await get<{ readonly landline: string; readonly shifts: readonly { readonly id: string }[] }>(name, '/api/subjects/p1');
      const shift = await get<{ readonly landline: string }>(name, `/api/shifts/${encodeURIComponent(post.shifts[0]!.id)}`);
      return [post.landline, shift.landline];
    };
    expect(await landlinesFor('冯主任')).toEqual(['0531-8000-0001', '0531-8000-0001']);
    expect(await landlinesFor('周局长')).toEqual(['0531-8000-0001', '0531-8000-0001']);
    expect(await landlinesFor(auditor)).toEqual(['********', '********']);
  });

  it('show who complained to those who answer and those who audit, and the case itself to all', async () => {
    const textFor = async (name: Name): Promise<string> => {
      const one = (await get(name, '/api/items')).items.find(({ number }) => number === 'D1')!;
      const whole = await get<object>(name, `/api/items/${String(one['id'])}`);
      return `${JSON.stringify(one)} ${JSON.stringify(whole)}`;
    };
    for (const name of ['冯主任', auditor, '东局长', '东联络'] as const) expect(await textFor(name)).toContain('13812345678');
    for (const name of ['周局长', '东主班'] as const) {
      const text = await textFor(name);
      expect(text).toContain('反映东城区工地夜间施工扬尘');
      expect(text).not.toMatch(/张三丰|13812345678|李先生|370102199001011234/u);
    }
  });
});
