import type { FastifyInstance } from 'fastify';
import type { RunTurn } from '../../adapters/bot/turn-runner.ts';
import { registerDoor } from '../../adapters/bot/webhook-door.ts';
import { guardChannel } from '../../adapters/guard/guard-channel.ts';
import { createSharedTokens } from '../../adapters/redis/shared-tokens.ts';
import { createBindings } from '../app/binding/bindings.ts';
import { talkToStranger } from '../app/binding/talk-to-stranger.ts';
import { renderNotice } from '../app/notices/render-notice.ts';
import { sayInputs } from '../app/notices/say-inputs.ts';
import type { LinkMaker } from '../app/calendar/say-links.ts';
import { createAnswerLinks } from '../app/notices/answer-links.ts';
import type { World } from '../app/world.ts';
import type { ChannelSettings } from '../config/channels.ts';
import type { Channel } from '../ports/channel.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { ChannelWatch } from './channel-watch.ts';
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
  readonly links: LinkMaker;
  readonly limits: RateLimits;
  /** Learns how each channel does. */
  readonly watch: Pick<ChannelWatch, 'onBreaker' | 'onReceived' | 'addQuotas'>;
};

export type Platforms = {
  readonly channels: readonly Channel[];
  /** Slower than all others: what nobody reads in time is for whoever nothing else reaches. */
  readonly mail: readonly Channel[];
  readonly doors: readonly ((server: FastifyInstance) => void)[];
  /** Keeps a channel within its limits, as the platforms' own are kept. */
  readonly guard: PlatformParts['guard'];
  /** Opens the connections that bring what people say; they come up by themselves, now or later. */
  readonly listen: () => void;
  readonly stop: () => void;
};

export const openPlatforms = (settings: ChannelSettings, deps: PlatformDeps): Platforms => {
  const { world, connections, bureau, inbox, conversations, runTurn, links, limits, watch } = deps;
  const { clock, log } = world;
  const bindings = createBindings(world);
  const count = watch.onReceived;

  const onFile = (personId: string) => {
    const person = world.directory.people.get(personId);
    return person?.isDisabled ? undefined : person;
  };
  const render: PlatformParts['render'] = async (notice) =>
    sayInputs(renderNotice(world, notice, undefined, clock.now()), notice.params?.['locale']);
  const parts: PlatformParts = {
    bindings,
    conversations,
    limits,
    tokens: createSharedTokens(connections.commands, bureau),
    mobileOf: (personId) => onFile(personId)?.mobile,
    emailOf: (personId) => onFile(personId)?.email,
    guard: (channel, rules, { pulse, quotas = [] } = {}) => {
      const { name } = channel;
      watch.onBreaker(name, 'closed');
      watch.addQuotas(name, [...quotas, ...(rules.perChannel.length === 0 ? [] : [{ key: name, rules: rules.perChannel }])]);
      return guardChannel(channel, {
        limits,
        rules: { ...breaker, ...rules },
        ...(pulse ? { silentForMs: pulse.silentForMs, unheard: pulse.unheard } : {}),
        onBreaker: (_, state) => {
          watch.onBreaker(name, state);
          log.warn({ channel: name, state }, 'the breaker of a channel has moved');
        },
      });
    },
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
    render,
    answerLinks: (channel) => createAnswerLinks(world, { ...links, channel, runTurn, render }),
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
    doors: [...opened, ...(mail ? [mail] : [])]
      .flatMap(({ doors }) => doors)
      .map(
        (door) =>
          (server): void =>
            registerDoor(server, door, { log, count }),
      ),
    guard: parts.guard,
  };
};
