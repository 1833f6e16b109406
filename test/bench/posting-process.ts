import { Redis } from 'ioredis';
import { loadServerSecret } from '../../adapters/redis/server-secret.ts';
import { createTokens } from '../../adapters/webchat/verify.ts';
import { conversationOf } from '../../adapters/webchat/conversation-id.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { officerOf, postIdOf } from './bureau.ts';
import { openPoster } from './poster.ts';

/** Many people who answer at once, in a process of their own, and one who reads the ledger and takes the time. */

export type PostingOrder = {
  readonly port: number;
  readonly socket: string;
  readonly bureau: string;
  /** Key of the ledger stream; none: nobody reads, and what is counted are responses. */
  readonly ledger?: string;
  readonly firstPost: number;
  readonly count: number;
  /** Answers a second, spread evenly; none: each connection posts again as soon as it has its response. */
  readonly rate?: number;
};

/** Times are epoch ms with fractions. `durableAt` is 0 where no answer was found in the ledger. */
export type PostingReport = {
  readonly type: 'posted';
  readonly sentAt: readonly number[];
  readonly durableAt: readonly number[];
  readonly refused: number;
};

const connections = 128;
const graceMs = 15_000;
const onPost = '\u5728\u5c97';

const order = JSON.parse(process.argv[2] ?? '{}') as PostingOrder;
const { port, count, firstPost, rate, ledger } = order;
const redis = new Redis(order.socket);
const tokens = createTokens(await loadServerSecret(redis, order.bureau, 'directline'));
const nowMs = (): number => performance.timeOrigin + performance.now();

const body = JSON.stringify({ type: 'message', from: { id: 'whoever' }, text: onPost, locale: 'zh-CN' });
const requestOf = (index: number): string => {
  const personId = officerOf(firstPost + index);
  const conversation = conversationOf(personId);
  return [
    `POST /v3/directline/conversations/${conversation}/activities HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${tokens.issue({ personId, conversation })}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
};

const requests = Array.from({ length: count }, (_, index) => requestOf(index));
const places = new Map(requests.map((_, index) => [postIdOf(firstPost + index), index]));
const sentAt = Array.from({ length: count }, () => 0);
const durableAt = Array.from({ length: count }, () => 0);
let durable = 0;

/** Reads what is new in the ledger until every answer is there. */
const follow = async (key: string, from: string): Promise<void> => {
  for (let last = from; durable < count;) {
    const found = await redis.xread('COUNT', 1000, 'BLOCK', 1000, 'STREAMS', key, last);
    const at = nowMs();
    for (const [id, fields] of found?.[0]?.[1] ?? []) {
      last = id;
      for (const event of JSON.parse(fields[1] ?? '[]') as readonly LedgerEvent[]) {
        const place = event.event === 'AnswerRecorded' ? places.get(event.data['subject'] as string) : undefined;
        if (place === undefined || durableAt[place] !== 0) continue;
        durableAt[place] = at;
        durable += 1;
      }
    }
  }
};

const poster = await openPoster(port, connections);
const lastId = ledger === undefined ? '0' : ((await redis.xrevrange(ledger, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0');
const following = ledger === undefined ? Promise.resolve() : follow(ledger, lastId);

const post = async (index: number): Promise<void> => {
  await poster.post(requests[index] ?? '');
  if (ledger === undefined) durableAt[index] = nowMs();
};

const postEvenly = async (each: number): Promise<void> => {
  const startedAt = nowMs() + 100;
  const posted: Promise<void>[] = [];
  for (let index = 0; index < count;) {
    for (; index < count && startedAt + index * each <= nowMs(); index++) {
      // the instant at which it should have been sent: a generator that falls behind must not flatter anybody
      sentAt[index] = startedAt + index * each;
      posted.push(post(index));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(posted);
};

const postAtOnce = async (): Promise<void> => {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      sentAt[index] = nowMs();
      await post(index);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
};

await (rate === undefined ? postAtOnce() : postEvenly(1000 / rate));
let timer: NodeJS.Timeout | undefined;
const late = new Promise<void>((resolve) => void (timer = setTimeout(resolve, graceMs)));
await Promise.race([following, late]);
clearTimeout(timer);
const report: PostingReport = { type: 'posted', sentAt, durableAt, refused: poster.refused() };
process.send?.(report, () => process.exit(0));
