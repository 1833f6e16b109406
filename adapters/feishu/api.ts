import type { Client } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import type { RateLimits } from '../../src/ports/rate-limits.ts';
import type { SharedTokens } from '../../src/ports/shared-tokens.ts';
import { OverLimit } from '../bot/failures.ts';
import type { PlatformHttp } from '../bot/platform-http.ts';
import { FeishuError } from './errors.ts';
import { limits } from './limits.ts';
import { createSdkHttp } from './sdk-http.ts';

export type Urgency = 'app' | 'sms' | 'phone';
export type Content = { readonly msgType: 'interactive' | 'text'; readonly content: string };

/** Each throws FeishuError, OverLimit and PlatformUnreachable. */
export type FeishuApi = {
  /** To a person's `open_id` or a group's `chat_id`; the same `uuid` within an hour is the same message. The message's id. */
  readonly send: (to: { readonly openId: string } | { readonly chatId: string }, content: Content, uuid: string) => Promise<string>;
  readonly change: (messageId: string, card: string) => Promise<void>;
  /** Brings a message that was sent to somebody's notice. False: not theirs to get. */
  readonly urge: (messageId: string, openId: string, urgency: Urgency) => Promise<boolean>;
  /** A text to many. Those who don't get it. */
  readonly sendToMany: (openIds: readonly string[], text: string) => Promise<readonly string[]>;
  /** `open_id` by number, of those whom the directory knows and the application may see. */
  readonly lookUp: (mobiles: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};

/** The key under which calls of an interface are counted. */
export const countedUnder = (appId: string, name: string): string => `feishu:${appId}:${name}`;

/** Wrong, out of date, missing. */
const badTokens: ReadonlySet<number> = new Set([99_991_661, 99_991_663, 99_991_664, 99_991_665, 99_991_671]);

type WithToken = { readonly headers: { readonly Authorization: string } };

const Token = z.looseObject({ tenant_access_token: z.string().min(1), expire: z.number() });
const Invalid = z.looseObject({
  data: z.looseObject({ invalid_open_ids: z.array(z.string()).nullish() }).nullish(),
});

const silent = (): void => {};
/** The SDK's own prints what it sent, the secret included, whatever its level. */
const silentLogger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent };

export const createFeishuApi = ({
  http,
  base,
  tokens,
  rates,
  appId,
  appSecret,
}: {
  /** Calls below `base`. */
  readonly http: PlatformHttp;
  readonly base: string;
  readonly tokens: SharedTokens;
  readonly rates: Pick<RateLimits, 'take'>;
  readonly appId: string;
  readonly appSecret: string;
}): FeishuApi => {
  const tokenName = `feishu:${appId}`;
  let opening: Promise<Client> | undefined;

  /** The SDK takes a good part of a second to load: only once there is something to say. */
  const openClient = (): Promise<Client> => {
    opening ??= import('@larksuiteoapi/node-sdk').then(
      (sdk) =>
        new sdk.Client({
          appId,
          appSecret,
          domain: base.replace(/\/+$/, ''),
          logger: silentLogger,
          httpInstance: createSdkHttp(http, base),
          // ours is shared by every instance
          disableTokenCache: true,
        }),
    );
    return opening;
  };

  const fetchFresh = async () => {
    const client = await openClient();
    const answer = await client.auth.tenantAccessToken.internal({ data: { app_id: appId, app_secret: appSecret } });
    const { tenant_access_token: token, expire } = Token.parse(answer);
    return { token, expiresInMs: expire * 1_000 };
  };

  const withToken = async (): Promise<{ readonly token: string; readonly how: WithToken }> => {
    const token = await tokens.get(tokenName, fetchFresh);
    return { token, how: { headers: { Authorization: `Bearer ${token}` } } };
  };

  const call = async <T>(name: string, ask: (client: Client, how: WithToken) => Promise<T>): Promise<T> => {
    const turn = await rates.take(countedUnder(appId, name), limits.perInterface);
    if (!turn.isTaken) throw new OverLimit(turn.retryAfterMs);
    const client = await openClient();
    const { token, how } = await withToken();
    try {
      return await ask(client, how);
    } catch (error) {
      if (!(error instanceof FeishuError) || !badTokens.has(error.code)) throw error;
      await tokens.drop(tokenName, token);
      return ask(client, (await withToken()).how);
    }
  };

  return {
    send: async (to, { msgType, content }, uuid) => {
      const isPerson = 'openId' in to;
      const { data } = await call('message.create', ({ im }, how) =>
        im.message.create(
          {
            params: { receive_id_type: isPerson ? 'open_id' : 'chat_id' },
            data: { receive_id: isPerson ? to.openId : to.chatId, msg_type: msgType, content, uuid },
          },
          how,
        ),
      );
      return data?.message_id ?? '';
    },
    change: async (messageId, content) => {
      await call('message.patch', ({ im }, how) => im.message.patch({ path: { message_id: messageId }, data: { content } }, how));
    },
    urge: async (messageId, openId, urgency) => {
      const { data } = await call(`message.urgent.${urgency}`, ({ im }, how) => {
        const payload = {
          path: { message_id: messageId },
          params: { user_id_type: 'open_id' as const },
          data: { user_id_list: [openId] },
        };
        if (urgency === 'sms') return im.message.urgentSms(payload, how);
        return urgency === 'phone' ? im.message.urgentPhone(payload, how) : im.message.urgentApp(payload, how);
      });
      return !data?.invalid_user_id_list?.includes(openId);
    },
    sendToMany: async (openIds, text) => {
      const answer: unknown = await call('batch_send', (client, how) =>
        client.request(
          { method: 'POST', url: '/open-apis/message/v4/batch_send/', data: { open_ids: openIds, msg_type: 'text', content: { text } } },
          how,
        ),
      );
      return Invalid.parse(answer).data?.invalid_open_ids ?? [];
    },
    lookUp: async (mobiles) => {
      const { data } = await call('user.batch_get_id', ({ contact }, how) =>
        contact.user.batchGetId({ params: { user_id_type: 'open_id' }, data: { mobiles: [...mobiles] } }, how),
      );
      return new Map(
        data?.user_list?.flatMap(({ mobile, user_id: openId }) =>
          mobile === undefined || openId === undefined || openId === '' ? [] : [[mobile, openId] as const],
        ),
      );
    },
  };
};
