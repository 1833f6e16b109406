import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { faultTable } from '../../adapters/http/faults.ts';
import { openapi } from '../../adapters/http/openapi.ts';
import { cardCallbackOf, encryptedCallbackOf, robotCallbackOf } from '../support/stand-ins/dingtalk.ts';
import { feishuCallbackOf } from '../support/stand-ins/feishu.ts';
import { callbackOf } from '../support/stand-ins/wecom.ts';
import { callbacks } from '../support/phone-callbacks.ts';
import type { Fuzz } from './fuzz.ts';
import { anyJson, deepJson, longText, mutated, mutatedBytes, oddText } from './hostile.ts';
import { type Answer, openHouse, secrets, sendBytes } from './house.ts';

/** A request as it goes over the wire; `{token}` and `{conversation}` are filled in with those of somebody known. */
type Asked = { readonly method: string; readonly path: string; readonly headers: readonly string[]; readonly body: string };

const crlf = '\r\n';
const jsonType = 'content-type: application/json';
const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]/g, '');
/** What an address may carry at all: everything else is encoded, as every client would. */
const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed());

const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant(jsonType) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      'content-type: text/plain',
      'content-type: application/x-www-form-urlencoded',
      'content-type: multipart/form-data',
      'content-type: multipart/form-data; boundary=b',
      'content-type: application/json; charset=utf-16',
      'content-type: application/json;',
      'content-type: */*',
      'content-type: image/png',
    ),
  },
  { weight: 1, arbitrary: oddText.map((text) => `content-type: ${oneLine(text)}`) },
);

const asJson = (value: unknown): string => JSON.stringify(value) ?? 'null';
const bodyOf = (right: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: mutated(right.map(asJson)) },
    { weight: 4, arbitrary: fc.tuple(right, fc.nat(), anyJson).map(([value, at, put]) => asJson(replaceOne(value, at, put))) },
    { weight: 2, arbitrary: anyJson.map(asJson) },
    { weight: 1, arbitrary: oddText },
    { weight: 1, arbitrary: deepJson },
    {
      weight: 1,
      arbitrary: fc
        .tuple(right, deepJson, fc.nat())
        .map(([value, deep, at]) => asJson(replaceOne(value, at, '@')).replace('"@"', () => deep)),
    },
    { weight: 1, arbitrary: longText(70_000).map(asJson) },
  );

/** One member somewhere in it is another value. */
const replaceOne = (value: unknown, at: number, put: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return put;
  const names = Object.keys(value);
  if (names.length === 0) return put;
  const name = names[at % names.length]!;
  const inner: unknown = Reflect.get(value, name);
  const next = at % 3 === 0 ? put : replaceOne(inner, Math.floor(at / names.length), put);
  return Array.isArray(value) ? value.with(Number(name), next) : { ...value, [name]: next };
};

const activity = fc.constantFrom<unknown>(
  { type: 'message', from: { id: 'x' }, text: '在岗', locale: 'zh-CN', channelData: { clientActivityID: 'a' } },
  { type: 'message', from: { id: 'x' }, value: { action: 'acknowledge', obligationId: 'ocp1.x', marks: ['a'], no: 1 } },
  { type: 'message', text: '文件', attachments: [{ contentType: 'text/plain', contentUrl: 'data:text/plain;base64,5L2g', name: 'a.txt' }] },
  { type: 'typing' },
);

const authorization = fc.oneof(
  { weight: 8, arbitrary: fc.constant('authorization: Bearer {token}') },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: mutated(fc.constant('Bearer a.b.c')).map((text) => `authorization: ${oneLine(text)}`) },
);

const conversation = fc.oneof(
  { weight: 8, arbitrary: fc.constant('{conversation}') },
  { weight: 1, arbitrary: oddText.map(inAddress) },
  { weight: 1, arbitrary: fc.constantFrom('%ff', '%', '..', '.', '%2e%2e', '%00') },
);
const watermark = fc.oneof(
  fc.constantFrom(
    '',
    '?watermark=',
    '?watermark=1',
    '?watermark=-1',
    '?watermark=99999999999999999999',
    '?watermark=1&watermark=2',
    '?t=x',
  ),
  oddText.map((text) => `?watermark=${inAddress(text)}`),
);

const directLine = fc
  .tuple(
    fc.constantFrom(
      '/tokens/generate',
      '/tokens/refresh',
      '/conversations',
      '/conversations/ID',
      '/conversations/ID/activities',
      '/conversations/ID/activities',
      '/conversations/ID/activities',
      '/conversations/ID/upload',
      '/session/getsessionid',
      '/conversations/ID/nothing',
    ),
    conversation,
    watermark,
    fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'OPTIONS', 'HEAD'),
    authorization,
    contentType,
    bodyOf(fc.oneof(activity, fc.constant({ user: { id: '13800000222' } }))),
  )
  .map(([path, id, query, method, auth, type, body]): Asked => ({
    method,
    path: `/v3/directline${path.replace('ID', () => id)}${query}`,
    headers: [auth, type],
    body,
  }));

