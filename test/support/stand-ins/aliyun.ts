import { createHash, createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyRequest } from 'fastify';
import { z } from 'zod';

/**
 * Alibaba Cloud on this machine, as far as it is documented: the signature of its third version over every request
 * (ACS3-HMAC-SHA256, with time and nonce), text messages to one and to many, calls with a menu of keys, refusals with
 * status 200 and with others, and delays. What it says later of messages and calls is in test/fixtures/phone-callbacks.json.
 */

type Templates = { readonly [id: string]: readonly string[] };

const mobile = /^1\d{10}$/;
const telephone = /^(?:1\d{10}|0\d{9,11})$/;
const mostPerPlace = 35;

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The signature that belongs to a request, as the cloud's manual describes it. */
const signatureOf = (request: FastifyRequest, body: Buffer, signed: readonly string[], secret: string): string => {
  const { pathname, searchParams } = new URL(request.url, 'http://stand-in');
  const query = [...searchParams]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
  const headers = signed.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
  const canonical = [request.method, pathname, query, headers, signed.join(';'), sha256(body)].join('\n');
  return createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
};

/** Some come in the address, some in a form. */
const parametersOf = ({ url, body }: FastifyRequest): URLSearchParams => {
  const { searchParams } = new URL(url, 'http://stand-in');
  const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  return new URLSearchParams([...searchParams, ...form]);
};

const MenuKey = /^MenuKeyMap\.(\d+)\.(Key|Code)$/;

export type AliyunText = { readonly to: string; readonly template: string; readonly params: { readonly [place: string]: string } };
export type AliyunCall = AliyunText & { readonly action: string; readonly callId: string; readonly keys: readonly string[] };

