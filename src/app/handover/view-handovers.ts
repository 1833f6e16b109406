import { acceptancesOf, isOver, type Handover } from '../../domain/handover/handover.ts';
import type { CampaignSettings } from '../../domain/campaign.ts';
import { asPlanned, type Directory } from '../../domain/organisation/directory.ts';
import { buildUnitNames, findUnit, shortNameOf } from '../../domain/organisation/unit-names.ts';
import type { DutyRole, Holder } from '../../domain/roster/roster.ts';
import { fill } from '../../messages/catalogue.ts';
import { handoverTextsFor } from '../../messages/handover-texts.ts';
import { reportTexts } from '../../messages/report-texts.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import { zhCN } from '../../messages/zh-cn.ts';
import type { Store } from '../../ports/store.ts';
import type { Sheet } from '../../ports/write-workbook.ts';
import { toPage, type Iso, type Page, type PageQuery } from '../views/view-page.ts';
import { matching } from './handover-log.ts';
import { readHandovers } from './read-handovers.ts';

/** The log of handovers for those who read and print it. */

type Person = { readonly role: DutyRole; readonly personId: string; readonly name: string };

export type HandoverView = {
  readonly id: string;
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  /** The boundary. All instants ISO. */
  readonly at: string;
  readonly openedAt: string;
  readonly status: 'waiting' | 'overdue' | 'accepted' | 'late' | 'lapsed';
  readonly outgoing: readonly Person[];
  readonly incoming: readonly Person[];
  readonly acceptedAt: string | null;
  /** A name. */
  readonly acceptedBy: string | null;
  readonly lapsedAt: string | null;
  readonly reason: string | null;
  readonly open: readonly { readonly kind: string; readonly subject: string; readonly since: string }[];
  readonly due: readonly { readonly itemId: string; readonly kind: string; readonly dueAt: string }[];
  readonly notes: readonly { readonly at: string; readonly by: string; readonly text: string }[];
  readonly delays: readonly { readonly at: string; readonly by: string }[];
  /** Everybody who has accepted, by name: with those who came beside or after the one who made it count. */
  readonly acceptances: readonly { readonly at: string; readonly by: string }[];
};

/** Epoch ms; `post`: a post or a unit by its id or a name that people use. */
export type HandoversAsked = { readonly post?: string; readonly from?: number; readonly to?: number };

export type HandoversAnswer =
  | { readonly ok: true; readonly items: readonly HandoverView[] }
  | { readonly ok: false; readonly post: string };

type Look = { readonly directory: Directory; readonly now: number; readonly iso: Iso; readonly windowMs: number };

const statusOf = (handover: Handover, { now, windowMs }: Look): HandoverView['status'] => {
  const { at, openedAt, acceptedAt, lapsedAt } = handover;
  if (lapsedAt !== undefined) return 'lapsed';
  const lateFrom = Math.max(at, openedAt) + windowMs;
  if (!isOver(handover)) return now > lateFrom ? 'overdue' : 'waiting';
  return acceptedAt! > lateFrom ? 'late' : 'accepted';
};

const nameIn = (directory: Directory, id: string): string =>
  directory.people.get(id)?.name ?? directory.posts.get(id)?.name ?? directory.units.get(id)?.name ?? id;

export const toHandoverView = (handover: Handover, look: Look): HandoverView => {
  const { directory, iso } = look;
  const { id, postId, at, openedAt, outgoing, incoming, acceptedAt, acceptedBy, lapsedAt, lapseReason, open, due, notes, delays } =
    handover;
  const people = (holders: readonly Holder[]): readonly Person[] =>
    holders.map((one) => ({ ...one, name: nameIn(directory, one.personId) }));
  const unit = directory.units.get(directory.posts.get(postId)?.unitId ?? '');
  return {
    id,
    postId,
    post: nameIn(directory, postId),
    unit: unit ? shortNameOf(unit) : '',
    at: iso(at),
    openedAt: iso(openedAt),
    status: statusOf(handover, look),
    outgoing: people(outgoing),
    incoming: people(incoming),
    acceptedAt: acceptedAt === undefined ? null : iso(acceptedAt),
    acceptedBy: acceptedBy === undefined ? null : nameIn(directory, acceptedBy),
    lapsedAt: lapsedAt === undefined ? null : iso(lapsedAt),
    reason: lapseReason ?? null,
    open: open.map(({ kind, subject, at: since }) => ({ kind, subject: nameIn(directory, subject), since: iso(since) })),
    due: due.map(({ itemId, kind, dueAt }) => ({ itemId, kind, dueAt: iso(dueAt) })),
    notes: notes.map((note) => ({ at: iso(note.at), by: nameIn(directory, note.by), text: note.text })),
    delays: delays.map((delay) => ({ at: iso(delay.at), by: nameIn(directory, delay.by) })),
    acceptances: acceptancesOf(handover).map((one) => ({ at: iso(one.at), by: nameIn(directory, one.by) })),
  };
};

