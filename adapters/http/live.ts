import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../../src/ports/fault.ts';
import type { Log } from '../../src/ports/log.ts';
import { limits } from './limits.ts';
import { LiveQuery, parseQuery } from './query.ts';
import { securityHeaders } from './security.ts';
import type { LedgerRowView } from './views.ts';

/** Rows as they come; `after` null begins with the next. Ends when the signal says so. */
export type FollowRows = (after: number | null, signal: AbortSignal) => AsyncIterable<LedgerRowView>;

const afterOf = (request: FastifyRequest): number | null => {
  const last = request.headers['last-event-id'];
  if (typeof last === 'string' && /^\d{1,15}$/.test(last)) return Number(last);
  return parseQuery(LiveQuery, request.query).after ?? null;
};

/** The ledger as server-sent events: `id` is the seq, so that a browser goes on where it was cut off. */
export const createLive = (follow: FollowRows, log: Log) => {
  const open = new Set<AbortController>();

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (open.size >= limits.liveConnections) throw new Fault('ZG_TOO_MANY');
    const after = afterOf(request);
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
    try {
      for await (const row of follow(after, ending.signal)) {
        if (ending.signal.aborted || raw.writableLength > limits.liveBufferedBytes) break;
        raw.write(`id: ${row.seq}\ndata: ${JSON.stringify(row)}\n\n`);
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'the live ledger broke off');
    } finally {
      clearInterval(beating);
      open.delete(ending);
      raw.end();
    }
  };

  return {
    handle,
    close: (): void => {
      for (const ending of open) ending.abort();
    },
  };
};