export const startAliyun = async ({ templates = {} }: { readonly templates?: Templates } = {}) => {
  const app = fastify({ bodyLimit: 1_000_000 });
  const identity = { accessKeyId: 'LTAI-stand-in', accessKeySecret: 'a secret key', signature: '济南住建' };
  const state = { calls: 0, down: false, delayMs: 0, texts: 0 };
  const texts: (AliyunText & { readonly bizId: string })[] = [];
  const rung: AliyunCall[] = [];
  const requests: { readonly action: string; readonly numbers: number }[] = [];
  const failures: { readonly code: string; readonly status: number }[] = [];
  const limited = new Set<string>();
  const nonces = new Set<string>();

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    state.calls += 1;
    if (!state.down) return;
    request.raw.socket.destroy();
    return reply;
  });

  /** Why a request is not from whoever has the key; undefined where it is. */
  const faultIn = (request: FastifyRequest): string | undefined => {
    const { headers } = request;
    const [, key, names = '', signature] =
      /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([\da-f]{64})$/.exec(headers.authorization ?? '') ?? [];
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signed = names.split(';');
    if (signature === undefined || !['host', 'x-acs-action', 'x-acs-date', 'x-acs-version'].every((name) => signed.includes(name)))
      return 'IncompleteSignature';
    if (key !== identity.accessKeyId) return 'InvalidAccessKeyId.NotFound';
    if (headers['x-acs-content-sha256'] !== sha256(body) || signature !== signatureOf(request, body, signed, identity.accessKeySecret))
      return 'SignatureDoesNotMatch';
    if (Math.abs(Date.now() - Date.parse(String(headers['x-acs-date']))) > 15 * 60_000) return 'InvalidTimeStamp.Expired';
    const nonce = String(headers['x-acs-signature-nonce']);
    if (nonces.has(nonce)) return 'SignatureNonceUsed';
    nonces.add(nonce);
    return headers['x-acs-version'] === '2017-05-25' ? undefined : 'InvalidVersion';
  };

  /** Why a message or a call to this number is refused. */
  const refusalOf = (number: string, template: string, params: unknown, pattern: RegExp): string | undefined => {
    const given = z.record(z.string(), z.string()).safeParse(params);
    if (!pattern.test(number)) return 'isv.MOBILE_NUMBER_ILLEGAL';
    if (!templates[template]) return 'isv.SMS_TEMPLATE_ILLEGAL';
    if (!given.success || templates[template].some((place) => !given.data[place])) return 'isv.TEMPLATE_MISSING_PARAMETERS';
    if (Object.values(given.data).some((value) => value.length > mostPerPlace)) return 'isv.PARAM_LENGTH_LIMIT';
    return limited.has(number) ? 'isv.BUSINESS_LIMIT_CONTROL' : undefined;
  };

  const json = (text: string | null): unknown => {
    try {
      return JSON.parse(text ?? '') as unknown;
    } catch {
      return undefined;
    }
  };

  const text = (numbers: readonly string[], template: string, params: readonly unknown[]): object => {
    const refused = numbers.map((number, index) => refusalOf(number, template, params[index], mobile)).find(Boolean);
    if (refused) return { Code: refused, Message: 'as asked' };
    state.texts += 1;
    const bizId = `biz${state.texts}^0`;
    for (const [index, to] of numbers.entries()) texts.push({ to, template, params: params[index] as AliyunText['params'], bizId });
    return { Code: 'OK', Message: 'OK', BizId: bizId };
  };

  const acts: { readonly [action: string]: (query: URLSearchParams) => object } = {
    SendSms: (query) => {
      if (query.get('SignName') !== identity.signature) return { Code: 'isv.SMS_SIGNATURE_ILLEGAL', Message: 'as asked' };
      return text([query.get('PhoneNumbers') ?? ''], query.get('TemplateCode') ?? '', [json(query.get('TemplateParam'))]);
    },
    SendBatchSms: (query) => {
      const many = z.array(z.string()).min(1).max(100);
      const numbers = many.parse(json(query.get('PhoneNumberJson')));
      const names = many.parse(json(query.get('SignNameJson')));
      const params = z.array(z.unknown()).parse(json(query.get('TemplateParamJson')));
      requests.push({ action: 'SendBatchSms', numbers: numbers.length });
      if (names.length !== numbers.length || params.length !== numbers.length)
        return { Code: 'isv.INVALID_PARAMETERS', Message: 'as asked' };
      return text(numbers, query.get('TemplateCode') ?? '', params);
    },
    IvrCall: (query) => ring('IvrCall', query, query.get('StartCode'), query.get('StartTtsParams')),
    SingleCallByTts: (query) => ring('SingleCallByTts', query, query.get('TtsCode'), query.get('TtsParam')),
  };

  const ring = (action: string, query: URLSearchParams, template: string | null, params: string | null): object => {
    const keys = [...query].flatMap(([name, value]) => (MenuKey.exec(name)?.[2] === 'Key' ? [value] : []));
    const refused = refusalOf(query.get('CalledNumber') ?? '', template ?? '', json(params), telephone);
    if (refused) return { Code: refused, Message: 'as asked' };
    if (action === 'IvrCall' && keys.length === 0) return { Code: 'isv.INVALID_PARAMETERS', Message: 'MenuKeyMap is mandatory' };
    const callId = `${116_000 + rung.length}^${103_000 + rung.length}`;
    rung.push({ action, callId, keys, to: query.get('CalledNumber')!, template: template!, params: json(params) as AliyunText['params'] });
    return { Code: 'OK', Message: 'OK', CallId: callId };
  };

  app.post('/', async (request, reply) => {
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs));
    const fault = faultIn(request);
    const failure = fault === undefined ? failures.shift() : { code: fault, status: 400 };
    const act = acts[String(request.headers['x-acs-action'])];
    if (failure) return reply.code(failure.status).send({ Code: failure.code, Message: 'as asked', RequestId: 'r' });
    if (!act) return reply.code(404).send({ Code: 'InvalidAction.NotFound', Message: 'as asked', RequestId: 'r' });
    return { ...act(parametersOf(request)), RequestId: 'r' };
  });

  await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    ...identity,
    base: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    texts,
    rung,
    requests,
    /** The next call is answered so; refusals of the service itself come with the status 200. */
    fails: (code: string, status = 200) => void failures.push({ code, status }),
    limits: (number: string) => void limited.add(number),
    delays: (ms: number) => void (state.delayMs = ms),
    goesDown: (down: boolean) => void (state.down = down),
    calls: () => state.calls,
    close: () => app.close(),
  };
};

export type Aliyun = Awaited<ReturnType<typeof startAliyun>>;
