import {
  type Activity,
  ActivityTypes,
  type CloudAdapter,
  type ConversationReference,
  type ResourceResponse,
  type TurnContext,
} from 'botbuilder';
import type { Bindings } from '../../src/ports/bindings.ts';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import { adaptiveCardType, toAdaptiveCard } from '../bot/adaptive-card.ts';
import { channelName } from './inbound.ts';
import { limits } from './limits.ts';

export type TeamsChannelDeps = {
  readonly adapter: Pick<CloudAdapter, 'continueConversationAsync'>;
  readonly conversations: Pick<Conversations, 'referencesOf'>;
  readonly appId?: string;
  /** Whose account is bound to whom; left out where accounts need none, in a demo. */
  readonly bindings?: Pick<Bindings, 'accountsOf'>;
};

const toActivity = ({ text, card, asking }: OutgoingMessage): Partial<Activity> => ({
  type: ActivityTypes.Message,
  ...(card
    ? { attachments: [{ contentType: adaptiveCardType, content: toAdaptiveCard(card, text, 'execute') }], summary: text }
    : { text }),
  ...(asking ? { channelData: { zaigang: asking } } : {}),
});

type HttpError = {
  readonly statusCode?: number;
  readonly code?: string;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
};

/** Not there, not allowed, not understood: the next attempt would be answered the same. */
const permanent = [400, 401, 403, 404, 405, 410, 413];

const toFailure = (error: unknown): SendResult => {
  if (isStoreAway(error)) return { status: 'transient', code: 'ZG_STORE_AWAY' };
  const { statusCode, code, response } = (typeof error === 'object' && error !== null ? error : {}) as HttpError;
  if (statusCode !== undefined && permanent.includes(statusCode)) return { status: 'permanent', code: String(statusCode) };
  const retryAfterS = Number(response?.headers?.get('retry-after') ?? Number.NaN);
  const retry = Number.isFinite(retryAfterS) ? { retryAfterMs: retryAfterS * 1_000 } : {};
  // no answer, or the connector's own failure: it was not Teams that said so
  const isTransport = statusCode === undefined || statusCode >= 500;
  return { status: 'transient', code: String(statusCode ?? code ?? 'unknown'), ...retry, ...(isTransport ? { isTransport } : {}) };
};

/** Gives up on a connector that says nothing. */
export const inTime = <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('the connector is silent'), { code: 'timeout' })), limits.timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

type Pipeline = { readonly client?: { readonly pipeline: { removePolicy(which: { readonly name: string }): unknown } } };

/**
 * The connector's client would wait out a 429 by itself and send again behind our back; trying again belongs to the
 * delivery. It has no setting for that, only a pipeline to take the policy from.
 */
export const askOnce = (context: TurnContext): void => {
  const connector = context.turnState.get<Pipeline>(context.adapter.ConnectorClientKey);
  connector?.client?.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
};

/** A few at a time, results in order. */
const inTurns = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(limits.concurrent, items.length) }, worker));
  return results;
};

/**
 * Speaks first in conversations that people have opened with the bot: without one, Teams has no address for them.
 * The connector's answer says that Teams has it, not that the person does.
 */
export const createTeamsChannel = ({ adapter, conversations, appId = '', bindings }: TeamsChannelDeps): Channel => {
  /** Where people have written from, as long as the account that they wrote with is still theirs. */
  const placesOf = async (people: readonly string[]): Promise<readonly unknown[]> => {
    const references = await conversations.referencesOf(channelName, people);
    if (!bindings) return references;
    const accounts = await bindings.accountsOf(channelName, people);
    return references.map((reference, index) => {
      const { user } = (reference ?? {}) as Partial<ConversationReference>;
      const account = accounts[index];
      return account !== undefined && (user?.aadObjectId === account || user?.id === account) ? reference : undefined;
    });
  };

  const say = async (context: TurnContext, message: OutgoingMessage): Promise<ResourceResponse | undefined> => {
    const activity = toActivity(message);
    // botbuilder makes up an id for the turn, and would have us reply to it
    delete (context.activity as Partial<Activity>).id;
    if (!message.isUpdate) return context.sendActivity(activity);
    if (message.platformMessageId === undefined) return undefined;
    await context.updateActivity({ ...activity, id: message.platformMessageId });
    return { id: message.platformMessageId };
  };

  const sendOne = async (message: OutgoingMessage, known: unknown): Promise<SendResult> => {
    const reference = (message.reference ?? known) as Partial<ConversationReference> | undefined;
    if (!reference) return { status: 'permanent', code: 'noConversation' };
    let said: ResourceResponse | undefined;
    try {
      await inTime(
        adapter.continueConversationAsync(appId, reference, async (context) => {
          askOnce(context);
          said = await say(context, message);
        }),
      );
      return { status: 'sent', isDelivered: false, ...(said?.id ? { platformMessageId: said.id } : {}) };
    } catch (error) {
      return toFailure(error);
    }
  };

  return {
    name: channelName,
    capabilities: {
      vias: ['card'],
      canUpdate: true,
      updatesById: true,
      canReachGroups: false,
      goesByAccount: true,
      receipts: limits.receipts,
      batchSize: limits.batchSize,
    },
    canReach: async (to) => (await placesOf([to]))[0] !== undefined,
    send: async (messages) => {
      const references = await placesOf(messages.map(({ to }) => to));
      return inTurns([...messages.entries()], ([index, message]) => sendOne(message, references[index]));
    },
  };
};
