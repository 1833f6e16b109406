import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../../src/domain/access/access.ts';
import type { PersonId } from '../../src/domain/organisation/organisation.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Log } from '../../src/ports/log.ts';
import { type Coding, codingFor, knownFrom, writeWall } from './live-wall.ts';
import { limits } from './limits.ts';
import { LiveQuery, parseQuery } from './query.ts';
import { securityHeaders } from './security.ts';
import type { LedgerRowView, WallFor } from './views.ts';

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

/**
 * Streams of server-sent events: the ledger, whose `id` is the seq, so that a browser goes on where it was cut off; and
 * the wall, whole first (`wall`), then what is new (`news`).
 */
export const createLive = (deps: LiveDeps) => {
  const { followFor, wallFor, log, stillMay } = deps;
  const open = new Map<AbortController, PersonId | undefined>();
  const isFull = ({ personId }: Access): boolean => {
    const own = personId === undefined ? 0 : [...open.values()].filter((one) => one === personId).length;
    return open.size >= limits.liveConnections || own >= limits.livePerPerson;
  };

  type Run = (raw: ServerResponse, ending: AbortController) => Promise<void>;
  const stream = async (request: FastifyRequest, reply: FastifyReply, run: Run, coding?: Coding) => {
    if (isFull(request.access)) throw new Fault('ZG_TOO_MANY');
    const ending = new AbortController();
    open.set(ending, request.access.personId);
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
      ...(coding?.head ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {}),
    });
    if (coding?.head) raw.write(coding.head);
    const say = (text: string): void => void raw.write(coding ? coding.encode(text) : text);
    say('retry: 1000\n\n');
    const beating = setInterval(() => say(': still here\n\n'), limits.heartbeatMs);
    // whoever signed out elsewhere, or has another role now, reads no further
    const asking = setInterval(() => void stillMay(request).then((isStill) => isStill || ending.abort()), limits.recheckMs);
    try {
      await run(raw, ending);
    } catch (error) {
      log.warn({ error: String(error) }, 'a live stream broke off');
    } finally {
      clearInterval(beating);
      clearInterval(asking);
      open.delete(ending);
      raw.end();
    }
  };

  return {
    ledger: (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const after = afterOf(request);
      return stream(request, reply, async (raw, { signal }) => {
        const follow = await followFor(request.access);
        for await (const row of follow(after, signal)) {
          // too far behind to be served on
          if (signal.aborted || raw.writableLength > limits.liveBufferedBytes) break;
          raw.write(`id: ${row.seq}\ndata: ${JSON.stringify(row)}\n\n`);
        }
      });
    },
    wall: (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const coding = codingFor(request.headers['accept-encoding']);
      const run: Run = async (raw, ending) => {
        const { promise: ended, resolve } = Promise.withResolvers<void>();
        ending.signal.addEventListener('abort', () => resolve());
        const wall = writeWall(raw, coding, () => ending.abort());
        const opening = await wallFor(request.access, wall.tell, knownFrom(request.headers['last-event-id']));
        try {
          if (ending.signal.aborted) return;
          wall.begin(opening);
          await ended;
        } finally {
          opening.leave();
        }
      };
      return stream(request, reply, run, coding);
    },
    close: (): void => {
      for (const ending of open.keys()) ending.abort();
    },
  };
};
