import { createHash, createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyRequest } from 'fastify';
import { z } from 'zod';

/**
 * Tencent Cloud on this machine, as far as it is documented: its signature over every request (TC3-HMAC-SHA256, with
 * time, service and host), text messages with an answer for each number, calls, refusals, which come with the status 200,
 * and delays. What it says later of messages and calls is in test/fixtures/phone-callbacks.json.
 */

type Templates = { readonly [id: string]: number };

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const Sms = z.object({
  PhoneNumberSet: z.array(z.string()).min(1),
  SmsSdkAppId: z.string(),
  SignName: z.string(),
  TemplateId: z.string(),
  TemplateParamSet: z.array(z.string()).optional(),
});
const Call = z.object({
  TemplateId: z.string(),
  CalledNumber: z.string(),
  VoiceSdkAppid: z.string(),
  TemplateParamSet: z.array(z.string()).optional(),
  PlayTimes: z.number().int().min(1).max(3).optional(),
});

const versions: { readonly [service: string]: string } = { sms: '2021-01-11', vms: '2020-09-02' };
const mostNumbers = 200;

export type TencentText = { readonly to: string; readonly template: string; readonly params: readonly string[]; readonly serialNo: string };
export type TencentCall = { readonly to: string; readonly template: string; readonly params: readonly string[]; readonly callId: string };

export const startTencent = async ({ templates = {} }: { readonly templates?: Templates } = {}) => {
  const app = fastify({ bodyLimit: 1_000_000 });
  const identity = {
    secretId: 'AKID-stand-in',
    secretKey: 'a secret key',
    appId: '1400006666',
    region: 'ap-guangzhou',
    signature: '济南住建',
  };
  const state = { calls: 0, down: false, delayMs: 0 };
  const texts: TencentText[] = [];
  const rung: TencentCall[] = [];
  const requests: { readonly action: string; readonly numbers: number }[] = [];
  const failures: string[] = [];
  const refused = new Map<string, string>();

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    state.calls += 1;
    if (!state.down) return;
    request.raw.socket.destroy();
    return reply;
  });

  const signatureOf = (request: FastifyRequest, date: string, service: string, signed: readonly string[]): string => {
    const headers = signed.map((name) => `${name}:${String(request.headers[name]).trim().toLowerCase()}\n`).join('');
    const canonical = ['POST', '/', '', headers, signed.join(';'), sha256(request.body as Buffer)].join('\n');
    const scope = `${date}/${service}/tc3_request`;
    const text = ['TC3-HMAC-SHA256', String(request.headers['x-tc-timestamp']), scope, sha256(canonical)].join('\n');
    const key = hmac(hmac(hmac(`TC3${identity.secretKey}`, date), service), 'tc3_request');
    return hmac(key, text).toString('hex');
  };

  /** Why a request is not from whoever has the key; undefined where it is. */
  const faultIn = (request: FastifyRequest): string | undefined => {
    const [, id, date = '', service = '', names = '', signature] =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/(\w+)\/tc3_request, SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
        request.headers.authorization ?? '',
      ) ?? [];
    const signed = names.split(';');
    if (signature === undefined || !signed.includes('host') || !signed.includes('content-type')) return 'AuthFailure.InvalidAuthorization';
    if (id !== identity.secretId) return 'AuthFailure.SecretIdNotFound';
    const seconds = Number(request.headers['x-tc-timestamp']);
    if (!(Math.abs(Date.now() / 1_000 - seconds) <= 300)) return 'AuthFailure.SignatureExpire';
    if (date !== new Date(seconds * 1_000).toISOString().slice(0, 10) || signature !== signatureOf(request, date, service, signed))
      return 'AuthFailure.SignatureFailure';
    if (request.headers.host !== `${service}.tencentcloudapi.com`) return 'NoSuchProduct';
    return request.headers['x-tc-version'] === versions[service] ? undefined : 'NoSuchVersion';
  };

  const error = (Code: string): object => ({ Response: { Error: { Code, Message: 'as asked' }, RequestId: 'r' } });

  const send = (body: unknown): object => {
    const parsed = Sms.safeParse(body);
    if (!parsed.success) return error('InvalidParameter');
    const { PhoneNumberSet: numbers, SmsSdkAppId, SignName, TemplateId, TemplateParamSet: params = [] } = parsed.data;
    requests.push({ action: 'SendSms', numbers: numbers.length });
    if (numbers.length > mostNumbers) return error('LimitExceeded.PhoneNumberCountLimit');
    if (SmsSdkAppId !== identity.appId) return error('UnauthorizedOperation.SmsSdkAppIdVerifyFail');
    const codeFor = (number: string): string => {
      if (!/^\+861\d{10}$/.test(number)) return 'InvalidParameterValue.IncorrectPhoneNumber';
      if (SignName !== identity.signature) return 'FailedOperation.SignatureIncorrectOrUnapproved';
      if (templates[TemplateId] !== params.length) return 'FailedOperation.TemplateIncorrectOrUnapproved';
      return refused.get(number) ?? 'Ok';
    };
    const SendStatusSet = numbers.map((PhoneNumber) => {
      const Code = codeFor(PhoneNumber);
      const SerialNo = Code === 'Ok' ? `2645:${texts.length}` : '';
      if (Code === 'Ok') texts.push({ to: PhoneNumber, template: TemplateId, params, serialNo: SerialNo });
      return { SerialNo, PhoneNumber, Fee: 1, SessionContext: '', Code, Message: Code, IsoCode: 'CN' };
    });
    return { Response: { SendStatusSet, RequestId: 'r' } };
  };

  const ring = (body: unknown): object => {
    const parsed = Call.safeParse(body);
    if (!parsed.success) return error('InvalidParameter');
    const { TemplateId, CalledNumber, VoiceSdkAppid, TemplateParamSet: params = [] } = parsed.data;
    if (VoiceSdkAppid !== identity.appId) return error('UnauthorizedOperation.VoiceSdkAppidVerifyFail');
    if (!/^\+86(?:1\d{10}|[2-9]\d{8,10})$/.test(CalledNumber)) return error('InvalidParameterValue.CalledNumberVerifyFail');
    if (templates[TemplateId] !== params.length) return error('FailedOperation.TemplateIncorrectOrUnapproved');
    const callId = `12582bce-403c-11eb-${rung.length}`;
    rung.push({ to: CalledNumber, template: TemplateId, params, callId });
    return { Response: { SendStatus: { CallId: callId, SessionContext: '' }, RequestId: 'r' } };
  };

  app.post('/', async (request, reply) => {
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs));
    const fault = faultIn(request) ?? failures.shift();
    if (fault !== undefined) return /^\d+$/.test(fault) ? reply.code(Number(fault)).send('as asked') : error(fault);
    const body: unknown = JSON.parse((request.body as Buffer).toString('utf8'));
    const action = String(request.headers['x-tc-action']);
    if (action === 'SendSms') return send(body);
    return action === 'SendTtsVoice' ? ring(body) : error('InvalidAction');
  });

  await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    ...identity,
    base: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    texts,
    rung,
    requests,
    /** The next call is answered so; digits alone are a status. */
    fails: (code: string) => void failures.push(code),
    /** Messages to this number are. */
    refuses: (number: string, code: string) => void refused.set(number, code),
    delays: (ms: number) => void (state.delayMs = ms),
    goesDown: (down: boolean) => void (state.down = down),
    calls: () => state.calls,
    close: () => app.close(),
  };
};

export type Tencent = Awaited<ReturnType<typeof startTencent>>;
