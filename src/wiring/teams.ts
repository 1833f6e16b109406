import type { FastifyInstance } from 'fastify';
import { registerBotFramework, type BotFrameworkDeps } from '../../adapters/teams/bot-framework.ts';
import { limits } from '../../adapters/teams/limits.ts';
import { createTeamsChannel } from '../../adapters/teams/outbound.ts';
import { BotFrameworkAdapter } from '../../adapters/teams/verify.ts';
import type { createBindings } from '../app/binding/bindings.ts';
import { speakAs } from '../app/binding/speak-as.ts';
import { talkToStranger } from '../app/binding/talk-to-stranger.ts';
import { renderNotice } from '../app/notices/render-notice.ts';
import { sayInputs } from '../app/notices/say-inputs.ts';
import type { createCallers } from '../app/roster/find-caller.ts';
import type { World } from '../app/world.ts';
import type { Environment } from '../config/environment.ts';
import type { Channel } from '../ports/channel.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { PlatformParts } from './platform-parts.ts';

type TeamsParts = Pick<BotFrameworkDeps, 'inbox' | 'runTurn' | 'count'> & {
  readonly world: World;
  readonly env: Pick<Environment, 'mode' | 'bot'>;
  readonly conversations: Conversations;
  readonly bindings: ReturnType<typeof createBindings>;
  readonly callers: ReturnType<typeof createCallers>;
  readonly guard: PlatformParts['guard'];
};

const rules = { perRecipient: limits.perConversation, perChannel: [], timeoutMs: 2 * limits.timeoutMs };

type OpenedTeams = { readonly channels: readonly Channel[]; readonly doors: readonly ((server: FastifyInstance) => void)[] };

/** The Bot Framework: in a demo also without an account at the platform, for the Playground on this machine. */
export const openTeams = (parts: TeamsParts): OpenedTeams => {
  const { world, env, conversations, bindings, callers, guard, inbox, runTurn, count } = parts;
  const { mode, bot } = env;
  const isDemo = mode === 'demo';
  if (!isDemo && bot === null) return { channels: [], doors: [] };
  const adapter = new BotFrameworkAdapter(
    bot ? { appId: bot.appId, appPassword: bot.password ?? '', ...(bot.tenantId === null ? {} : { tenantId: bot.tenantId }) } : {},
  );
  const channel = createTeamsChannel({ adapter, conversations, ...(bot ? { appId: bot.appId, bindings } : {}) });
  const deps: BotFrameworkDeps = {
    adapter,
    inbox,
    runTurn,
    conversations,
    // In a demo somebody may speak as anybody, by their number.
    identify: async (name, { id, aadObjectId }) =>
      (aadObjectId === undefined ? undefined : await bindings.personOf(name, aadObjectId)) ??
      (await bindings.personOf(name, id)) ??
      (isDemo ? (await callers.findByMobile(id))?.personId : undefined),
    ...(isDemo ? { speakAs: (account: string, text: string, locale: string) => speakAs(world, 'teams', account, text, locale) } : {}),
    answerStranger: (stranger) => talkToStranger(world, stranger),
    render: async (notice) => sayInputs(renderNotice(world, notice, undefined, world.clock.now()), notice.params?.['locale']),
    mode,
    hasAppId: bot !== null,
    count,
    clock: world.clock,
    log: world.log,
  };
  return { channels: [guard(channel, rules)], doors: [(fastify) => registerBotFramework(fastify, deps)] };
};
