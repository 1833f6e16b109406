import { ownEndOf, templateNow } from '../../domain/escalation/announce.ts';
import { readFailureCause } from '../../domain/escalation/channel-failure.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { postOfLandline } from '../../domain/escalation/resolve.ts';
import type { BundledCards } from '../../ports/bundled-cards.ts';
import type { OutgoingMessage } from '../../ports/channel.ts';
import type { DeliveryJob } from '../../ports/outbox.ts';
import { dutyCardKey } from '../shift-change/render-duty.ts';
import { itemCardKey, itemIdsOf } from '../items/cards/render-item.ts';
import { isRefusal } from './is-refusal.ts';
import { itemsNamedIn, type ItemOf } from './render-items.ts';
import { askingOf, renderBundle, renderNotice } from './render-notice.ts';
import { sayInputs } from './say-inputs.ts';
import { isForgottenTest } from './channel-test.ts';
import { isHeldNews, joinNews } from './join-news.ts';
import { stillUnreachable, testsListedIn } from '../ahead/list-unreachable.ts';
import { itemsHandedOver } from '../handover/render-handover.ts';
import { refreshHandovers, type World } from '../world.ts';

/** One message with the notices it is made of. */
export type Parcel = {
  readonly notices: readonly Notice[];
  readonly message: OutgoingMessage;
  /** Obligations of a message that speaks of several: their ends are shown on this one card. */
  readonly bundled?: readonly string[];
  /** The failing channel that it speaks of. */
  readonly aboutChannel?: string;
};

type Obligations = ReadonlyMap<string, Obligation>;
type Part = { readonly notice: Notice; readonly o: Obligation };

const failingOf = (obligations: readonly (Obligation | undefined)[]): Pick<Parcel, 'aboutChannel'> => {
  const channel = obligations
    .map((o) => (o?.kind === 'channelFailure' ? readFailureCause(o.cause ?? '')?.channel : undefined))
    .find(Boolean);
  return channel === undefined ? {} : { aboutChannel: channel };
};

/** Nothing goes out for a decision that an answer has overtaken; the end of an obligation always does. */
const isWanted = (notice: Notice, o: Obligation | undefined): boolean => {
  if (notice.obligationId === undefined || notice.isUpdate || notice.stepNo === undefined) return true;
  return o !== undefined && !isEnded(o);
};

const loadObligations = async (world: World, ids: readonly string[]): Promise<Obligations> => {
  const unique = [...new Set(ids)];
  const found = unique.length === 0 ? [] : await world.store.load(unique);
  return new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'obligation' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
};

/** The items that are named in these messages; how many others there are needs no reading. */
const loadItems = async (world: World, ids: readonly string[]): Promise<ItemOf> => {
  const unique = [...new Set(ids)];
  const found = unique.length === 0 ? [] : await world.store.load(unique);
  const items = new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'item' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
  const requests = new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'request' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
  const proposals = new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'proposal' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
  const appeals = new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'appeal' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
  const reports = new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'report' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
  const handovers = new Map(
    found.flatMap((stored) => (stored?.aggregate.type === 'handover' ? [[stored.id, stored.aggregate.state] as const] : [])),
  );
  return Object.assign((id: string) => items.get(id), {
    request: (id: string) => requests.get(id),
    handover: (id: string) => handovers.get(id),
    proposal: (id: string) => proposals.get(id),
    appeal: (id: string) => appeals.get(id),
    report: (id: string) => reports.get(id),
  });
};

const addressOf = ({ directory }: World, to: string): { readonly mobile?: string } => {
  const postId = postOfLandline(to);
  const mobile = postId === undefined ? directory.people.get(to)?.mobile : directory.posts.get(postId)?.landline;
  return mobile === undefined ? {} : { mobile };
};

/** The steps that these notices carry out. */
const aboutOf = (notices: readonly Notice[]): Pick<OutgoingMessage, 'about'> => {
  const about = notices.flatMap(({ obligationId, stepNo, isUpdate }) =>
    obligationId === undefined || stepNo === undefined || isUpdate ? [] : [{ obligationId, stepNo }],
  );
  return about.length === 0 ? {} : { about };
};

const codeOf = ({ template, params }: Notice): Pick<OutgoingMessage, 'code'> =>
  template === 'binding.code' || template === 'binding.officeCode' ? { code: String(params?.['code'] ?? '') } : {};

/** From what is sent, not from its place: what is left of a job for another try is still the same messages. */
const messageIdOf = (world: World, job: DeliveryJob, notice: Notice): string =>
  `${job.id}.${world.secrets.sha256(JSON.stringify(notice)).slice(0, 16)}`;

