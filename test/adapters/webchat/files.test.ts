import { createHash } from 'node:crypto';
import type { Message } from 'botframework-directlinejs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../adapters/webchat/limits.ts';
import { fileLimits } from '../../../src/domain/items/file-rules.ts';
import { Fault } from '../../../src/ports/fault.ts';
import { connectDirectLine, type DirectLineUser, fetchToken } from '../../support/direct-line.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Service, startService } from './harness.ts';

let redis: TestRedis;
let service: Service;
let users: DirectLineUser[] = [];

beforeAll(async () => {
  redis = await startRedis({ appendfsync: 'everysec' });
});
beforeEach(async () => {
  await redis.redis.flushall();
  service = await startService(redis);
});
afterEach(async () => {
  for (const user of users) user.end();
  users = [];
  await service.close();
});
afterAll(() => redis.stop());

const connect = async (): Promise<DirectLineUser> => {
  const user = await connectDirectLine({ origin: service.origin, mobile: '138-0000-0001' });
  users.push(user);
  return user;
};
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const pdf = '%PDF-1.7 a report';
const scan = { contentType: 'application/pdf', contentUrl: `data:application/pdf;base64,${btoa(pdf)}`, name: '整改报告.pdf' };

type Refused = { readonly status: number; readonly code: string | undefined; readonly detail: string | undefined };
const refusal = async (answer: Response): Promise<Refused> => {
  const { error } = (await answer.json()) as { error?: { code: string; detail?: string } };
  return { status: answer.status, code: error?.code, detail: error?.detail };
};

