import { templateNow } from '../domain/escalation/announce.ts';
import type { Notice } from '../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../domain/escalation/obligation.ts';
import type { BundledCards } from '../ports/bundled-cards.ts';
import type { OutgoingMessage } from '../ports/channel.ts';
import type { DeliveryJob } from '../ports/outbox.ts';
import { askingOf, renderBundle, renderNotice } from './render-notice.ts';
import type { World } from './world.ts';

/** One message with the notices it is made of. */
export type Parcel = {
  readonly notices: readonly Notice[];
  readonly message: OutgoingMessage;
  /** Obligations of a message that speaks of several: their ends are shown on this one card. */
  readonly bundled?: readonly string[];
};

type Obligations = ReadonlyMap<string, Obligation>;
type Part = { readonly notice: Notice; readonly o: Obligation };

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

const addressOf = (world: World, to: string): { readonly mobile?: string } => {
  const mobile = world.directory.people.get(to)?.mobile;
  return mobile === undefined ? {} : { mobile };
};

/** From what is sent, not from its place: what is left of a job for another try is still the same messages. */
const messageIdOf = (world: World, job: DeliveryJob, notice: Notice): string =>
  `${job.id}.${world.secrets.sha256(JSON.stringify(notice)).slice(0, 16)}`;

const parcelOf = (world: World, notice: Notice, o: Obligation | undefined, id: string, now: number): Parcel => {
  const { card, text } = renderNotice(world, notice, o, now);
  const asking = askingOf(world, notice, o);
  const message: OutgoingMessage = {
    id,
    to: notice.to,
    ...addressOf(world, notice.to),
    ...(notice.reply?.reference === undefined ? {} : { reference: notice.reply.reference }),
    text,
    card,
    ...(asking === undefined ? {} : { asking }),
    ...(notice.obligationId === undefined ? {} : { cardKey: notice.obligationId }),
    ...(notice.isUpdate ? { isUpdate: true } : {}),
  };
  return { notices: [notice], message };
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

const bundleOf = (world: World, parts: readonly Part[], id: string, now: number): Parcel => {
  const { card, text } = renderBundle(world, parts, now);
  const { notice, o } = parts[0]!;
  const asking = askingOf(world, notice, o);
  const message: OutgoingMessage = {
    id,
    to: notice.to,
    ...addressOf(world, notice.to),
    text,
    card,
    ...(asking === undefined ? {} : { asking }),
    cardKey: id,
  };
  return { notices: parts.map((part) => part.notice), message, bundled: parts.map((part) => part.o.id) };
};

const joinedOf = (world: World, parts: readonly Part[], id: string, now: number): Parcel =>
  parts.length === 1 ? parcelOf(world, parts[0]!.notice, parts[0]!.o, id, now) : bundleOf(world, parts, id, now);

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
  return [...changed.values()].flatMap(({ notice, cardKey, obligationIds }, index): readonly Parcel[] => {
    const parts = obligationIds.flatMap((one): readonly Part[] => {
      const o = obligations.get(one);
      return o ? [{ notice: { ...notice, template: templateNow(o, notice.to, now) }, o }] : [];
    });
    // Everything on it was forgotten while the job waited: there is nothing left to show.
    if (parts.length === 0) return [];
    const id = `${jobId}.card${index}`;
    const render = (): Parcel => {
      const { card, text } = renderBundle(world, parts, now);
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
    job.notices.flatMap((notice) => notice.obligationId ?? []),
  );
  const obligationOf = (notice: Notice) => (notice.obligationId === undefined ? undefined : obligations.get(notice.obligationId));
  const joined = new Map<string, Part[]>();
  const parcels: Parcel[] = [];
  for (const notice of job.notices) {
    const o = obligationOf(notice);
    if (!isWanted(notice, o)) continue;
    const isJoinable = o !== undefined && notice.stepNo !== undefined && !notice.isUpdate && o.kind !== 'help';
    if (!isJoinable) {
      parcels.push(...tryParcel([notice], () => parcelOf(world, notice, o, messageIdOf(world, job, notice), now), onUnsaid));
      continue;
    }
    const key = `${notice.to} ${notice.via} ${notice.isBundled ? 'held' : 'now'}`;
    const parts = joined.get(key) ?? [];
    // Two steps of one obligation that were held together: the later one says it all.
    const earlier = parts.findIndex((part) => part.o.id === o.id && part.notice.template === notice.template);
    if (earlier >= 0) parts.splice(earlier, 1);
    parts.push({ notice, o });
    joined.set(key, parts);
  }
  for (const [key, parts] of joined) {
    const id = `${job.id}.${key.replaceAll(' ', '.')}`;
    parcels.push(
      ...tryParcel(
        parts.map(({ notice }) => notice),
        () => joinedOf(world, parts, id, now),
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
    parcels.flatMap(({ notices }) => notices.flatMap((notice) => notice.obligationId ?? [])),
  );
  return parcels.map((parcel) => {
    const parts = parcel.notices.flatMap((notice): readonly Part[] => {
      const o = notice.obligationId === undefined ? undefined : obligations.get(notice.obligationId);
      return o && isWanted(notice, o) ? [{ notice, o }] : [];
    });
    const isWhole = parcel.notices.every((notice) => isWanted(notice, obligations.get(notice.obligationId ?? '')));
    const [first] = parts;
    if (isWhole || !first) return isWhole ? parcel : undefined;
    // What cannot be said anew is said as it was.
    return (
      tryParcel(
        parcel.notices,
        () => joinedOf(world, parts, parcel.message.id, now),
        () => {},
      )[0] ?? parcel
    );
  });
};
