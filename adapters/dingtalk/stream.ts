import { z } from 'zod';
import type { Log } from '../../src/ports/log.ts';
import type { PlatformHttp } from '../bot/platform-http.ts';
import { Refused } from '../bot/webhook-door.ts';
import type { HearDingtalk } from './ear.ts';
import { channelName, type FromDingtalk, readJson, readPress, readRobotMessage } from './inbound.ts';
import { limits } from './limits.ts';

export type DingtalkStreamDeps = {
  readonly http: PlatformHttp;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly hear: HearDingtalk;
  readonly count: (channel: string, what: string) => void;
  readonly log: Log;
};

export type DingtalkStream = { readonly isConnected: () => boolean; readonly stop: () => void };

const Gateway = z.looseObject({ endpoint: z.string().min(1), ticket: z.string().min(1) });
const topics = { robot: '/v1.0/im/bot/messages/get', card: '/v1.0/card/instances/callback' } as const;

/**
 * DingTalk's callbacks over a connection that we open: for a service that no address leads to from outside. What cannot
 * be kept is not confirmed, and DingTalk says it again within a minute. The SDK opens its connection at a fixed address
 * and can't tell a dead one from a quiet one: both are done here. Source: open.dingtalk.com, "Stream 模式".
 */
export const openDingtalkStream = async (deps: DingtalkStreamDeps): Promise<DingtalkStream> => {
  const { http, clientId, clientSecret, robotCode, hear, count, log } = deps;
  const { DWClient } = await import('dingtalk-stream');
  const client = new DWClient({ clientId, clientSecret });

  let lastHeardAt = performance.now();
  let isStopped = false;
  const listen = client.onDownStream.bind(client);
  const open = {
    getEndpoint: async () => {
      // the SDK may have been about to connect anew
      if (isStopped) throw new Error('stopped');
      const { subscriptions } = client.getConfig();
      const body = { clientId, clientSecret, ua: 'zaigang', subscriptions };
      const { json } = await http({
        method: 'POST',
        path: '/v1.0/gateway/connections/open',
        headers: { accept: 'application/json' },
        body,
      });
      const { endpoint, ticket } = Gateway.parse(json);
      lastHeardAt = performance.now();
      Object.assign(client, { dw_url: `${endpoint}?ticket=${encodeURIComponent(ticket)}` });
      return client;
    },
    onDownStream: (data: string) => {
      lastHeardAt = performance.now();
      try {
        listen(data);
      } catch (error) {
        count(channelName, 'malformed');
        log.warn({ channel: channelName, error: String(error) }, 'something came over the stream that is no message');
      }
    },
    heartbeat: () => (lastHeardAt = performance.now()),
  };
  Object.assign(client, open);

  const take = async (messageId: string, data: string, read: (json: unknown) => FromDingtalk): Promise<void> => {
    try {
      await hear(read(readJson(data)), messageId);
      count(channelName, 'taken');
    } catch (error) {
      if (!(error instanceof Refused)) {
        log.warn({ channel: channelName, error: String(error) }, 'what came over the stream could not be kept; it will come again');
        return;
      }
      // whatever it is, it would be the same the next time
      count(channelName, error.reason);
    }
    client.socketCallBackResponse(messageId, {});
  };
  client.registerCallbackListener(
    topics.robot,
    ({ headers, data }) => void take(headers.messageId, data, (json) => readRobotMessage(json, robotCode)),
  );
  client.registerCallbackListener(topics.card, ({ headers, data }) => void take(headers.messageId, data, readPress));

  const watch = setInterval(() => {
    const { socket } = client as unknown as { readonly socket?: { readonly readyState: number; ping(): void; terminate(): void } };
    if (!client.connected || socket?.readyState !== 1) return;
    if (performance.now() - lastHeardAt > limits.streamSilenceMs) socket.terminate();
    else socket.ping();
  }, limits.streamPingMs);
  watch.unref();

  await client.connect();
  return {
    isConnected: () => client.connected,
    stop: () => {
      isStopped = true;
      clearInterval(watch);
      client.disconnect();
    },
  };
};
