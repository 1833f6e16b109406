import { z } from 'zod';
import type { RateLimits } from '../../src/ports/rate-limits.ts';
import type { SharedTokens } from '../../src/ports/shared-tokens.ts';
import { OverLimit } from '../bot/failures.ts';
import type { PlatformHttp } from '../bot/platform-http.ts';
import { DingtalkError } from './errors.ts';
import { limits } from './limits.ts';
import { robotSignature } from './verify.ts';

type Answer = { readonly [name: string]: unknown };

/** Each throws DingtalkError, OverLimit and PlatformUnreachable. */
export type DingtalkApi = {
  /** An interface of the new kind. */
  readonly call: (method: 'POST' | 'PUT', path: string, body: unknown) => Promise<Answer>;
  /** An interface of the new kind that only tells. */
  readonly ask: (path: string, query: { readonly [name: string]: string }) => Promise<Answer>;
  /** `userid` by number, of those whom the directory knows and the application may see. */
  readonly lookUp: (mobiles: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** To a robot of a group, which has a token and a secret of its own. */
  readonly callGroupRobot: (robot: GroupRobot, body: unknown) => Promise<void>;
};

export type GroupRobot = { readonly token: string; readonly secret: string };

const Refusal = z.looseObject({ code: z.string() });
const Old = z.looseObject({
  errcode: z.number().default(0),
  /** What is behind an error of the gateway in front of them. */
  sub_code: z.string().optional(),
  result: z.looseObject({ userid: z.string().optional() }).optional(),
});
const Token = z.looseObject({ accessToken: z.string().min(1), expireIn: z.number() });

/** Wrong, out of date, missing. */
const badTokens: ReadonlySet<string> = new Set(['InvalidAuthentication', 'Forbidden.InvalidToken', '40014', '42001']);
/** No member has this number, or none whom the application may see. */
const notInDirectory: ReadonlySet<string> = new Set(['60121', '60011', '40104', '40103']);

/** The key under which calls of an interface are counted. */
export const countedUnder = (clientId: string, name: string): string => `dingtalk:${clientId}:${name}`;

export const createDingtalkApi = ({
  http,
  oldHttp,
  tokens,
  rates,
  clientId,
  clientSecret,
  now,
}: {
  /** Of the new interfaces, api.dingtalk.com. */
  readonly http: PlatformHttp;
  /** Of the old ones, oapi.dingtalk.com. */
  readonly oldHttp: PlatformHttp;
  readonly tokens: SharedTokens;
  readonly rates: Pick<RateLimits, 'take'>;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Real time, epoch ms. */
  readonly now: () => number;
}): DingtalkApi => {
  const tokenName = `dingtalk:${clientId}`;

  const answerOf = ({ status, json }: { readonly status: number; readonly json: unknown }): Answer => {
    if (status >= 400) throw new DingtalkError(Refusal.safeParse(json).data?.code ?? String(status));
    return (json ?? {}) as Answer;
  };

  const oldAnswerOf = ({ json }: { readonly json: unknown }): z.output<typeof Old> => {
    const answer = Old.parse(json);
    if (answer.errcode !== 0) throw new DingtalkError(answer.sub_code ?? String(answer.errcode));
    return answer;
  };

  const fetchFresh = async () => {
    const body = { appKey: clientId, appSecret: clientSecret };
    const { accessToken, expireIn } = Token.parse(answerOf(await http({ method: 'POST', path: '/v1.0/oauth2/accessToken', body })));
    return { token: accessToken, expiresInMs: expireIn * 1_000 };
  };

  const withToken = async <T>(name: string, ask: (token: string) => Promise<T>): Promise<T> => {
    const turn = await rates.take(countedUnder(clientId, name), limits.perInterface);
    if (!turn.isTaken) throw new OverLimit(turn.retryAfterMs);
    const token = await tokens.get(tokenName, fetchFresh);
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof DingtalkError) || !badTokens.has(error.code)) throw error;
      await tokens.drop(tokenName, token);
      return ask(await tokens.get(tokenName, fetchFresh));
    }
  };

  const lookUpOne = async (mobile: string): Promise<string | undefined> => {
    try {
      const { result } = await withToken('getbymobile', async (token) =>
        oldAnswerOf(
          await oldHttp({ method: 'POST', path: '/topapi/v2/user/getbymobile', query: { access_token: token }, body: { mobile } }),
        ),
      );
      return result?.userid;
    } catch (error) {
      if (error instanceof DingtalkError && notInDirectory.has(error.code)) return undefined;
      throw error;
    }
  };

  return {
    call: (method, path, body) =>
      withToken(`${method} ${path}`, async (token) =>
        answerOf(await http({ method, path, headers: { 'x-acs-dingtalk-access-token': token }, body })),
      ),
    ask: (path, query) =>
      withToken(`GET ${path}`, async (token) =>
        answerOf(await http({ method: 'GET', path, query, headers: { 'x-acs-dingtalk-access-token': token } })),
      ),
    lookUp: async (mobiles) => {
      const found = await Promise.all(mobiles.map(async (mobile) => [mobile, await lookUpOne(mobile)] as const));
      return new Map(found.flatMap(([mobile, userId]) => (userId === undefined || userId === '' ? [] : [[mobile, userId] as const])));
    },
    callGroupRobot: async ({ token, secret }, body) => {
      const turn = await rates.take(`dingtalk:robot:${token}`, limits.perGroupRobot);
      if (!turn.isTaken) throw new OverLimit(turn.retryAfterMs);
      const timestamp = String(now());
      const query = { access_token: token, timestamp, sign: robotSignature(timestamp, secret) };
      oldAnswerOf(await oldHttp({ method: 'POST', path: '/robot/send', query, body }));
    },
  };
};