/** The posts that a name means; undefined where it means none. */
const postsNamed = (directory: Directory, name: string): ReadonlySet<string> | undefined => {
  const { posts } = directory.roster;
  const own = posts.filter((post) => post.id === name || post.name === name).map(({ id }) => id);
  if (own.length > 0) return new Set(own);
  const match = findUnit(buildUnitNames(directory.organisation.units, [], unitVocabulary), name);
  const unitId = directory.units.has(name) ? name : match.status === 'found' ? match.unit.id : undefined;
  return unitId === undefined ? undefined : new Set(posts.filter((post) => post.unitId === unitId).map(({ id }) => id));
};

export type HandoverDeps = {
  readonly store: Pick<Store, 'scan'>;
  readonly loadDirectory: () => Promise<Directory>;
  readonly now: () => number;
  readonly settings: Pick<CampaignSettings, 'name' | 'handover'>;
  readonly iso: Iso;
};

/** Everything asked for, by its boundary; `ok: false` where the name means no post. */
export const viewHandovers = async (deps: HandoverDeps, { post, from, to }: HandoversAsked): Promise<HandoversAnswer> => {
  const directory = asPlanned(await deps.loadDirectory());
  const postIds = post === undefined ? undefined : postsNamed(directory, post);
  if (post !== undefined && postIds === undefined) return { ok: false, post };
  const look = { directory, now: deps.now(), iso: deps.iso, windowMs: deps.settings.handover.windowMs };
  const found = matching(await readHandovers(deps.store), {
    ...(postIds === undefined ? {} : { postIds }),
    ...(from === undefined ? {} : { fromAt: from }),
    ...(to === undefined ? {} : { toAt: to }),
  });
  return { ok: true, items: found.map((handover) => toHandoverView(handover, look)) };
};

export const pageOfHandovers = (items: readonly HandoverView[], query: PageQuery): Page<HandoverView> =>
  toPage(items, ({ id, at }) => `${String(Date.parse(at)).padStart(15, '0')} ${id}`, query);

const namesOf = (people: readonly Person[], comma: string): string => people.map(({ name }) => name).join(comma);

const shortTime = (iso: string | null): string => (iso === null ? '' : iso.slice(0, 16).replace('T', ' '));

/** One row for each handover, as it is signed and filed. */
export const handoverSheet = (items: readonly HandoverView[], campaign: string): Sheet => {
  const texts = handoverTextsFor(undefined);
  const { columns, comma, status } = texts;
  const kindOf = (kind: string): string => (zhCN.kinds as { readonly [kind: string]: string })[kind] ?? kind;
  return {
    name: texts.sheet,
    title: `${campaign}${texts.sheet}`,
    headings: [
      columns.post,
      columns.at,
      columns.outgoing,
      columns.incoming,
      columns.acceptedAt,
      columns.acceptedBy,
      columns.status,
      columns.matters,
      columns.notes,
    ],
    widths: [16, 17, 14, 14, 17, 10, 10, 36, 36],
    columns: ['text', 'time', 'text', 'text', 'time'],
    page: reportTexts.sheetPage,
    rows: items.map((one) => [
      one.post,
      shortTime(one.at),
      namesOf(one.outgoing, comma),
      namesOf(one.incoming, comma),
      shortTime(one.acceptedAt),
      one.acceptances.map(({ by }) => by).join(comma),
      status[one.status],
      [
        ...one.open.map(({ kind, subject, since }) => `${kindOf(kind)} ${subject} ${shortTime(since)}`),
        ...one.due.map(({ kind, itemId, dueAt }) => `${kindOf(kind)} ${itemId.slice(1)} ${shortTime(dueAt)}`),
      ].join('\n'),
      one.notes.map((note) => fill(texts.noteBy, note) ?? '').join('\n'),
    ]),
    orientation: 'landscape',
  };
};
