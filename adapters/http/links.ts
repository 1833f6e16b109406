import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FeedDoor } from '../../src/app/calendar/read-feed.ts';
import type { SheetDoor } from '../../src/app/roster/export-sheet.ts';
import { Fault } from '../../src/ports/fault.ts';
import { saved, xlsx } from './items.ts';
import { limits } from './limits.ts';

export type LinksDeps = {
  readonly feeds: FeedDoor;
  readonly sheets: Pick<SheetDoor, 'open'>;
  /** Real ms. */
  readonly realNow: () => number;
};

type Opened = { since: number; count: number };

/** Addresses that are remembered at once; the oldest is forgotten first. */
const mostAddresses = 10_000;

/** Whoever opens links faster than any calendar does is trying them out. Throws ZG_TOO_MANY. */
const createGuard = (realNow: () => number): ((request: FastifyRequest) => void) => {
  const opened = new Map<string, Opened>();
  return ({ ip }) => {
    const now = realNow();
    const before = opened.get(ip);
    const isOver = before === undefined || now - before.since >= limits.linksWindowMs;
    const entry = isOver ? { since: now, count: 1 } : { ...before, count: before.count + 1 };
    opened.delete(ip);
    opened.set(ip, entry);
    if (opened.size > mostAddresses) opened.delete(opened.keys().next().value!);
    if (entry.count > limits.linksPerWindow) throw new Fault('ZG_TOO_MANY');
  };
};

/**
 * What opens to whoever holds the link, without signing in: calendars (calendar programs cannot), and duty sheets that a
 * conversation gave. A wrong link and one that was taken back are told alike.
 */
export const registerLinks =
  ({ feeds, sheets, realNow }: LinksDeps) =>
  (server: FastifyInstance): void => {
    const guard = createGuard(realNow);
    server.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
      guard(request);
      const { file } = request.params;
      const feed = file.endsWith('.ics') ? await feeds.read(file.slice(0, -'.ics'.length)) : undefined;
      if (!feed) throw new Fault('ZG_NO_SUCH_LINK');
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="duty.ics"')
        .header('cache-control', 'private, no-cache')
        .send(feed.ics);
    });
    server.get<{ Params: { file: string } }>('/sheet/:file', async (request, reply) => {
      guard(request);
      const sheet = await sheets.open(request.params.file);
      if (!sheet) throw new Fault('ZG_NO_SUCH_LINK');
      return saved(reply, `duty.${sheet.format}`, sheet.format === 'pdf' ? 'application/pdf' : xlsx, sheet.bytes);
    });
  };
