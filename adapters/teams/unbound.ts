import type { Activity, TurnContext } from 'botbuilder';
import { bindingTextsOf } from '../../src/messages/binding-texts.ts';
import type { Log } from '../../src/ports/log.ts';
import { isGroupChat, valueOf } from './inbound.ts';
import { askOnce, inTime } from './outbound.ts';

/** Whoever presses again within this is told nothing new, real ms. */
const againMs = 24 * 3_600_000;
/** Accounts that are remembered; the oldest goes first. */
const mostAccounts = 1_000;

/** Whether it is a button of ours: everything else that strangers send gets no answer at all. */
export const isPressOfOurs = (activity: Activity): boolean => {
  const value = valueOf(activity);
  return typeof value === 'object' && value !== null && 'action' in value && typeof value.action === 'string';
};

export const unboundText = ({ locale }: Partial<Activity>): string => bindingTextsOf(locale ?? '').unbound;

/** Tells an account that belongs to nobody, once and only to itself, how to be bound; in a group nothing is said. */
export const createUnboundReply = (log: Log, now: () => number = () => Date.now()) => {
  const toldAt = new Map<string, number>();
  const isNews = (account: string): boolean => {
    const before = toldAt.get(account);
    if (before !== undefined && now() - before < againMs) return false;
    toldAt.delete(account);
    toldAt.set(account, now());
    if (toldAt.size > mostAccounts) toldAt.delete(toldAt.keys().next().value!);
    return true;
  };
  return async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    if (isGroupChat(activity) || !isPressOfOurs(activity) || !isNews(activity.from.id)) return;
    askOnce(context);
    await inTime(context.sendActivity(unboundText(activity))).catch((error: unknown) =>
      log.warn({ error: String(error) }, 'an account could not be told how to be bound'),
    );
  };
};
