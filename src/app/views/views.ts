import { asPlanned, shiftAt, type Directory } from '../../domain/organisation/directory.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LedgerReader } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import { remember, scanAll } from '../ledger/scan-all.ts';
import { type LedgerQuery, type LedgerRowView, viewLedger } from '../ledger/view-ledger.ts';
import { type RequestView, viewRequests } from './view-requests.ts';
import { type Act, actsOnObligation } from './acts-on.ts';
import { type ObligationView, type PolicyOf, toObligationView, viewObligations } from './view-obligations.ts';
import { isoIn, type Page, type PageQuery, type Seen } from './view-page.ts';
import { type PersonView, viewPeople } from './view-people.ts';
import { type RosterRow, viewRoster } from './view-roster.ts';
import { type SubjectDetail, viewSubject } from './view-subject.ts';
import { viewWall, type WallView } from './view-wall.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import { shiftIdOf } from './shift-id.ts';

/** `shiftId`: the shift in which it was opened, where it is about a post. */
export type ObligationDetail = ObligationView & {
  readonly acts: readonly Act[];
  readonly shiftId?: string;
  /** The telephone of the post that it is about, for whoever may ring it. */
  readonly landline?: string;
};

/** The read side, one function for each resource below `/api`. */
export type Views = {
  people(query: PageQuery & Seen<{ readonly id: string }>): Promise<Page<PersonView>>;
  /** `isOpen`: only those that have not ended. */
  requests(query: PageQuery & Seen<RequestView> & { readonly isOpen: boolean }): Promise<Page<RequestView>>;
  obligations(
    query: PageQuery & Seen<Pick<ObligationView, 'subject' | 'asked'>> & { readonly isOpen: boolean },
  ): Promise<Page<ObligationView>>;
  ledger(query: LedgerQuery): Promise<Page<LedgerRowView>>;
  /** One obligation as it stands, with what `viewer` may do about it; undefined once it has been over for a while: its rows tell. */
  obligation(id: string, viewer: string | undefined): Promise<ObligationDetail | undefined>;
  /** The ids that rows about a post, a unit or a person bear: a unit's are its posts' too. */
  subjectsOf(id: string): Promise<readonly string[]>;
  /** A post, a unit or a person; undefined where there is none of that id. */
  subject(id: string, viewer: string | undefined): Promise<SubjectDetail | undefined>;
  /** `at` epoch ms; without it, now. */
  roster(
    query: PageQuery & Seen<{ readonly id: string }> & { readonly at: number | undefined },
  ): Promise<Page<RosterRow> & { readonly at: string }>;
  /** Of some posts and people alone, where a test says which. */
  wall(isShown?: (subject: string) => boolean): Promise<WallView>;
};

export type ViewsDeps = {
  readonly store: Pick<Store, 'load' | 'scan'>;
  readonly ledger: LedgerReader;
  readonly loadDirectory: () => Promise<Directory>;
  readonly clock: Clock;
  /** Real milliseconds, for how long a reading is kept: the campaign's clock may run faster. */
  readonly realNow: () => number;
  readonly policyOf: PolicyOf;
  /** As it is called now. */
  readonly campaignName: () => string;
  readonly mode: 'demo' | 'production';
  readonly clockScale: number;
  readonly timeZone: string;
  /** When all posts are asked next, epoch ms. */
  readonly nextRoundAt?: (now: number) => number | undefined;
};

const keepMs = 250;

export const createViews = ({
  store,
  ledger,
  loadDirectory,
  clock,
  realNow,
  policyOf,
  campaignName,
  mode,
  clockScale,
  timeZone,
  nextRoundAt,
}: ViewsDeps): Views => {
  const iso = isoIn(timeZone);
  const loadObligations = remember(() => scanAll(store, 'obligation'), realNow, keepMs);
  const loadWatches = remember(() => scanAll(store, 'watch'), realNow, keepMs);
  const lookAt = async (isShown?: (subject: string) => boolean): Promise<WallView> => {
    const [directory, watches, obligations] = await Promise.all([loadDirectory(), loadWatches(), loadObligations()]);
    const now = clock.now();
    const parts = { campaign: campaignName(), mode, clockScale, directory, watches, obligations, policyOf, now, iso };
    return viewWall({ ...parts, isShown, nextRoundAt: nextRoundAt?.(now) });
  };
  const wall = remember(() => lookAt(), realNow, keepMs);
  return {
    people: async (query) => viewPeople(await loadDirectory(), clock, query),
    requests: async (query) => viewRequests(await loadDirectory(), await scanAll(store, 'request'), clock.now(), iso, query),
    obligations: async ({ isOpen, ...query }) => {
      const [directory, all] = await Promise.all([loadDirectory(), loadObligations()]);
      const shown = isOpen ? all.filter((obligation) => !isEnded(obligation)) : all;
      return viewObligations(directory, shown, policyOf, iso, clock.now(), query);
    },
    ledger: (query) => viewLedger(ledger, iso, query),
    obligation: async (id, viewer) => {
      // as it stands, not as it was kept: it may have been opened just now
      const [directory, [stored]] = await Promise.all([loadDirectory(), store.load([id])]);
      if (stored?.aggregate.type !== 'obligation') return undefined;
      const found = stored.aggregate.state;
      const now = clock.now();
      const acts = viewer === undefined ? [] : actsOnObligation(directory, found, viewer, now);
      const shift = isPostId(found.subject) ? shiftAt(directory, found.subject, found.openedAt) : undefined;
      const landline = directory.posts.get(found.subject)?.landline;
      return {
        ...toObligationView(directory, found, policyOf, iso, now),
        ...(shift ? { shiftId: shiftIdOf(shift) } : {}),
        ...(landline === undefined ? {} : { landline }),
        acts,
      };
    },
    subjectsOf: async (id) => [id, ...((await loadDirectory()).postsOfUnit.get(id) ?? [])],
    subject: async (id, viewer) => {
      const [directory, watches, obligations] = await Promise.all([loadDirectory(), loadWatches(), loadObligations()]);
      const now = clock.now();
      const toView = (obligation: Parameters<typeof toObligationView>[1]) => toObligationView(directory, obligation, policyOf, iso, now);
      return viewSubject(id, { directory, watches, obligations, toView, now, iso, viewer });
    },
    roster: async ({ at, ...query }) => {
      const directory = await loadDirectory();
      const now = clock.now();
      return viewRoster(at !== undefined && at > now ? asPlanned(directory) : directory, at ?? now, iso, query);
    },
    wall: (isShown) => (isShown ? lookAt(isShown) : wall()),
  };
};
