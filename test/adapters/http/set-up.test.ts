import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignInDesk, startSignInDesk } from '../../support/sign-in-desk.ts';

let desk: SignInDesk;
let office = '';
beforeAll(async () => {
  desk = await startSignInDesk({ settings: { auditors: ['13800000004'] } });
  office = await desk.enter('冯主任');
});
afterAll(() => desk.stop());

type Answer = {
  readonly status: number;
  readonly body: { readonly [member: string]: unknown };
};

const ask = async (path: string, cookie: string, init: RequestInit = {}): Promise<Answer> => {
  const headers = {
    'sec-fetch-site': 'same-origin',
    ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...init.headers,
  };
  const answer = await desk.ask(`/api/set-up/${path}`, cookie, { ...init, headers });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
};
const post = (path: string, body: object, cookie = office): Promise<Answer> =>
  ask(path, cookie, { method: 'POST', body: JSON.stringify(body) });
const upload = (bytes: Uint8Array<ArrayBuffer>, name: string, cookie = office): Promise<Answer> =>
  ask(`imports?name=${encodeURIComponent(name)}`, cookie, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });

describe('the campaign over HTTP', () => {
  it('is shown, tried and changed by the office, and the second of two is told that it has moved on', async () => {
    const { body: before } = await ask('campaign', office);
    const draft = { ...(before['shown'] as object), name: 'Flood' };
    const { body: preview } = await post('campaign/preview', { draft });
    expect(preview).toMatchObject({ version: 0, faults: [], changes: [{ member: 'name', after: 'Flood' }] });
    const wanted = { draft, version: 0, hash: preview['hash'] };
    expect(await post('campaign', wanted)).toMatchObject({ status: 200, body: { version: 1, source: 'page', changedBy: '冯主任' } });
    expect(await post('campaign', wanted)).toMatchObject({ status: 409, body: { error: { code: 'ZG_MOVED_ON' } } });
    expect(desk.events('CampaignChanged')).toHaveLength(1);
  });

  it('is taken away as a file, which the ledger tells', async () => {
    const answer = await desk.ask('/api/set-up/campaign/file', office);
    expect(answer.headers.get('content-disposition')).toContain('campaign.json');
    expect((await answer.json()) as object).toMatchObject({ name: 'Flood' });
    expect(desk.events('DataExported').at(-1)).toMatchObject({ channel: 'page', data: { what: '/api/set-up/campaign/file' } });
  });

  it('is read whole by an auditor, whose like it names by numbers that nobody can ring, and changed by none', async () => {
    const auditor = await desk.enter('孙联络');
    const { body: known } = await ask('campaign', office);
    const draft = { ...(known['shown'] as object), auditors: ['138-0000-0004', '139 0000 0005'] };
    const { body: preview } = await post('campaign/preview', { draft });
    expect(await post('campaign', { draft, version: preview['version'], hash: preview['hash'] })).toMatchObject({ status: 200 });
    const masked = ['138-****-0004', '139-****-0005'];
    const { body: whole } = await ask('campaign', office);
    const { body: read } = await ask('campaign', auditor);
    expect((whole['shown'] as { readonly auditors: readonly string[] }).auditors).toEqual(['13800000004', '13900000005']);
    expect(read).toEqual({ ...whole, shown: { ...(whole['shown'] as object), auditors: masked } });
    const file = await (await desk.ask('/api/set-up/campaign/file', auditor)).text();
    expect((JSON.parse(file) as typeof draft).auditors).toEqual(masked);
    for (const path of ['checklist', 'imports', 'policies', 'channels'] as const)
      expect([path, (await ask(path, auditor)).status]).toEqual([path, 200]);
    const before = desk.store.rows().length;
    for (const path of ['campaign', 'campaign/preview', 'policies', 'policies/check', 'policies/try', 'imports/apply', 'imports/undo'])
      expect([path, (await post(path, { draft }, auditor)).status]).toEqual([path, 403]);
    expect(
      desk.store
        .rows()
        .slice(before)
        .map(({ event }) => event),
    ).toEqual(['AccessRefused']);
  });

  it('is refused where it makes no sense', async () => {
    for (const body of [{}, { draft: 1 }, { draft: {}, version: -1, hash: '' }])
      expect(await post('campaign', body)).toMatchObject({ status: 400, body: { error: { code: 'ZG_BAD_CAMPAIGN' } } });
  });
});

describe('a workbook over HTTP', () => {
  it('is shown with its faults by cell, and not applied', async () => {
    const bytes = new Uint8Array(await readFile(new URL('../../fixtures/roster-flawed.xlsx', import.meta.url)));
    const { status, body } = await upload(bytes, 'roster-flawed.xlsx');
    expect([status, (body['errors'] as readonly unknown[]).length > 0, body['digest']]).toEqual([200, true, '']);
    const { sha256, name, version, digest } = body;
    expect(await post('imports/apply', { sha256, name, version, digest })).toMatchObject({
      status: 400,
      body: { error: { code: 'ZG_BAD_WORKBOOK' } },
    });
  });

  it('is refused where it is too large, no bytes, or asked for badly', async () => {
    expect(await upload(new Uint8Array(20 * 1024 * 1024 + 1), 'large.xlsx')).toMatchObject({
      status: 413,
      body: { error: { code: 'ZG_FILE_TOO_LARGE' } },
    });
    expect(await post('imports?name=x.xlsx', {})).toMatchObject({ status: 400, body: { error: { code: 'ZG_BAD_WORKBOOK' } } });
    expect(await upload(new Uint8Array(3), '')).toMatchObject({ status: 400, body: { error: { code: 'ZG_BAD_QUERY' } } });
    expect(await post('imports/again', { sha256: 'x', name: 'x' })).toMatchObject({
      status: 400,
      body: { error: { code: 'ZG_BAD_WORKBOOK' } },
    });
  });

  it('is looked at by nobody but the office, before a byte of it is read', async () => {
    const liaison = await desk.enter('东联络');
    expect(await upload(new Uint8Array(10), 'x.xlsx', liaison)).toMatchObject({ status: 403, body: { error: { code: 'ZG_NOT_ALLOWED' } } });
    expect(await ask('checklist', liaison)).toMatchObject({ status: 403 });
    expect(await ask('campaign', '')).toMatchObject({ status: 401 });
  });
});

it('tells how far setting up has come', async () => {
  const { body } = await ask('checklist', office);
  const lines = body['lines'] as readonly { readonly step: string; readonly state: string }[];
  expect(lines.map(({ step }) => step)).toEqual(expect.arrayContaining(['campaign', 'contacts', 'roster', 'backup']));
  expect(lines.find(({ step }) => step === 'contacts')?.state).toBe('done');
});
