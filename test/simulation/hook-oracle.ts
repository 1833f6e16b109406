import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Subscriber, WebhookMessage } from '../../src/ports/webhooks.ts';
import { graceMs } from './silence-oracle.ts';

/** What a system outside must hear, told from the ledger and from what arrives there. */

const promise = '14 a system outside hears of everything that it asks for, in order, until it takes it';
/** As long as whoever fails is waited for at the longest, and some looks that Redis breaks off. */
const longestRestMs = 8 * 60_000;

type Heard = {
  readonly subscriber: Subscriber;
  /** Up to this row everything that it asks for has been taken; undefined until somebody has begun. */
  taken: number | undefined;
  takenAt: number;
};

export type HookOracleParts = {
  readonly subscribers: readonly Subscriber[];
  /** Ends the run; what it is called from goes on until then. */
  readonly blame: (promise: string, detail: string) => void;
  /** The ledger after a row. */
  readonly rows: (after: number) => readonly LedgerRow[];
};

export const createHookOracle = ({ subscribers, blame, rows }: HookOracleParts) => {
  const heard = new Map<string, Heard>(
    subscribers.map((subscriber) => [subscriber.name, { subscriber, taken: undefined, takenAt: Number.NEGATIVE_INFINITY }]),
  );
  const wants = ({ events }: Subscriber, row: LedgerRow): boolean => events === 'all' || events.includes(row.event);
  const nextOf = ({ subscriber, taken }: Heard): LedgerRow | undefined =>
    taken === undefined ? undefined : rows(taken).find((row) => wants(subscriber, row));

  const checkBody = (name: string, { body }: WebhookMessage, row: LedgerRow): void => {
    const { type, data } = JSON.parse(body) as { readonly type: string; readonly data: { readonly [member: string]: unknown } };
    if (type !== row.event || data['seq'] !== row.seq || data['obligationId'] !== row.obligationId)
      blame(promise, `${name} hears of ${row.seq} as ${body.slice(0, 300)}`);
    if ('personal' in data || /1380000\d{4}/u.test(body)) blame('7 nobody outside hears who somebody is', `${name}: ${body.slice(0, 300)}`);
  };

  return {
    /** Everything after this row is owed to it. */
    begins: (name: string, seq: number): void => {
      const one = heard.get(name)!;
      if (one.taken !== undefined) blame(promise, `${name} begins again at ${seq}`);
      one.taken = seq;
    },
    /** `isTaken`: it was, whether the sender hears of that or not. */
    arrives: (name: string, message: WebhookMessage, isTaken: boolean, at: number): void => {
      const one = heard.get(name)!;
      const seq = Number(message.id.split('.').at(-1));
      const [row] = rows(seq - 1);
      if (!row || !wants(one.subscriber, row)) return blame(promise, `${name} does not ask for ${message.id}`);
      checkBody(name, message, row);
      const next = nextOf(one);
      // whose answer was lost, or came to nobody, is sent again
      if (seq !== one.taken && seq !== next?.seq) blame(promise, `${name} hears of ${seq} after ${one.taken}, and ${next?.seq} is next`);
      if (!isTaken) return;
      one.taken = Math.max(seq, one.taken ?? 0);
      one.takenAt = at;
    },
    /** `wellSince`: since when nothing has kept the service and the subscriber from it. */
    look: (at: number, wellSince: (name: string) => number): void => {
      for (const [name, one] of heard) {
        const since = Math.max(wellSince(name), one.takenAt);
        if (since > at - longestRestMs - graceMs) continue;
        const next = nextOf(one);
        if (next && next.at < at - longestRestMs - graceMs) blame(promise, `${name} waits for ${next.seq} since ${at - next.at} ms`);
      }
    },
  };
};
