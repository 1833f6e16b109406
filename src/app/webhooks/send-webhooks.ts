import type { LedgerReader } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { PostWebhook, Subscriber, WebhookState, WebhookStates } from '../../ports/webhooks.ts';
import type { Iso } from '../views/view-page.ts';
import { toWebhook, wants } from './to-webhook.ts';

export type SendWebhooksDeps = {
  readonly subscribers: readonly Subscriber[];
  readonly reader: LedgerReader;
  readonly states: WebhookStates;
  readonly post: PostWebhook;
  readonly iso: Iso;
  /** This process, by a name that no other has. */
  readonly holder: string;
  /** Tells the office, as of a channel. */
  readonly onFailing: (subscriber: string, failures: number, sinceMs: number) => Promise<void>;
  readonly onBack: (subscriber: string, failures: number, sinceMs: number) => Promise<void>;
  readonly log: Log;
  /** Real epoch ms. */
  readonly now: () => number;
  /** Real ms; ends early with the signal. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1: waits differ, so that all who failed together do not come back together. */
  readonly chance?: () => number;
};

export const webhookLimits = {
  /** Rows in one look. */
  rows: 200,
  /** Between looks where nothing is to be sent. */
  lookMs: 500,
  /** A process that dies leaves its subscribers to the others after this. */
  holdMs: 30_000,
  firstWaitMs: 1_000,
  longestWaitMs: 5 * 60_000,
  /** So long in vain, and so often, before the office hears of it. */
  tellAfterMs: 60_000,
  tellAfter: 5,
} as const;

/** Twice as long after each failure; up to a quarter shorter. */
export const waitAfter = (failures: number, chance: number): number =>
  Math.min(webhookLimits.firstWaitMs * 2 ** (failures - 1), webhookLimits.longestWaitMs) * (1 - chance / 4);

const begun = (seq: number): WebhookState => ({
  seq,
  lastTakenAt: null,
  failures: 0,
  failingSince: null,
  lastCode: null,
  nextTryAt: 0,
  isTold: false,
});

/**
 * Sends each subscriber the rows that it asks for, in the order of the ledger and each until it is taken: whoever fails holds
 * up nobody but themselves. How far each has come is kept after every answer, so a process that dies repeats at most the last
 * message, under the same id. A new subscriber begins with what happens next.
 */
export const sendWebhooks = (deps: SendWebhooksDeps): { readonly stop: () => Promise<void> } => {
  const { subscribers, reader, states, post, iso, holder, onFailing, onBack, log, now, pause, chance = Math.random } = deps;
  const ending = new AbortController();
  const { signal } = ending;

  const failed = async (subscriber: Subscriber, state: WebhookState, code: string): Promise<WebhookState> => {
    const failures = state.failures + 1;
    const failingSince = state.failingSince ?? now();
    const isNews = !state.isTold && failures >= webhookLimits.tellAfter && now() - failingSince >= webhookLimits.tellAfterMs;
    if (failures === 1) log.warn({ subscriber: subscriber.name, code }, 'a subscriber did not take a webhook; it is sent again');
    if (isNews) await onFailing(subscriber.name, failures, now() - failingSince);
    return {
      ...state,
      failures,
      failingSince,
      lastCode: code,
      nextTryAt: now() + waitAfter(failures, chance()),
      isTold: state.isTold || isNews,
    };
  };

  const taken = async (subscriber: Subscriber, state: WebhookState, seq: number): Promise<WebhookState> => {
    if (state.isTold) await onBack(subscriber.name, state.failures, now() - (state.failingSince ?? now()));
    return { ...begun(seq), lastTakenAt: now() };
  };

  /** Until somebody must be waited for: true where there was anything. */
  const sendNext = async (subscriber: Subscriber): Promise<boolean> => {
    const { name } = subscriber;
    let state = await states.read(name);
    if (!state) {
      state = begun(await reader.lastSeq());
      if (!(await states.write(name, state, holder))) return false;
    }
    if (now() < state.nextTryAt) return false;
    const rows = await reader.rows(state.seq, webhookLimits.rows);
    for (const row of rows) {
      if (signal.aborted) break;
      if (!wants(subscriber, row)) {
        state = { ...state, seq: row.seq };
        continue;
      }
      if (!(await states.holdOn(name, holder, webhookLimits.holdMs))) return false;
      const answer = await post(subscriber, toWebhook(row, iso));
      state = answer.isTaken ? await taken(subscriber, state, row.seq) : await failed(subscriber, state, answer.code);
      // whoever stood still meanwhile must not put back how far another has come
      if (!(await states.write(name, state, holder)) || !answer.isTaken) return false;
    }
    return rows.length > 0 && states.write(name, state, holder);
  };

  const run = async (subscriber: Subscriber): Promise<void> => {
    while (!signal.aborted) {
      let isBusy = false;
      try {
        if (await states.hold(subscriber.name, holder, webhookLimits.holdMs)) isBusy = await sendNext(subscriber);
      } catch (error) {
        log.warn({ subscriber: subscriber.name, error: String(error) }, 'webhooks cannot be sent at the moment');
      }
      if (!isBusy) await pause(webhookLimits.lookMs, signal);
    }
    await states.letGo(subscriber.name, holder).catch(() => undefined);
  };

  const running = subscribers.map(run);
  return {
    stop: async () => {
      ending.abort();
      await Promise.all(running);
    },
  };
};
