import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { RunTurn } from '../../adapters/bot/turn-runner.ts';
import { registerDoor } from '../../adapters/bot/webhook-door.ts';
import { guardChannel } from '../../adapters/guard/guard-channel.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import { createSharedTokens } from '../../adapters/redis/shared-tokens.ts';
import { createBindings } from '../app/binding/bindings.ts';
import { talkToStranger } from '../app/binding/talk-to-stranger.ts';
import { renderNotice } from '../app/notices/render-notice.ts';
import { sayInputs } from '../app/notices/say-inputs.ts';
import type { World } from '../app/world.ts';
import type { ChannelSettings } from '../config/channels.ts';
import type { Channel } from '../ports/channel.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Inbox } from '../ports/inbox.ts';
import { openDingtalk } from './dingtalk.ts';
import { openEmail } from './email.ts';
import { openFeishu } from './feishu.ts';
import { createPhoneParts } from './phone-parts.ts';
import { openPhones } from './phones.ts';
import { breaker, type OpenedPlatform, type PlatformParts } from './platform-parts.ts';
import type { Connections } from './redis.ts';
import { openWecom } from './wecom.ts';

/** The platforms that the environment names: what goes out through them, and the doors through which they call. */

export type PlatformDeps = {
  readonly world: World;
  readonly connections: Pick<Connections, 'commands' | 'keys'>;
  readonly bureau: string;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly conversations: Conversations;
  readonly runTurn: RunTurn;
};

export type Platforms = {
  readonly channels: readonly Channel[];
  /** Slower than all others: what nobody reads in time is for whoever nothing else reaches. */
  readonly mail: readonly Channel[];
  readonly doors: readonly ((server: FastifyInstance) => void)[];
  readonly collect: (registry: Registry) => void;
  /** Opens the connections that bring what people say; they come up by themselves, now or later. */
  readonly listen: () => void;
  readonly stop: () => void;
};

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
  const { world, connections, bureau, inbox, conversations, runTurn } = deps;
  const { clock, log } = world;
  const limits = createRateLimits(connections.commands, connections.keys.prefix);
  const bindings = createBindings(world);
  const metrics = createChannelMetrics();
  const count = (channel: string, result: string): void => metrics.received.inc({ channel, result });

  const onFile = (personId: string) => {
    const person = world.directory.people.get(personId);
    return person?.isDisabled ? undefined : person;
  };
  const parts: PlatformParts = {
    bindings,
    conversations,
    limits,
    tokens: createSharedTokens(connections.commands, bureau),
    mobileOf: (personId) => onFile(personId)?.mobile,
    emailOf: (personId) => onFile(personId)?.email,
    guard: (channel, rules) =>
      guardChannel(channel, {
        limits,
        rules: { ...breaker, ...rules },
        onSent: (name, results, tookMs) => {
          metrics.took.observe({ channel: name }, tookMs / 1_000);
          for (const { status } of results) metrics.sent.inc({ channel: name, result: status });
        },
        onBreaker: (name, state) => log.warn({ channel: name, state }, 'the breaker of a channel has moved'),
      }),
    taking: (sayToAccount) => ({
      bindings,
      inbox,
      clock,
      answerStranger: (stranger) => talkToStranger(world, stranger),
      sayToAccount,
      log,
    }),
    runTurn,
    log,
    count,
    phones: createPhoneParts(world, connections, bureau, inbox),
    render: async (notice) => sayInputs(renderNotice(world, notice, undefined, clock.now()), notice.params?.['locale']),
  };

  const opened: readonly OpenedPlatform[] = [
    ...(settings.wecom ? [openWecom(settings.wecom, parts)] : []),
    ...(settings.feishu ? [openFeishu(settings.feishu, parts)] : []),
    ...(settings.dingtalk ? [openDingtalk(settings.dingtalk, parts)] : []),
    ...openPhones(settings.phones, parts),
  ];
  const mail = settings.email ? openEmail(settings.email, parts) : undefined;
  const listening: Promise<{ readonly stop: () => void }>[] = [];

  return {
    listen: () => {
      for (const { listen } of [...opened, ...(mail ? [mail] : [])]) if (listen) listening.push(listen());
    },
    stop: () => {
      for (const one of listening) void one.then(({ stop }) => stop());
    },
    channels: opened.flatMap(({ channels }) => channels),
    mail: mail?.channels ?? [],
    doors: opened
      .flatMap(({ doors }) => doors)
      .map(
        (door) =>
          (server): void =>
            registerDoor(server, door, { log, count }),
      ),
    collect: (registry) => {
      for (const metric of [metrics.sent, metrics.received, metrics.took]) registry.registerMetric(metric);
    },
  };
};