const upload = async (
  body: FormData | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
): Promise<Response> => {
  const token = await fetchToken({ origin: service.origin, mobile: '138-0000-0001' });
  const init = { method: 'POST', body, headers: { authorization: `Bearer ${token}`, ...headers }, duplex: 'half' };
  return fetch(`${service.origin}/v3/directline/conversations/c-m1/upload?userId=m1`, init);
};
const post = async (body: object): Promise<Response> => {
  const token = await fetchToken({ origin: service.origin, mobile: '138-0000-0001' });
  return fetch(`${service.origin}/v3/directline/conversations/c-m1/activities`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
};
type NamedContent = readonly [name: string, content: string | Uint8Array<ArrayBuffer>];
const formOf = (...files: readonly NamedContent[]): FormData => {
  const form = new FormData();
  for (const [name, content] of files) form.append('file', new Blob([content]), name);
  return form;
};

describe('the real client', () => {
  it('sends files with a message: they are kept before the message is taken, and shown in the conversation', async () => {
    const user = await connect();
    const photo = { contentType: 'image/png', contentUrl: `data:image/png;base64,${btoa('\x89PNG\r\n\x1a\n')}` };
    const id = await user.says('已清运', { attachments: [scan, photo], channelData: { clientActivityID: 'c1' } });
    const echo = (await user.sees((activity) => activity.id === id)) as Message;
    await user.sees((activity) => (activity as Message).text === 'heard: 已清运');
    expect(service.heard).toHaveLength(1);
    const [message] = service.heard;
    expect(message).toMatchObject({ id: 'c-m1/c1', from: 'm1', text: '已清运' });
    const named = Object.fromEntries((message?.files ?? []).map((file) => [file.name, file]));
    expect(named).toEqual({
      '整改报告.pdf': { sha256: sha256(pdf), name: '整改报告.pdf', bytes: pdf.length, mime: 'application/pdf' },
      'blob.png': { sha256: expect.any(String) as string, name: 'blob.png', bytes: 8, mime: 'image/png' },
    });
    expect(echo.attachments).toHaveLength(2);
    const shown = echo.attachments?.find(({ contentType }) => contentType === 'application/pdf') as { contentUrl: string } | undefined;
    const answer = await fetch(`${service.origin}/${shown?.contentUrl}`);
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([200, pdf, 'application/pdf']);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('整改报告.pdf')}`);
  });

  it('sends a file without a word', async () => {
    const user = await connect();
    await user.says('', { text: undefined, attachments: [scan] });
    await expect.poll(() => service.heard.at(-1)?.files?.map(({ name }) => name)).toEqual(['整改报告.pdf']);
    expect(service.heard.at(-1)?.text).toBeUndefined();
  });

  it('is told what is wrong with a file, and nothing is taken', async () => {
    const user = await connect();
    const script = { contentType: 'text/html', contentUrl: 'data:text/html,<script>', name: 'page.html' };
    await expect(user.says('see', { attachments: [scan, script] })).rejects.toMatchObject({ status: 415 });
    expect(service.heard).toEqual([]);
  });

  it('sends the same message again after a bad line, and it is taken once', async () => {
    const user = await connect();
    const more = { attachments: [scan], channelData: { clientActivityID: 'same' } };
    expect(await user.says('once', more)).toBe(await user.says('once', more));
    await user.says('after');
    await user.sees((activity) => (activity as Message).text === 'heard: after');
    expect(service.heard.map(({ text }) => text)).toEqual(['once', 'after']);
  });
});

it('takes no message whose files could not be kept, and shows none', async () => {
  const { put } = service.files;
  Object.assign(service.files, { put: () => Promise.reject(new Fault('ZG_STORE_AWAY')) });
  expect(await refusal(await upload(formOf(['a.txt', 'x'])))).toMatchObject({ status: 503, code: 'ZG_STORE_AWAY' });
  expect(await refusal(await post({ type: 'message', text: 'x', attachments: [scan] }))).toMatchObject({ status: 503 });
  Object.assign(service.files, { put });
  expect((await post({ type: 'message', text: 'after' })).status).toBe(200);
  const user = await connect();
  await user.sees((activity) => (activity as Message).text === 'heard: after');
  expect(service.heard.map(({ text }) => text)).toEqual(['after']);
  expect(user.received).toHaveLength(2);
});

describe('an upload', () => {
  it('without an activity is a message with files alone; as one body, a message with one', async () => {
    expect((await upload(formOf(['a.txt', 'one']))).status).toBe(200);
    const disposition = `name="file"; filename="${Buffer.from('扬尘.txt').toString('latin1')}"`;
    const single = await upload(new TextEncoder().encode('two'), { 'content-type': 'text/plain', 'content-disposition': disposition });
    expect(single.status).toBe(200);
    await expect.poll(() => service.heard.map(({ files }) => files?.map(({ name }) => name))).toEqual([['a.txt'], ['扬尘.txt']]);
  });

  it('wants a token before anything is read', async () => {
    const form = formOf(['a.txt', 'x'.repeat(100_000)]);
    const answer = await fetch(`${service.origin}/v3/directline/conversations/c-m1/upload?userId=m1`, { method: 'POST', body: form });
    expect(await refusal(answer)).toMatchObject({ status: 401, code: 'ZG_TOKEN_MISSING' });
  });

  it.each<[string, readonly NamedContent[], number, string, string?]>([
    ['one over the size', [['a.txt', new Uint8Array(fileLimits.fileBytes + 1).fill(65)]], 413, 'ZG_FILE_TOO_LARGE', 'file 1'],
    ['one more than the number', Array.from({ length: 11 }, (_, i): NamedContent => [`${i}.txt`, 'x']), 413, 'ZG_TOO_MANY_FILES'],
    [
      'another kind, with much behind it',
      [
        ['a.exe', 'MZ'],
        ['b.txt', 'x'.repeat(5_000_000)],
      ],
      415,
      'ZG_FILE_KIND',
      'file 1',
    ],
    [
      'an empty one',
      [
        ['a.txt', 'x'],
        ['b.txt', ''],
      ],
      400,
      'ZG_BAD_FILE',
      'file 2',
    ],
    ['one that is not what its name says', [['a.pdf', 'MZ']], 400, 'ZG_BAD_FILE', 'file 1'],
  ])('of %s is refused in words', async (_, files, status, code, place = '') => {
    const refused = await refusal(await upload(formOf(...files)));
    expect(refused).toMatchObject({ status, code });
    expect(refused.detail ?? '').toContain(place);
    expect((await upload(formOf(['a.txt', 'still there']))).status).toBe(200);
    await expect.poll(() => service.heard).toHaveLength(1);
  });

  it('of the largest size that is allowed is taken', async () => {
    const largest = new Uint8Array(fileLimits.fileBytes).fill(65);
    expect((await upload(formOf(['a.txt', largest]))).status).toBe(200);
    await expect.poll(() => service.heard.at(-1)?.files).toMatchObject([{ sha256: sha256(largest), bytes: fileLimits.fileBytes }]);
  });

  it('that is no proper form, or whose activity is none, is refused', async () => {
    const torn = new TextEncoder().encode('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf');
    expect(await refusal(await upload(torn, { 'content-type': 'multipart/form-data; boundary=x' }))).toMatchObject({ code: 'ZG_BAD_FILE' });
    expect(await refusal(await upload(torn, { 'content-type': 'multipart/form-data' }))).toMatchObject({ code: 'ZG_BAD_FILE' });
    const form = formOf(['a.txt', 'x']);
    form.append('activity', new Blob(['{"type":'], { type: 'application/vnd.microsoft.activity' }));
    expect(await refusal(await upload(form))).toMatchObject({ code: 'ZG_BAD_JSON' });
    expect(await refusal(await upload(new FormData()))).toMatchObject({ status: 400 });
    expect(service.heard).toEqual([]);
  });
});

describe('files in the message itself', () => {
  const attachments = [scan, { contentType: 'text/plain', contentUrl: 'data:text/plain,%E5%B7%B2', name: 'note.txt' }];

  it('are read from data: URLs, also beyond the size of a message without files', async () => {
    const large = { ...scan, contentUrl: `${scan.contentUrl.slice(0, -4)}${'A'.repeat(400_000)}` };
    expect((await post({ type: 'message', text: 'x', attachments: [...attachments, large] })).status).toBe(200);
    await expect.poll(() => service.heard[0]?.files?.length).toBe(3);
    expect(service.heard[0]?.files?.[1]).toMatchObject({ name: 'note.txt', bytes: 3, sha256: sha256('已') });
  });

  it('are refused from anywhere else: nothing is fetched for anybody', async () => {
    const elsewhere = { ...scan, contentUrl: 'http://127.0.0.1:1/secret.pdf' };
    const refused = await refusal(await post({ type: 'message', text: 'x', attachments: [elsewhere] }));
    expect(refused).toMatchObject({ status: 400, code: 'ZG_BAD_FILE' });
    expect(refused.detail).toContain('attachments.0.contentUrl');
    expect(service.heard).toEqual([]);
  });

  it('do not count where they are cards: those are shown and never read', async () => {
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } };
    expect((await post({ type: 'message', text: 'x', attachments: [card] })).status).toBe(200);
    await expect.poll(() => service.heard.at(-1)?.text).toBe('x');
    expect(service.heard.at(-1)?.files).toBeUndefined();
  });

  it('are read for nobody unknown', async () => {
    const answer = await fetch(`${service.origin}/v3/directline/conversations/c-m1/activities`, {
      method: 'POST',
      body: JSON.stringify({ type: 'message', attachments: [{ ...scan, contentUrl: `data:,${'x'.repeat(100_000)}` }] }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await refusal(answer)).toMatchObject({ status: 401, code: 'ZG_TOKEN_MISSING' });
  });
});

describe('so much of one person', () => {
  const sayAs = async (mobile: string) => {
    const token = await fetchToken({ origin: service.origin, mobile });
    const conversation = mobile.endsWith('1') ? 'c-m1' : 'c-m2';
    return async (body: object): Promise<number> => {
      const answer = await fetch(`${service.origin}/v3/directline/conversations/${conversation}/activities`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
      await answer.text();
      return answer.status;
    };
  };
  const countTaken = async (say: (body: object) => Promise<number>, body: object, times: number): Promise<number> => {
    const found: number[] = [];
    for (let at = 0; at < times; at += 50)
      found.push(...(await Promise.all(Array.from({ length: Math.min(50, times - at) }, () => say(body)))));
    expect(found.filter((status) => status !== 200 && status !== 429)).toEqual([]);
    return found.filter((status) => status === 200).length;
  };

  it('is taken in a minute, and others are heard meanwhile', { timeout: 60_000 }, async () => {
    const [one, other] = [await sayAs('138-0000-0001'), await sayAs('138-0000-0002')];
    expect(await countTaken(one, { type: 'typing' }, limits.saidPerWindow + 20)).toBe(limits.saidPerWindow);
    expect(await other({ type: 'typing' })).toBe(200);
    service.passes(limits.saidWindowMs);
    expect(await one({ type: 'typing' })).toBe(200);
  });

  it('is kept of files in ten minutes, however they come', { timeout: 60_000 }, async () => {
    const one = await sayAs('138-0000-0001');
    expect(await countTaken(one, { type: 'message', attachments: [scan] }, limits.filedPerWindow + 20)).toBe(limits.filedPerWindow);
    expect((await upload(formOf(['a.pdf', pdf]))).status).toBe(429);
    expect(await one({ type: 'message', text: 'hello' })).toBe(200);
    service.passes(limits.filedWindowMs);
    expect((await upload(formOf(['a.pdf', pdf]))).status).toBe(200);
  });
});
