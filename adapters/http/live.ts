import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../../src/domain/access/access.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Log } from '../../src/ports/log.ts';
import { limits } from './limits.ts';
import { LiveQuery, parseQuery } from './query.ts';
import { securityHeaders } from './security.ts';
import type { LedgerRowView, ShownNews, WallFor } from './views.ts';

/** Rows as they come; `after` null begins with the next. Ends when the signal says so. */
export type FollowRows = (after: number | null, signal: AbortSignal) => AsyncIterable<LedgerRowView>;

const afterOf = (request: FastifyRequest): number | null => {
  const last = request.headers['last-event-id'];
  if (typeof last === 'string' && /^\d{1,15}$/.test(last)) return Number(last);
  return parseQuery(LiveQuery, request.query).after ?? null;
};

/** The same for each caller, as far as their roles see. */
export type FollowFor = (access: Access) => Promise<FollowRows>;

export type LiveDeps = {
  readonly followFor: FollowFor;
  readonly wallFor: WallFor;
  readonly log: Log;
  readonly stillMay: (request: FastifyRequest) => Promise<boolean>;
};

/** Writes one event; false where the reader is too far behind to be served on. */
type Write = (text: string) => boolean;

/**
 * Streams of server-sent events: the ledger, whose `id` is the seq, so that a browser goes on where it was cut off; and
 * the wall, whole first (`wall`), then what is new (`news`).
 */
export const createLive = (deps: LiveDeps) => {
  const { followFor, wallFor, log, stillMay } = deps;
  const open = new Set<AbortController>();
  const texts = new WeakMap<ShownNews, string>();

  const stream = async (request: FastifyRequest, reply: FastifyReply, run: (write: Write, signal: AbortSignal) => Promise<void>) => {
    if (open.size >= limits.liveConnections) throw new Fault('ZG_TOO_MANY');
    const ending = new AbortController();
    open.add(ending);
    reply.hijack();
    const { raw } = reply;
    ending.signal.addEventListener('abort', () => raw.end());
    raw.on('close', () => ending.abort());
    raw.on('error', () => ending.abort());
    raw.writeHead(200, {
      ...securityHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 1000\n\n');
    const beating = setInterval(() => raw.write(': still here\n\n'), limits.heartbeatMs);
    // whoever signed out elsewhere, or has another role now, reads no further
    const asking = setInterval(() => void stillMay(request).then((isStill) => isStill || ending.abort()), limits.recheckMs);
    const write: Write = (text) => {
      if (ending.signal.aborted || raw.writableLength > limits.liveBufferedBytes) return false;
      raw.write(text);
      return true;
    };
    try {
      await run(write, ending.signal);
    } catch (error) {
      log.warn({ error: String(error) }, 'a live stream broke off');
    } finally {
      clearInterval(beating);
      clearInterval(asking);
      open.delete(ending);
      raw.end();
    }
  };

  const textOf = (news: ShownNews): string => {
    const known = texts.get(news) ?? `event: news\ndata: ${JSON.stringify(news)}\n\n`;
    texts.set(news, known);
    return known;
  };

  return {
    ledger: (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const after = afterOf(request);
      return stream(request, reply, async (write, signal) => {
        const follow = await followFor(request.access);
        for await (const row of follow(after, signal)) if (!write(`id: ${row.seq}\ndata: ${JSON.stringify(row)}\n\n`)) break;
      });
    },
    wall: (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
      stream(request, reply, async (write, signal) => {
        const { whole, follow } = await wallFor(request.access);
        const held: string[] = [];
        let isWhole = false;
        const { promise: ended, resolve: end } = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => end());
        // what is new is listened for before the whole is read, and said after it
        const leave = follow((news) => {
          if (!isWhole) held.push(textOf(news));
          else if (!write(textOf(news))) end();
        });
        try {
          write(`event: wall\ndata: ${JSON.stringify(await whole())}\n\n${held.join('')}`);
          isWhole = true;
          await ended;
        } finally {
          leave();
        }
      }),
    close: (): void => {
      for (const ending of open) ending.abort();
    },
  };
};
