import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { openapi } from '../../adapters/http/openapi.ts';
import { cardCallbackOf, encryptedCallbackOf, robotCallbackOf } from '../support/stand-ins/dingtalk.ts';
import { feishuCallbackOf } from '../support/stand-ins/feishu.ts';
import { callbackOf } from '../support/stand-ins/wecom.ts';
import { callbacks } from '../support/phone-callbacks.ts';
import { anyJson, deepJson, longText, mutated, oddText } from './hostile.ts';
import { secrets } from './house.ts';

/** A request as it goes over the wire; `{token}` and `{conversation}` are filled in with those of somebody known. */
export type Asked = { readonly method: string; readonly path: string; readonly headers: readonly string[]; readonly body: string };

export const crlf = '\r\n';
const jsonType = 'content-type: application/json';
const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]/g, '');
/** What an address may carry at all: everything else is encoded, as every client would. */
export const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed());

export const contentType = fc.oneof(
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
export const bodyOf = (right: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
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

export const directLine = fc
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

export const upgrade = fc
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
export const api = fc
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
export const signed = fc
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

export const clouds = fc
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

export const unsigned = fc
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
export const botFramework = fc
  .tuple(
    bodyOf(
      fc.constantFrom<unknown>(
        ...['message', 'invoke', 'conversationUpdate'].map((name) => ({ ...playground[name], serviceUrl: 'http://127.0.0.1:9/' })),
      ),
    ),
    contentType,
  )
  .map(([body, type]): Asked => ({ method: 'POST', path: '/api/messages', headers: [type], body }));

export const others = fc
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