const parcelOf = (
  world: World,
  notice: Notice,
  o: Obligation | undefined,
  id: string,
  now: number,
  itemOf: ItemOf,
  notices: readonly Notice[] = [notice],
): Parcel => {
  const { card, text } = sayInputs(renderNotice(world, notice, o, now, itemOf), notice.params?.['locale']);
  const asking = askingOf(world, notice, o);
  const cardKey = notice.obligationId ?? itemCardKey(notice) ?? dutyCardKey(notice);
  const message: OutgoingMessage = {
    id,
    to: notice.to,
    ...addressOf(world, notice.to),
    ...(notice.reply?.reference === undefined ? {} : { reference: notice.reply.reference }),
    text,
    card,
    ...(asking === undefined ? {} : { asking }),
    ...aboutOf([notice]),
    ...codeOf(notice),
    ...(cardKey === undefined ? {} : { cardKey }),
    ...(notice.isUpdate ? { isUpdate: true } : {}),
    ...(isRefusal(notice) ? { isRefusal: true } : {}),
  };
  return { notices, message, ...failingOf([o]) };
};

/** What could not be put into words; the rest of its job goes out all the same. */
export type OnUnsaid = (notices: readonly Notice[], error: unknown) => void;

const tryParcel = (notices: readonly Notice[], render: () => Parcel, onUnsaid: OnUnsaid): readonly Parcel[] => {
  try {
    return [render()];
  } catch (error) {
    onUnsaid(notices, error);
    return [];
  }
};

const bundleOf = (world: World, parts: readonly Part[], id: string, now: number, itemOf: ItemOf): Parcel => {
  const { card, text } = renderBundle(world, parts, now, itemOf);
  const { notice, o } = parts[0]!;
  const asking = askingOf(world, notice, o);
  const message: OutgoingMessage = {
    id,
    to: notice.to,
    ...addressOf(world, notice.to),
    text,
    card,
    ...(asking === undefined ? {} : { asking }),
    ...aboutOf(parts.map((part) => part.notice)),
    cardKey: id,
  };
  const obligations = parts.map((part) => part.o);
  return { notices: parts.map((part) => part.notice), message, bundled: obligations.map(({ id: one }) => one), ...failingOf(obligations) };
};

const joinedOf = (world: World, parts: readonly Part[], id: string, now: number, itemOf: ItemOf): Parcel =>
  parts.length === 1 ? parcelOf(world, parts[0]!.notice, parts[0]!.o, id, now, itemOf) : bundleOf(world, parts, id, now, itemOf);

/** The ends of obligations that share a card are shown on it, together: one change for each card. */
const bundleUpdates = async (
  world: World,
  updates: readonly Notice[],
  cards: BundledCards,
  jobId: string,
  now: number,
  onUnsaid: OnUnsaid,
): Promise<readonly Parcel[]> => {
  const found = await cards.find(updates.map(({ to, obligationId }) => ({ to, obligationId: obligationId! })));
  const changed = new Map<string, { readonly notice: Notice; readonly cardKey: string; readonly obligationIds: readonly string[] }>();
  for (const [index, card] of found.entries()) {
    const notice = updates[index]!;
    if (card) changed.set(`${notice.to} ${card.cardKey}`, { notice, ...card });
  }
  if (changed.size === 0) return [];
  const obligations = await loadObligations(
    world,
    [...changed.values()].flatMap((one) => one.obligationIds),
  );
  const shown = [...changed.values()].map(({ notice, cardKey, obligationIds }) => ({
    notice,
    cardKey,
    parts: obligationIds.flatMap((one): readonly Part[] => {
      const o = obligations.get(one);
      return o ? [{ notice: { ...notice, template: templateNow(o, notice.to, now) }, o }] : [];
    }),
  }));
  const itemOf = await loadItems(
    world,
    shown.flatMap(({ parts }) => itemsNamedIn(parts)),
  );
  return shown.flatMap(({ notice, cardKey, parts }, index): readonly Parcel[] => {
    // Everything on it was forgotten while the job waited: there is nothing left to show.
    if (parts.length === 0) return [];
    const id = `${jobId}.card${index}`;
    const render = (): Parcel => {
      const { card, text } = renderBundle(world, parts, now, itemOf);
      return { notices: [notice], message: { id, to: notice.to, ...addressOf(world, notice.to), text, card, cardKey, isUpdate: true } };
    };
    return tryParcel([notice], render, onUnsaid);
  });
};

