import type { LedgerReader } from '../../ports/ledger.ts';
import type { Subscriber, WebhookStates } from '../../ports/webhooks.ts';

/** How far one subscriber has come; instants ISO in real time. Its address alone without path and query, which may hold keys. */
export type WebhookView = {
  readonly name: string;
  readonly host: string;
  readonly events: 'all' | readonly string[];
  readonly state: 'new' | 'working' | 'failing';
  readonly seq: number | null;
  /** Rows of the ledger that it has not seen, whether it asks for them or not. */
  readonly behind: number;
  readonly failures: number;
  readonly failingSince: string | null;
  readonly lastCode: string | null;
  readonly lastTakenAt: string | null;
  readonly nextTryAt: string | null;
};

const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const viewWebhooks = async (
  subscribers: readonly Subscriber[],
  states: Pick<WebhookStates, 'read'>,
  reader: Pick<LedgerReader, 'lastSeq'>,
): Promise<{ readonly items: readonly WebhookView[] }> => {
  const last = subscribers.length === 0 ? 0 : await reader.lastSeq();
  const view = async ({ name, url, events }: Subscriber): Promise<WebhookView> => {
    const state = await states.read(name);
    return {
      name,
      host: new URL(url).host,
      events,
      state: state === undefined ? 'new' : state.failures > 0 ? 'failing' : 'working',
      seq: state?.seq ?? null,
      behind: Math.max(0, last - (state?.seq ?? last)),
      failures: state?.failures ?? 0,
      failingSince: isoOf(state?.failingSince ?? null),
      lastCode: state?.lastCode ?? null,
      lastTakenAt: isoOf(state?.lastTakenAt ?? null),
      nextTryAt: state === undefined || state.failures === 0 ? null : isoOf(state.nextTryAt),
    };
  };
  return { items: await Promise.all(subscribers.map(view)) };
};
