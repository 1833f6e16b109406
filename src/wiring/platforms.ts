import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { createPlatformHttp } from '../../adapters/bot/platform-http.ts';
import { type Door, registerDoor, type TakeDeps } from '../../adapters/bot/webhook-door.ts';
import { guardChannel, type GuardRules } from '../../adapters/guard/guard-channel.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import { createSharedTokens } from '../../adapters/redis/shared-tokens.ts';
import { createWecomApi } from '../../adapters/wecom/api.ts';
import { createWecomDoor } from '../../adapters/wecom/door.ts';
import { limits as wecomLimits } from '../../adapters/wecom/limits.ts';
import { createWecomChannel } from '../../adapters/wecom/outbound.ts';
import { createBindings } from '../app/binding/bindings.ts';
import { talkToStranger } from '../app/binding/talk-to-stranger.ts';
import type { World } from '../app/world.ts';
import type { ChannelSettings, WecomSettings } from '../config/channels.ts';
import type { Channel } from '../ports/channel.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Connections } from './redis.ts';

/** The platforms that the environment names: what goes out through them, and the doors through which they call. */

export type PlatformDeps = {
  readonly world: World;
  readonly connections: Pick<Connections, 'commands' | 'keys'>;
  readonly bureau: string;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly conversations: Conversations;
};

export type Platforms = {
  readonly channels: readonly Channel[];
  readonly doors: readonly ((server: FastifyInstance) => void)[];
  readonly collect: (registry: Registry) => void;
};

/** Failures in a row after which a platform is left alone, and for how long; ours. */
const breaker = { breakAfter: 5, halfOpenAfterMs: 15_000 };

const createChannelMetrics = () => {
  const labelNames = ['channel', 'result'] as const;
  const sent = new Counter({
    name: 'zaigang_channel_messages_total',
    help: 'What became of messages, by channel.',
    labelNames,
    registers: [],
  });
  const received = new Counter({
    name: 'zaigang_webhook_requests_total',
    help: 'Requests of platforms taken or refused.',
    labelNames,
    registers: [],
  });
  const took = new Histogram({
    name: 'zaigang_channel_send_seconds',
    help: 'How long a platform took for a call.',
    labelNames: ['channel'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [],
  });
  return { sent, received, took };
};

export const openPlatforms = (settings: ChannelSettings, deps: PlatformDeps): Platforms => {
  const { world, connections, bureau, inbox, conversations } = deps;
  const { clock, log } = world;
  const limits = createRateLimits(connections.commands, connections.keys.prefix);
  const tokens = createSharedTokens(connections.commands, bureau);
  const bindings = createBindings(world);
  const metrics = createChannelMetrics();
  const count = (channel: string, result: string): void => metrics.received.inc({ channel, result });
  const mobileOf = (personId: string): string | undefined => {
    const person = world.directory.people.get(personId);
    return person && !person.isDisabled ? person.mobile : undefined;
  };

  const guard = (channel: Channel, rules: Omit<GuardRules, keyof typeof breaker>): Channel =>
    guardChannel(channel, {
      limits,
      rules: { ...breaker, ...rules },
      onSent: (name, results, tookMs) => {
        metrics.took.observe({ channel: name }, tookMs / 1_000);
        for (const { status } of results) metrics.sent.inc({ channel: name, result: status });
      },
      onBreaker: (name, state) => log.warn({ channel: name, state }, 'the breaker of a channel has moved'),
    });

  const taking = (sayToAccount: TakeDeps['sayToAccount']): TakeDeps => ({
    bindings,
    inbox,
    clock,
    answerStranger: (stranger) => talkToStranger(world, stranger),
    sayToAccount,
    log,
  });

  const openWecom = (wecom: WecomSettings): { readonly channel: Channel; readonly door: Door } => {
    const { corpId, agentId, secret, robotKey } = wecom;
    const { timeoutMs, batchTimeoutMs, perRecipient, perChannel } = wecomLimits;
    const http = createPlatformHttp({ base: wecom.apiBase, timeoutMs, ...(wecom.caFile === null ? {} : { caFile: wecom.caFile }) });
    const api = createWecomApi({ http, tokens, corpId, agentId, secret });
    const channel = createWecomChannel({ api, agentId, bindings, mobileOf, ...(robotKey === null ? {} : { robotKey }) });
    const say = async (account: string, content: string): Promise<void> => {
      await api.call('/cgi-bin/message/send', { touser: account, agentid: agentId, msgtype: 'text', text: { content } });
    };
    const key = envelopeKey(wecom.aesKey, corpId);
    if (!key) throw new Error('ZG_CONFIGURATION: WECOM_AES_KEY is no key; take it from the settings of the callback once more');
    const door = createWecomDoor({ ...taking(say), conversations, token: wecom.token, key, realNow: Date.now });
    return { channel: guard(channel, { perRecipient, perChannel, timeoutMs: batchTimeoutMs }), door };
  };

  const opened = settings.wecom ? [openWecom(settings.wecom)] : [];
  return {
    channels: opened.map(({ channel }) => channel),
    doors: opened.map(
      ({ door }) =>
        (server) =>
          registerDoor(server, door, { log, count }),
    ),
    collect: (registry) => {
      for (const metric of [metrics.sent, metrics.received, metrics.took]) registry.registerMetric(metric);
    },
  };
};
