import { type Activity, ActivityTypes, TurnContext } from 'botbuilder';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fileTextsOf } from '../../src/messages/file-texts.ts';
import type { Card } from '../../src/ports/channel.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Inbox } from '../../src/ports/inbox.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Notice } from '../../src/ports/notice.ts';
import { adaptiveCardType, toAdaptiveCard } from '../bot/adaptive-card.ts';
import { countRefusals } from '../bot/count-refusals.ts';
import { isLocalCaller } from '../bot/local-caller.ts';
import type { RunTurn } from '../bot/turn-runner.ts';
import type { DoorDeps, TakeDeps } from '../bot/webhook-door.ts';
import { channelName, hasFiles, isGroupChat, readActivity, textOf } from './inbound.ts';
import { askOnce, inTime } from './outbound.ts';
import { accountOf, createUnboundReply, isPressOfOurs, unboundText } from './unbound.ts';
import { type BotFrameworkAdapter, isLocalService, parseActivity } from './verify.ts';

export type PlatformAccount = { readonly id: string; readonly aadObjectId?: string };

export type BotFrameworkDeps = {
  readonly adapter: BotFrameworkAdapter;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly runTurn: RunTurn;
  readonly conversations: Pick<Conversations, 'rememberReference'>;
  /** The person an account belongs to; undefined for everybody unknown or disabled. */
  readonly identify: (channel: string, from: PlatformAccount) => Promise<string | undefined>;
  /** In a demo on this machine alone: whoever says an invented number speaks as whose it is, and hears so. Undefined for other words. */
  readonly speakAs?: (account: string, text: string, locale: string) => Promise<string | undefined>;
  /** What an account hears that belongs to nobody. */
  readonly answerStranger: TakeDeps['answerStranger'];
  /** A reply as it is shown in answer to a pressed button. */
  readonly render: (notice: Notice) => Promise<{ readonly text: string; readonly card?: Card }>;
  readonly mode: 'demo' | 'production';
  /** Whether the platform signs its requests; without, only this machine may call, and only in a demo. */
  readonly hasAppId: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: DoorDeps['count'];
};

const messageType = 'application/vnd.microsoft.activity.message';
const cardAction = 'adaptiveCard/action';
/** An activity's type is open: what comes in may be one that botbuilder does not list. */
const invoke: string = ActivityTypes.Invoke;
const spoken: string = ActivityTypes.Message;

const answerInvoke = (context: TurnContext, body: object): Promise<unknown> =>
  context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });

/**
 * The Bot Framework's endpoint. Messages go into the inbox like those of every channel; a pressed `Action.Execute`
 * wants its new card in the response, so its turn is committed before we answer.
 * Source: learn.microsoft.com, "Bot Framework REST API reference" and "Universal Actions for Adaptive Cards".
 */
export const registerBotFramework = (server: FastifyInstance, deps: BotFrameworkDeps): void => {
  const { adapter, inbox, runTurn, conversations, identify, speakAs, answerStranger, render, mode, hasAppId, clock, log, count } = deps;
  if (mode === 'production' && !hasAppId)
    throw new Error('ZG_OPEN_DOOR: without an app id anybody could speak as anybody; set one, or leave the Bot Framework endpoint out.');

  const tellUnbound = createUnboundReply(answerStranger, log);

  const press = async (context: TurnContext, activity: Activity, personId: string): Promise<void> => {
    const [reply] = await runTurn(readActivity(activity, personId, clock.now()));
    const shown = reply ? await render(reply) : { text: '' };
    const body = shown.card
      ? { statusCode: 200, type: adaptiveCardType, value: toAdaptiveCard(shown.card, shown.text, 'execute') }
      : { statusCode: 200, type: messageType, value: shown.text };
    await answerInvoke(context, body);
  };

  const say = async (context: TurnContext, words: string): Promise<void> => {
    askOnce(context);
    await inTime(context.sendActivity(words)).catch((error: unknown) => log.warn({ error: String(error) }, 'a sentence could not be said'));
  };

  /** Their files lie behind addresses of the platform, and nothing is fetched for anybody. A courtesy: said once, or not at all. */
  const refuseFiles = (context: TurnContext): Promise<void> => say(context, fileTextsOf(context.activity.locale ?? '').notHere);

  const whoIs = ({ from: { id, aadObjectId } }: Activity): Promise<string | undefined> =>
    identify(channelName, aadObjectId === undefined ? { id } : { id, aadObjectId });

  /** Where somebody can be spoken to first: Teams has no address for whoever has never written. */
  const remember = async (activity: Activity, personId: string): Promise<void> => {
    if (isGroupChat(activity)) return;
    await conversations.rememberReference(channelName, personId, TurnContext.getConversationReference(activity));
  };

  /** Whoever has bound their account by what they wrote is reached here from now on. */
  const talkToUnbound = async (context: TurnContext, activity: Activity): Promise<void> => {
    await tellUnbound(context);
    const personId = activity.type === spoken ? await whoIs(activity) : undefined;
    if (personId !== undefined) await remember(activity, personId);
  };

  const becameSomebody = async (context: TurnContext): Promise<boolean> => {
    const { activity } = context;
    if (speakAs === undefined || hasAppId || activity.type !== spoken || isGroupChat(activity)) return false;
    const words = await speakAs(accountOf(activity), textOf(activity) ?? '', activity.locale ?? '');
    if (words === undefined) return false;
    const personId = await whoIs(activity);
    if (personId !== undefined) await remember(activity, personId);
    await say(context, words);
    return true;
  };

  const hear = async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    if (await becameSomebody(context)) return;
    const personId = await whoIs(activity);
    const isPress = activity.type === invoke && activity.name === cardAction;
    if (personId === undefined) {
      log.info({ channel: channelName, type: activity.type }, 'somebody unknown wrote; it has no effect');
      if (!isPress) return talkToUnbound(context, activity);
      // What is said in answer to a press is seen by nobody but who pressed, in a group too.
      const how = { statusCode: 200, type: messageType, value: unboundText(activity) };
      const refusal = { statusCode: 403, type: 'application/vnd.microsoft.error', value: { code: 'ZG_NOT_ALLOWED', message: '' } };
      await answerInvoke(context, isPressOfOurs(activity) ? how : refusal);
      return;
    }
    const message = readActivity(activity, personId, clock.now());
    await remember(activity, personId);
    if (isPress) await press(context, activity, personId);
    else if (activity.type === spoken) {
      if (message.text || message.value !== undefined) await inbox.put(message);
      if (hasFiles(activity)) await refuseFiles(context);
    }
  };

  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!hasAppId && !isLocalCaller(request.raw)) throw new Fault('ZG_NOT_LOCAL');
    const activity = parseActivity(request.body);
    if (!hasAppId && !isLocalService(activity.serviceUrl))
      throw new Fault('ZG_NOT_LOCAL', 'serviceUrl: without an app id it must be this machine');
    const answer = await adapter.receive(request.headers.authorization ?? '', activity, hear);
    count(channelName, 'taken');
    return reply.code(answer?.status ?? 200).send(answer?.body);
  };

  void server.register(async (scope) => {
    countRefusals(scope, channelName, count);
    scope.post('/api/messages', take);
  });
};
