import type { Access } from '../../domain/access/access.ts';
import { lookingFor, type Looking, seesRow, seesSubject } from '../../domain/access/in-sight.ts';
import { maskMobile } from '../../domain/access/mask.ts';
import type { AccessAct } from '../../domain/access/rules.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { Item } from '../../domain/items/item.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObligationView } from './view-obligations.ts';
import type { Seen } from './view-page.ts';
import type { RequestView } from './view-requests.ts';
import type { Views } from './views.ts';

/** The same views as one person may see them. */
export type ViewsFor = (access: Access) => Views;

export type ViewsForDeps = {
  readonly views: Views;
  readonly loadDirectory: () => Promise<Directory>;
  readonly readItems: () => Promise<ReadonlyMap<string, Item>>;
  readonly clock: Clock;
};

type AskedOf = Pick<ObligationView, 'subject' | 'asked'>;

export const isOfObligation = (looking: Looking, { subject, asked }: AskedOf): boolean =>
  seesSubject(looking, subject) || (looking.self !== undefined && asked.includes(looking.self));

export const isOfRequest = (looking: Looking, { askedBy, holder, substitute, gives, takes }: RequestView): boolean =>
  [
    askedBy.personId,
    holder.personId,
    ...(substitute ? [substitute.personId] : []),
    ...[...gives, ...takes].map(({ postId }) => postId),
  ].some((id) => seesSubject(looking, id));

/** Whoever sees everything is shown it without a look at each. */
const onlySeen = <T>({ sight }: Looking, isShown: (one: T) => boolean): Seen<T> => (sight === 'all' ? {} : { isShown });

type IsShown = (row: Pick<LedgerRow, 'actor' | 'itemId' | 'data'>) => boolean;

/** A post's telephone: as it is for whoever must ring it, and else only that there is one. */
export const landlineFor = (phones: Looking, postId: string, landline: string | undefined): { readonly landline?: string } =>
  landline === undefined ? {} : { landline: seesSubject(phones, postId) ? landline : maskMobile(landline) };

/** Which rows somebody may read, for the pages of the ledger and for the stream alike; undefined: all. */
export const createRowsFor =
  ({ loadDirectory, readItems, clock }: Omit<ViewsForDeps, 'views'>) =>
  async (access: Access): Promise<IsShown | undefined> => {
    const looking = lookingFor(access, 'seeLedger', await loadDirectory(), clock.now());
    if (looking.sight === 'all') return undefined;
    const items = await readItems();
    return (row) => seesRow(looking, row, items);
  };

/** How long a stream goes by what it knew of people, posts and items, real ms. */
const knownMs = 2_000;

/** The same for a stream that goes on for hours, while people and items come and go. */
export const createRowTest = async (
  rows: () => Promise<IsShown | undefined>,
  realNow: () => number = () => performance.now(),
): Promise<(row: Parameters<IsShown>[0]) => Promise<boolean>> => {
  let [isShown, readAt] = [await rows(), realNow()];
  return async (row) => {
    if (isShown && realNow() - readAt >= knownMs) [isShown, readAt] = [await rows(), realNow()];
    return isShown?.(row) ?? true;
  };
};

/**
 * Every view holds its answers to what the caller's roles see. It has the views' own type, so that a new one is not
 * forgotten here: the program would not compile.
 */
export const createViewsFor = (deps: ViewsForDeps): ViewsFor => {
  const { views, loadDirectory, clock } = deps;
  const rowsFor = createRowsFor(deps);
  return (access) => {
    const looksFor = async (act: AccessAct): Promise<Looking> => lookingFor(access, act, await loadDirectory(), clock.now());
    return {
      people: async (query) => {
        const [seen, phones] = await Promise.all([looksFor('seePeople'), looksFor('seePhones')]);
        const shown = await views.people({ ...query, ...onlySeen(seen, ({ id }: { readonly id: string }) => seesSubject(seen, id)) });
        const isWhole = (id: string): boolean => id === access.personId || seesSubject(phones, id);
        return { ...shown, items: shown.items.map((one) => (isWhole(one.id) ? one : { ...one, mobile: maskMobile(one.mobile) })) };
      },
      requests: async (query) => {
        const looking = await looksFor('seeRequests');
        return views.requests({ ...query, ...onlySeen(looking, (request: RequestView) => isOfRequest(looking, request)) });
      },
      obligations: async (query) => {
        const looking = await looksFor('seeObligations');
        return views.obligations({ ...query, ...onlySeen(looking, (one: AskedOf) => isOfObligation(looking, one)) });
      },
      obligation: async (id, viewer) => {
        const [found, looking, phones] = await Promise.all([
          views.obligation(id, viewer),
          looksFor('seeObligations'),
          looksFor('seePhones'),
        ]);
        if (!found || !isOfObligation(looking, found)) return undefined;
        const { landline, ...shown } = found;
        return landline !== undefined && seesSubject(phones, found.subject) ? { ...shown, landline } : shown;
      },
      subjectsOf: (id) => views.subjectsOf(id),
      subject: async (id, viewer) => {
        const [looking, phones] = await Promise.all([looksFor('seeObligations'), looksFor('seePhones')]);
        const found = seesSubject(looking, id) ? await views.subject(id, viewer) : undefined;
        return (
          found && { ...found, ...landlineFor(phones, id, found.landline), open: found.open.filter((one) => isOfObligation(looking, one)) }
        );
      },
      ledger: async (query) => views.ledger({ ...query, isShown: await rowsFor(access) }),
      roster: async (query) => {
        const looking = await looksFor('seeRoster');
        return views.roster({ ...query, ...onlySeen(looking, ({ id }: { readonly id: string }) => seesSubject(looking, id)) });
      },
      wall: async () => {
        const looking = await looksFor('seeWall');
        return looking.sight === 'all' ? views.wall() : views.wall((subject) => seesSubject(looking, subject));
      },
    };
  };
};