/** Everything that a job has to say, as messages: what one person is told in one breath is one message that says how many. */
export const toParcels = async (
  world: World,
  job: DeliveryJob,
  cards: BundledCards,
  now: number,
  onUnsaid: OnUnsaid,
): Promise<readonly Parcel[]> => {
  const obligations = await loadObligations(
    world,
    job.notices.flatMap((notice) => notice.obligationId ?? testsListedIn(notice)),
  );
  if ([...obligations.values()].some(({ kind }) => kind === 'handover')) await refreshHandovers(world);
  const obligationOf = (notice: Notice) => (notice.obligationId === undefined ? undefined : obligations.get(notice.obligationId));
  const joined = new Map<string, Map<string, Part>>();
  const alone: { readonly notice: Notice; readonly said: Notice; readonly o: Obligation | undefined }[] = [];
  const news = job.notices.filter(isHeldNews);
  for (const notice of job.notices) {
    if (isHeldNews(notice)) continue;
    const o = obligationOf(notice);
    if (!isWanted(notice, o) || isForgottenTest(notice, now)) continue;
    // Whoever hands over or takes over has a card for each post: what is noted there is about that post alone.
    const isOwnCard = o?.kind === 'help' || (o && ownEndOf(o)) || (o?.kind === 'handover' && !notice.isBundled);
    const isJoinable = o !== undefined && notice.stepNo !== undefined && !notice.isUpdate && !isOwnCard;
    if (!isJoinable) {
      const said = stillUnreachable(world, notice, (id) => obligations.get(id));
      if (said) alone.push({ notice, said, o });
      continue;
    }
    const key = `${notice.to} ${notice.via} ${notice.isBundled ? 'held' : 'now'}`;
    const parts = joined.get(key) ?? new Map<string, Part>();
    // Two steps of one obligation that were held together: the later one says it all.
    const part = o.itemId === undefined ? `${o.id} ${notice.template}` : o.id;
    parts.delete(part);
    parts.set(part, { notice, o });
    joined.set(key, parts);
  }
  const itemOf = await loadItems(world, [
    ...alone.flatMap(({ o }) => itemsHandedOver(world, o)),
    ...alone.flatMap(({ notice, o }) => [...itemIdsOf(notice), ...(o?.itemId === undefined ? [] : [o.itemId])]),
    ...[...joined.values()].flatMap((parts) => itemsNamedIn([...parts.values()])),
    ...news.flatMap(({ itemId }) => itemId ?? []),
  ]);
  const parcels = alone.flatMap(({ notice, said, o }) =>
    tryParcel([notice], () => parcelOf(world, said, o, messageIdOf(world, job, notice), now, itemOf, [notice]), onUnsaid),
  );
  for (const { notices, said } of joinNews(news, itemOf))
    parcels.push(
      ...tryParcel(notices, () => parcelOf(world, said, undefined, messageIdOf(world, job, said), now, itemOf, notices), onUnsaid),
    );
  for (const [key, held] of joined) {
    const parts = [...held.values()];
    const id = `${job.id}.${key.replaceAll(' ', '.')}`;
    parcels.push(
      ...tryParcel(
        parts.map(({ notice }) => notice),
        () => joinedOf(world, parts, id, now, itemOf),
        onUnsaid,
      ),
    );
  }
  const updates = job.notices.filter((notice) => notice.isUpdate && notice.obligationId !== undefined);
  return updates.length === 0 ? parcels : [...parcels, ...(await bundleUpdates(world, updates, cards, job.id, now, onUnsaid))];
};

/** What has become of parcels while they waited: nothing where what they speak of has ended, less where some of it has. */
export const lookAgain = async (world: World, parcels: readonly Parcel[], now: number): Promise<readonly (Parcel | undefined)[]> => {
  const obligations = await loadObligations(
    world,
    parcels.flatMap(({ notices }) => notices.flatMap((notice) => notice.obligationId ?? testsListedIn(notice))),
  );
  const partsOf = ({ notices }: Parcel): readonly Part[] =>
    notices.flatMap((notice): readonly Part[] => {
      const o = notice.obligationId === undefined ? undefined : obligations.get(notice.obligationId);
      return o && isWanted(notice, o) ? [{ notice, o }] : [];
    });
  const itemOf = await loadItems(
    world,
    parcels.flatMap((parcel) => itemsNamedIn(partsOf(parcel))),
  );
  const listAgain = (parcel: Parcel, list: Notice): Parcel | undefined => {
    const said = stillUnreachable(world, list, (id) => obligations.get(id));
    return said === undefined || said === list ? said && parcel : parcelOf(world, said, undefined, parcel.message.id, now, itemOf, [list]);
  };
  return parcels.map((parcel) => {
    const list = parcel.notices.find((notice) => testsListedIn(notice).length > 0);
    if (list) return listAgain(parcel, list);
    const parts = partsOf(parcel);
    const isWhole = parcel.notices.every((notice) => isWanted(notice, obligations.get(notice.obligationId ?? '')));
    const [first] = parts;
    if (isWhole || !first) return isWhole ? parcel : undefined;
    // What cannot be said anew is said as it was.
    return (
      tryParcel(
        parcel.notices,
        () => joinedOf(world, parts, parcel.message.id, now, itemOf),
        () => {},
      )[0] ?? parcel
    );
  });
};
