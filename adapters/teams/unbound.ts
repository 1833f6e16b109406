import type { Activity, TurnContext } from 'botbuilder';
import { bindingTextsOf } from '../../src/messages/binding-texts.ts';
import type { Log } from '../../src/ports/log.ts';
import type { TakeDeps } from '../bot/webhook-door.ts';
import { channelName, isGroupChat, textOf, valueOf } from './inbound.ts';
import { askOnce, inTime } from './outbound.ts';

/** Whoever presses again within this is told nothing new, real ms. */
const againMs = 24 * 3_600_000;
/** Accounts that are remembered; the oldest goes first. */
const mostAccounts = 1_000;

/** Whether it is a button of ours: everything else that strangers send without a word gets no answer at all. */
export const isPressOfOurs = (activity: Activity): boolean => {
  const value = valueOf(activity);
  return typeof value === 'object' && value !== null && 'action' in value && typeof value.action === 'string';
};

export const unboundText = ({ locale }: Partial<Activity>): string => bindingTextsOf(locale ?? '').unbound;

/** The directory's id of an account is the same in every conversation; the platform's own is the bot's alone. */
export const accountOf = ({ from }: Pick<Activity, 'from'>): string => from.aadObjectId ?? from.id;

/**
 * Talks to an account that belongs to nobody, to itself alone: whoever writes hears how to be bound and can go on with
 * it, whoever presses is told once. In a group nothing is said.
 */
export const createUnboundReply = (answerStranger: TakeDeps['answerStranger'], log: Log, now: () => number = () => Date.now()) => {
  const toldAt = new Map<string, number>();
  const isNews = (account: string): boolean => {
    const before = toldAt.get(account);
    if (before !== undefined && now() - before < againMs) return false;
    toldAt.delete(account);
    toldAt.set(account, now());
    if (toldAt.size > mostAccounts) toldAt.delete(toldAt.keys().next().value!);
    return true;
  };
  const wordsFor = async (activity: Activity): Promise<string | undefined> => {
    const account = accountOf(activity);
    const text = activity.type === 'message' ? textOf(activity) : undefined;
    if (text) return answerStranger({ channel: channelName, account, text, ...(activity.locale ? { locale: activity.locale } : {}) });
    return isPressOfOurs(activity) && isNews(account) ? unboundText(activity) : undefined;
  };
  return async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    if (isGroupChat(activity)) return;
    const words = await wordsFor(activity);
    if (words === undefined) return;
    askOnce(context);
    await inTime(context.sendActivity(words)).catch((error: unknown) =>
      log.warn({ error: String(error) }, 'an account could not be told how to be bound'),
    );
  };
};
