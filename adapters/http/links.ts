import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FeedDoor } from '../../src/app/calendar/read-feed.ts';
import type { SheetDoor } from '../../src/app/roster/export-sheet.ts';
import { Fault } from '../../src/ports/fault.ts';
import { saved, xlsx } from './items.ts';
import { limits } from './limits.ts';
import { createLinkWindow } from '../bot/link-window.ts';

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
    const window = createLinkWindow(
      { of: 'links', most: limits.linksPerWindow, windowMs: limits.linksWindowMs, realNow },
      server.sharedLimits,
    );
    const miss = async ({ ip }: FastifyRequest): Promise<never> => {
      await window.misses(ip);
      throw new Fault('ZG_NO_SUCH_LINK');
    };
    server.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
      const { file } = request.params;
      await window.opens(file);
      const feed = file.endsWith('.ics') ? await feeds.read(file.slice(0, -'.ics'.length)) : undefined;
      if (!feed) return miss(request);
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="duty.ics"')
        .header('cache-control', 'private, no-cache')
        .send(feed.ics);
    });
    server.get<{ Params: { file: string } }>('/sheet/:file', async (request, reply) => {
      await window.opens(request.params.file);
      const sheet = await sheets.open(request.params.file);
      if (!sheet) return miss(request);
      return saved(reply, `duty.${sheet.format}`, sheet.format === 'pdf' ? 'application/pdf' : xlsx, sheet.bytes);
    });
  };