const upgrade = fc
  .tuple(
    conversation,
    fc.oneof(watermark, fc.constant('?t={token}')),
    fc.constantFrom('stream', 'stream/', 'streams', ''),
    fc.constantFrom('websocket', 'h2c', ''),
  )
  .map(([id, query, last, to]): Asked => ({
    method: 'GET',
    path: `/v3/directline/conversations/${id}/${last}${query}`,
    headers: ['connection: Upgrade', `upgrade: ${to}`, 'sec-websocket-version: 13', 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=='],
    body: '',
  }));

type Described = {
  readonly [method: string]: { readonly parameters?: readonly { readonly name: string; readonly in?: string }[] } | undefined;
};
const routes = Object.entries(openapi.paths as { readonly [path: string]: Described }).flatMap(([path, methods]) =>
  ['get', 'post', 'put', 'delete']
    .filter((method) => methods[method] !== undefined)
    .map((method) => ({ method: method.toUpperCase(), path, parameters: methods[method]?.parameters ?? [] })),
);
const queryNames = [
  'after',
  'limit',
  'open',
  'at',
  'from',
  'to',
  'unit',
  'post',
  'order',
  'itemId',
  'subject',
  'heat',
  'batch',
  'by',
  'lang',
  'kind',
  'as',
  'name',
  't',
  '__proto__',
  'constructor',
];
const queryValue = fc.oneof(
  fc.constantFrom(
    '1',
    '0',
    '-1',
    '1e3',
    '1000',
    '99999999999999999999',
    'true',
    '2021-08-27',
    '2021-08-27T10:00:00+08:00',
    '+275760-09-13T00:00:00.001Z',
    '0000-01-01',
    '9999-12-31',
    'u2',
    'm1',
  ),
  oddText,
);
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...queryNames), oddText), queryValue), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${inAddress(name)}=${inAddress(value)}`).join('&'));
const item = {
  kind: 'assigned',
  text: '工地扬尘',
  units: ['历下区'],
  handedOverAt: '2021-08-27T09:00:00+08:00',
  limit: '3日内',
  number: 'D2SD202108270009',
};
const api = fc
  .tuple(
    fc.constantFrom(...routes),
    fc.oneof(oddText.map(inAddress), fc.constantFrom('u1', 'm1', 'p1', 'iD2', '%ff')),
    query,
    contentType,
    bodyOf(fc.constant(item)),
  )
  .map(([{ method, path }, id, asked, type, body]): Asked => ({
    method,
    path: `${path.replaceAll(/\{\w+\}/g, () => id)}?${asked}`,
    headers: [type],
    body: method === 'GET' ? '' : body,
  }));

const wecomKey = envelopeKey(secrets.aesKey, 'ww1')!;
const dingtalkKey = envelopeKey(secrets.aesKey, 'ding1')!;
const headersOf = (headers: object): readonly string[] => Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);

/** Real callbacks, signed with the right keys, of things that no platform would say. */
const signed = fc
  .tuple(
    fc.constantFrom('wecom', 'feishu', 'robot', 'card', 'encrypted'),
    bodyOf(
      fc.constantFrom<unknown>(
        {
          schema: '2.0',
          header: { event_id: 'e', event_type: 'im.message.receive_v1', token: secrets.feishuToken, app_id: 'cli_1' },
          event: {
            sender: { sender_id: { open_id: 'ou' } },
            message: { message_id: 'om', chat_id: 'oc', chat_type: 'p2p', message_type: 'text', content: '{"text":"在岗"}' },
          },
        },
        {
          schema: '2.0',
          header: { event_id: 'e', event_type: 'card.action.trigger', token: secrets.feishuToken, app_id: 'cli_1' },
          event: {
            operator: { open_id: 'ou' },
            action: { tag: 'button', value: { action: 'acknowledge' } },
            context: { open_message_id: 'om', open_chat_id: 'oc' },
          },
        },
        { type: 'url_verification', challenge: 'c', token: secrets.feishuToken },
        { msgId: 'm', conversationId: 'c', conversationType: '1', senderStaffId: 's', msgtype: 'text', text: { content: '在岗' } },
        {
          type: 'actionCallback',
          outTrackId: 'o',
          userId: 'u',
          content: '{"cardPrivateData":{"actionIds":["acknowledge"],"params":{"action":"acknowledge"}}}',
        },
        { EventType: 'check_url' },
        {
          ToUserName: 'ww1',
          FromUserName: 'zhao',
          CreateTime: '1630029300',
          MsgType: 'text',
          Content: '在岗',
          MsgId: '1',
          AgentID: '1000002',
        },
        {
          ToUserName: 'ww1',
          FromUserName: 'zhao',
          CreateTime: '1630029300',
          MsgType: 'event',
          Event: 'template_card_event',
          EventKey: 'k',
          TaskId: 't',
          ResponseCode: 'r',
        },
      ),
    ),
  )
  .map(([platform, body]): Asked => {
    const at = Date.now();
    const fields = readOr(body);
    if (platform === 'wecom') {
      const texts = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : asJson(value)]),
      );
      const { url, payload } = callbackOf(texts, { token: secrets.wecomToken, key: wecomKey, at });
      return { method: 'POST', path: url, headers: ['content-type: text/xml'], body: payload };
    }
    if (platform === 'feishu') {
      const { payload, headers } = feishuCallbackOf(fields, { encryptKey: secrets.feishuKey, at });
      return { method: 'POST', path: '/channels/feishu', headers: headersOf(headers), body: payload };
    }
    if (platform === 'encrypted') {
      const { url, payload, headers } = encryptedCallbackOf(fields, { token: 'dingtalk-token', key: dingtalkKey, at });
      return { method: 'POST', path: url, headers: headersOf(headers), body: payload };
    }
    const make = platform === 'card' ? cardCallbackOf : robotCallbackOf;
    // each signature holds for one body
    const made = make(fields, {
      secret: platform === 'card' ? secrets.cardSecret : secrets.dingtalkSecret,
      at: at + Math.floor((count += 1) % 60_000),
    });
    return { method: 'POST', path: made.url, headers: headersOf(made.headers), body: made.payload };
  });
let count = 0;
const readOr = (text: string): object => {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? read : { read };
  } catch {
    return { text };
  }
};

const clouds = fc
  .tuple(
    fc.constantFrom('aliyun-sms', 'tencent-sms', 'aliyun-voice', 'tencent-voice'),
    fc.oneof({ weight: 6, arbitrary: fc.constant<string>(secrets.callback) }, { weight: 1, arbitrary: oddText.map(inAddress) }),
    bodyOf(
      fc.constantFrom(
        ...Object.values(callbacks).flatMap((said): readonly unknown[] => (typeof said === 'object' ? Object.values(said) : [])),
      ),
    ),
    contentType,
  )
  .map(([cloud, secret, body, type]): Asked => ({ method: 'POST', path: `/channels/${cloud}/${secret}`, headers: [type], body }));

const unsigned = fc
  .tuple(
    fc.constantFrom('wecom', 'feishu', 'dingtalk'),
    query,
    fc.constantFrom('GET', 'POST', 'PUT'),
    fc.oneof(bodyOf(fc.constant({ encrypt: 'AAAA' })), mutated(fc.constant('<xml><Encrypt>AAAA</Encrypt></xml>')), longText(1_100_000)),
    contentType,
  )
  .map(([platform, asked, method, body, type]): Asked => ({
    method,
    path: `/channels/${platform}?msg_signature=a&timestamp=1&nonce=2&${asked}`,
    headers: [type],
    body,
  }));

const playground = JSON.parse(readFileSync(new URL('../fixtures/agents-playground.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, object>
>;
const botFramework = fc
  .tuple(
    bodyOf(
      fc.constantFrom<unknown>(
        ...['message', 'invoke', 'conversationUpdate'].map((name) => ({ ...playground[name], serviceUrl: 'http://127.0.0.1:9/' })),
      ),
    ),
    contentType,
  )
  .map(([body, type]): Asked => ({ method: 'POST', path: '/api/messages', headers: [type], body }));

const others = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        '/',
        '//',
        '/?',
        '/index.html',
        '/assets/..%2f..%2fpackage.json',
        '/..',
        '/%',
        '/%ff',
        '/healthz',
        '/readyz',
        '/metrics',
        '/openapi.json',
        '/answer',
        '/nowhere',
        '/API/people',
        '/api',
        '/api/',
        '*',
        'http://elsewhere.example/',
      ),
      fc
        .tuple(
          fc.constantFrom(
            '/sign-in/',
            '/report/',
            '/sheet/',
            '/calendar/',
            '/answer?t=',
            '/answer/',
            '/api/files/',
            '/',
            '/sign-in/openid',
          ),
          oddText,
        )
        .map(([path, text]) => path + inAddress(text)),
      longText(2_000).map((text) => `/${inAddress(text)}`),
    ),
    fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'PROPFIND'),
    contentType,
    oddText,
  )
  .map(([path, method, type, body]): Asked => ({ method, path, headers: [type], body }));

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
