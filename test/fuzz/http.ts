import fc from 'fast-check';
import { faultTable } from '../../adapters/http/faults.ts';
import { api, type Asked, botFramework, clouds, crlf, directLine, others, signed, unsigned, upgrade } from './requests.ts';
import { imports, openId, posts } from './posts.ts';
import type { Fuzz } from './fuzz.ts';
import { mutatedBytes } from './hostile.ts';
import { type Answer, openHouse, secrets, sendBytes } from './house.ts';

const toBytes = ({ method, path, headers, body }: Asked): Buffer => {
  const content = Buffer.from(body);
  const withBody = method === 'GET' || method === 'HEAD' ? [] : [`content-length: ${content.length}`];
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...(headers.some((header) => header.startsWith('connection:')) ? [] : ['connection: close']),
    ...headers.filter(Boolean),
    ...withBody,
  ];
  return Buffer.concat([Buffer.from(`${lines.join(crlf)}${crlf}${crlf}`), ...(withBody.length === 0 ? [] : [content])]);
};

/** Requests that are none: bytes of a good one changed, headers without end, lengths that lie. */
const rawRequest = fc.oneof(
  mutatedBytes(fc.oneof(directLine, api, botFramework).map(toBytes)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      'GET / HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
      'POST /api/items HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /api/items HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n',
      'POST /api/items HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: -1\r\n\r\n',
      'POST /api/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}',
      'POST /api/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: something\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: a\r\n\r\n',
      'GET /v3/directline/conversations/%ff/stream HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
    )
    .map((text) => Buffer.from(text)),
);

const isOurs = (answer: Answer): boolean => {
  try {
    const { error } = JSON.parse(answer.body) as {
      readonly error: { readonly code: string; readonly message?: string; readonly what_to_do?: string };
    };
    return (
      (error.code === 'TokenExpired' || Object.hasOwn(faultTable, error.code)) &&
      typeof error.message === 'string' &&
      typeof error.what_to_do === 'string'
    );
  } catch {
    return false;
  }
};

/** What depends on the machine: no font, no page that was built; and whether it is ready at all. */
const maybeAbsent = /"ZG_NO_(?:FONT|PAGE)"|^\{"ok":false/u;

/** Whoever is not ready says so without a word to HEAD, and Bot Framework wants 501 for what a bot does not know. */
const isExpected = (status: number, path: string): boolean =>
  (status === 503 && path.startsWith('/readyz')) || (status === 501 && path === '/api/messages');

/** What is wrong with an answer, whatever was asked. */
const judgeAnswer = (answer: Answer | undefined, method: string, path: string): string | undefined => {
  if (!answer) return 'no answer';
  const { status, headers, body } = answer;
  if (status >= 500 && !maybeAbsent.test(body) && !isExpected(status, path)) return `status ${status}: ${body.slice(0, 300)}`;
  if (status === 101) return undefined;
  if (headers['x-content-type-options'] !== 'nosniff') return `status ${status} without x-content-type-options`;
  if (headers['content-security-policy'] === undefined) return `status ${status} without content-security-policy`;
  if (headers['content-type']?.startsWith('text/html') && body.includes('<script>alert'))
    return 'what came was given back as it is, in a page';
  const isOfPlatform = path.startsWith('/channels/');
  const isPage = headers['content-type']?.startsWith('text/html') === true;
  if (status >= 400 && status !== 503 && !isExpected(status, path) && method !== 'HEAD' && !isOfPlatform && !isPage && !isOurs(answer))
    return `an error in another form: ${status} ${body.slice(0, 300)}`;
  return undefined;
};

/** A number that is somebody's, as it could stand in a log. */
const inLogs = [...Object.values(secrets), '13800000222'];

/** Nobody known: tokens that are none, secrets that are wrong, accounts that are nobody's. */
const fromStranger = fc.oneof(
  {
    weight: 4,
    arbitrary: directLine
      .filter(({ path }) => !path.includes('/tokens/generate'))
      .map((asked) => ({ ...asked, headers: asked.headers.map((one) => one.replace('{token}', 'a.b.c')) })),
  },
  { weight: 4, arbitrary: clouds.map((asked) => ({ ...asked, path: asked.path.replace(secrets.callback, 'another-secret-0123456789') })) },
  { weight: 3, arbitrary: signed },
  { weight: 2, arbitrary: unsigned },
  { weight: 3, arbitrary: botFramework },
);

/** Whoever is nobody here leaves nothing in the ledger, whatever they send. */
export const strangers: Fuzz = {
  name: 'strangers',
  cases: 150,
  open: async () => {
    const house = await openHouse();
    return {
      property: fc.asyncProperty(fromStranger, async (asked) => {
        const problem = judgeAnswer(await sendBytes(house.url, toBytes(asked), true), asked.method, asked.path);
        if (problem !== undefined) throw new Error(problem);
      }),
      judge: async () => {
        const aside = await house.untilQuiet();
        const [row] = await house.done();
        if (aside.length > 0 || row) throw new Error(`somebody unknown did something: ${JSON.stringify(row ?? aside[0]).slice(0, 1_000)}`);
      },
      close: house.close,
    };
  },
};

/** Every door that is reached over HTTP, in one running service: each request is answered, and none leaves a trace that it should not. */
export const http: Fuzz = {
  name: 'http',
  cases: 250,
  open: async () => {
    const house = await openHouse();
    const generated = await fetch(new URL('v3/directline/tokens/generate', house.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"user":{"id":"13800000222"}}',
    });
    const { token, conversationId } = (await generated.json()) as { readonly token: string; readonly conversationId: string };
    const filled = (text: string): string => text.replaceAll('{token}', token).replaceAll('{conversation}', conversationId);
    const anyRequest = fc.oneof(
      { weight: 6, arbitrary: directLine },
      { weight: 1, arbitrary: upgrade },
      { weight: 6, arbitrary: api },
      { weight: 5, arbitrary: signed },
      { weight: 4, arbitrary: clouds },
      { weight: 2, arbitrary: unsigned },
      { weight: 4, arbitrary: botFramework },
      { weight: 3, arbitrary: others },
      { weight: 5, arbitrary: posts },
      { weight: 1, arbitrary: imports },
      { weight: 2, arbitrary: openId },
      { weight: 3, arbitrary: rawRequest },
    );
    return {
      property: fc.asyncProperty(anyRequest, async (asked) => {
        const isRaw = Buffer.isBuffer(asked);
        const bytes = isRaw ? asked : toBytes({ ...asked, path: filled(asked.path), headers: asked.headers.map(filled) });
        const answer = await sendBytes(house.url, bytes, !isRaw);
        // half a request is waited for, and closed without a word
        if (isRaw && answer === undefined) return;
        const problem = judgeAnswer(answer, isRaw ? '' : asked.method, isRaw ? '' : asked.path);
        if (problem !== undefined) throw new Error(problem);
      }),
      judge: async () => {
        const aside = await house.untilQuiet();
        if (aside.length > 0) throw new Error(`messages that nobody could handle: ${aside.slice(0, 3).join('\n').slice(0, 3_000)}`);
        for (const secret of inLogs) {
          const line = house.lines.find((one) => one.includes(secret));
          if (line !== undefined) throw new Error(`a log says ${secret}: ${line.slice(0, 500)}`);
        }
      },
      close: house.close,
    };
  },
};
