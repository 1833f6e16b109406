import type { FastifyInstance } from 'fastify';
import type { FeedDoor } from '../../src/app/calendar/read-feed.ts';
import type { SheetDoor } from '../../src/app/roster/export-sheet.ts';
import { Fault } from '../../src/ports/fault.ts';
import { saved, xlsx } from './items.ts';
import { limits } from './limits.ts';
import { createWindow } from './window.ts';

export type LinksDeps = {
  readonly feeds: FeedDoor;
  readonly sheets: Pick<SheetDoor, 'open'>;
  /** Real ms. */
  readonly realNow: () => number;
};

/**
 * What opens to whoever holds the link, without signing in: calendars (calendar programs cannot), and duty sheets that a
 * conversation gave. A wrong link and one that was taken back are told alike.
 */
export const registerLinks =
  ({ feeds, sheets, realNow }: LinksDeps) =>
  (server: FastifyInstance): void => {
    const mayOpen = createWindow(
      { of: 'links', most: limits.linksPerWindow, windowMs: limits.linksWindowMs, realNow },
      server.sharedLimits,
    );
    server.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
      await mayOpen(request.ip);
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
      await mayOpen(request.ip);
      const sheet = await sheets.open(request.params.file);
      if (!sheet) throw new Fault('ZG_NO_SUCH_LINK');
      return saved(reply, `duty.${sheet.format}`, sheet.format === 'pdf' ? 'application/pdf' : xlsx, sheet.bytes);
    });
  };
