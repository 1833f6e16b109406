import type { HttpServerDeps } from '../../adapters/http/server.ts';
import { Fault } from '../../src/ports/fault.ts';

/** Views with nothing in them, which tell what they were asked for: where only the doors before them are tried. */
export const silentViews = (note: (asked: unknown) => void) => {
  const views: ReturnType<HttpServerDeps['views']> = {
    people: async (query) => {
      note(query);
      return { items: [], next: null };
    },
    obligations: async (query) => {
      note(query);
      throw Object.assign(new Error('gone'), { code: 'ZG_STORE_AWAY' });
    },
    requests: async (query) => {
      note(query);
      return { items: [], next: null };
    },
    ledger: async ({ after, limit }) => {
      note([after, limit]);
      return { items: [], next: '7' };
    },
    obligation: async (id, viewer) => {
      note([id, viewer]);
      return undefined;
    },
    subjectsOf: async (id) => [id],
    subject: async (id, viewer) => {
      note([id, viewer]);
      return undefined;
    },
    roster: async (query) => {
      note(query);
      return { at: '', items: [], next: null };
    },
    wall: async () => {
      throw new Error('a bug with a secret in it');
    },
  };

  const utf8 = new TextEncoder();
  const items: ReturnType<HttpServerDeps['items']> = {
    mayReadFile: async () => true,
    post: async (item, by) => {
      note([item, by]);
      return { id: 'iA', isNew: item.number !== 'known' };
    },
    list: async (filter, query) => {
      note([filter, query]);
      return { items: [], next: null };
    },
    one: async () => {
      throw new Fault('ZG_NO_SUCH_ITEM');
    },
    counts: async (by) => ({ by }) as never,
    disclosure: async (batch) => utf8.encode(`table of ${batch}`),
    itemLedger: async () => utf8.encode('ledger'),
    evidence: async (id) => utf8.encode(`pack of ${id}`),
  };
  return { views, items, utf8 };
};
