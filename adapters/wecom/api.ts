import { z } from 'zod';
import type { SharedTokens } from '../../src/ports/shared-tokens.ts';
import type { RateLimits, RateRule } from '../../src/ports/rate-limits.ts';
import { OverLimit } from '../bot/failures.ts';
import type { PlatformHttp } from '../bot/platform-http.ts';
import { limits } from './limits.ts';

/** WeCom's own answer to a call. Source: developer.work.weixin.qq.com, "全局错误码". */
export class WecomError extends Error {
  override readonly name = 'WecomError';
  readonly errcode: number;

  constructor(errcode: number) {
    // its words may name people
    super(`WeCom answers ${errcode}`);
    this.errcode = errcode;
  }
}

export type WecomApi = {
  /** Calls with the application's token, once more with a fresh one where WeCom does not take it. Throws WecomError and PlatformUnreachable. */
  readonly call: (path: string, body: unknown) => Promise<Answer>;
  /** To the webhook of a group robot, which has a key of its own. */
  readonly callRobot: (key: string, body: unknown) => Promise<Answer>;
};

const AnswerShape = z.looseObject({ errcode: z.number().default(0) });
export type Answer = z.output<typeof AnswerShape>;

const TokenShape = z.looseObject({
  errcode: z.number().default(0),
  access_token: z.string().optional(),
  expires_in: z.number().optional(),
});

/** The key under which calls of an interface are counted. */
export const countedUnder = (corpId: string, path: string): string => `wecom:${corpId}:${path}`;

/** Wrong, out of date, missing. */
const badTokens: ReadonlySet<number> = new Set([40_014, 42_001, 41_001]);

export const createWecomApi = ({
  http,
  tokens,
  corpId,
  agentId,
  secret,
  rates,
}: {
  readonly http: PlatformHttp;
  readonly tokens: SharedTokens;
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  /** Calls are counted where they are made, by interface. */
  readonly rates: Pick<RateLimits, 'take'>;
}): WecomApi => {
  const tokenName = `wecom:${corpId}:${agentId}`;

  const fetchFresh = async () => {
    const { json } = await http({ method: 'GET', path: '/cgi-bin/gettoken', query: { corpid: corpId, corpsecret: secret } });
    const { errcode, access_token: token, expires_in: seconds } = TokenShape.parse(json);
    if (errcode !== 0 || token === undefined) throw new WecomError(errcode);
    return { token, expiresInMs: (seconds ?? 0) * 1_000 };
  };

  const takeTurn = async (key: string, rules: readonly RateRule[]): Promise<void> => {
    const turn = await rates.take(key, rules);
    if (!turn.isTaken) throw new OverLimit(turn.retryAfterMs);
  };

  const answerOf = (json: unknown): Answer => {
    const answer = AnswerShape.parse(json);
    if (answer.errcode !== 0) throw new WecomError(answer.errcode);
    return answer;
  };

  const callWith = async (token: string, path: string, body: unknown): Promise<Answer> =>
    answerOf((await http({ method: 'POST', path, query: { access_token: token }, body })).json);

  return {
    call: async (path, body) => {
      await takeTurn(countedUnder(corpId, path), limits.perInterface);
      const token = await tokens.get(tokenName, fetchFresh);
      try {
        return await callWith(token, path, body);
      } catch (error) {
        if (!(error instanceof WecomError) || !badTokens.has(error.errcode)) throw error;
        await tokens.drop(tokenName, token);
        return callWith(await tokens.get(tokenName, fetchFresh), path, body);
      }
    },
    callRobot: async (key, body) => {
      await takeTurn(`wecom:robot:${key}`, limits.perRobot);
      return answerOf((await http({ method: 'POST', path: '/cgi-bin/webhook/send', query: { key }, body })).json);
    },
  };
};
