import { z } from 'zod';
import type { OutgoingMessage } from '../../src/ports/channel.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Receipt } from '../../src/ports/receipts.ts';
import type { DingtalkApi } from './api.ts';
import { channelName } from './inbound.ts';
import { limits } from './limits.ts';

export type SentTo = { readonly message: OutgoingMessage; readonly account: string };

/** Follows what the robot has said, by the key of its sending. */
export type ReadAsker = { readonly follow: (queryKey: string, sent: readonly SentTo[]) => void };

const ReadStatus = z.looseObject({
  messageReadInfoList: z.array(z.looseObject({ userId: z.string().optional(), readStatus: z.string().optional() })).nullish(),
});

const afterwards = (ms: number, act: () => void): void => void setTimeout(act, ms).unref();

/**
 * DingTalk tells who has read something only to whoever asks: a few times, further and further apart. A process that ends
 * forgets to ask, and the receipt is missing; nothing that is owed hangs on it.
 */
export const createReadAsker = ({
  api,
  robotCode,
  receive,
  log,
  later = afterwards,
}: {
  readonly api: Pick<DingtalkApi, 'ask'>;
  readonly robotCode: string;
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  readonly log: Log;
  /** Real ms. */
  readonly later?: (ms: number, act: () => void) => void;
}): ReadAsker => {
  let following = 0;

  const readersOf = async (queryKey: string): Promise<ReadonlySet<string>> => {
    const answer = await api.ask('/v1.0/robot/oToMessages/readStatus', { robotCode, processQueryKey: queryKey });
    const told = ReadStatus.parse(answer).messageReadInfoList ?? [];
    return new Set(told.flatMap(({ userId, readStatus }) => (readStatus === 'READ' && userId !== undefined ? [userId] : [])));
  };

  /** Who has not read it yet. */
  const askOnce = async (queryKey: string, sent: readonly SentTo[]): Promise<readonly SentTo[]> => {
    const readers = await readersOf(queryKey);
    const receipts = sent.flatMap(({ message: { to, about = [] }, account }): readonly Receipt[] =>
      readers.has(account) ? [{ to, about, channel: channelName, outcome: { status: 'read' } }] : [],
    );
    if (receipts.length > 0) await receive(receipts);
    return sent.filter(({ account }) => !readers.has(account));
  };

  const askFrom = (turn: number, queryKey: string, sent: readonly SentTo[]): void => {
    const ms = limits.readAskedAfterMs[turn];
    if (ms === undefined || sent.length === 0) {
      following -= 1;
      return;
    }
    later(ms, () => {
      askOnce(queryKey, sent)
        .catch((error: unknown) => {
          log.warn({ channel: channelName, error: String(error) }, 'who has read a message could not be asked');
          return sent;
        })
        .then((left) => askFrom(turn + 1, queryKey, left))
        .catch(() => {});
    });
  };

  return {
    follow: (queryKey, sent) => {
      const owed = sent.filter(({ message: { about = [], isUpdate } }) => about.length > 0 && isUpdate !== true);
      if (owed.length === 0 || following >= limits.readAsked) return;
      following += 1;
      askFrom(0, queryKey, owed);
    },
  };
};
