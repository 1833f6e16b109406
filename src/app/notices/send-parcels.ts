import type { Channel, SendResult } from '../../ports/channel.ts';
import type { Conversations } from '../../ports/conversations.ts';
import type { Log } from '../../ports/log.ts';
import type { Parcel } from './parcels.ts';

export type SendDeps = {
  /** In the order of preference. */
  readonly channels: readonly Channel[];
  readonly conversations: Conversations;
  readonly log: Log;
  /** Whether somebody has stopped a channel for themselves. */
  readonly isPaused: (to: string, channel: string) => boolean;
  /** What has waited behind others, or for another channel: as it must be said now, or nothing where nobody wants it any more. */
  readonly lookAgain: (parcels: readonly Parcel[]) => Promise<readonly (Parcel | undefined)[]>;
};

/** A step whose way the campaign lacks goes the next way of the same person. */
const channelsFor = async ({ channels, isPaused }: SendDeps, parcel: Parcel): Promise<readonly Channel[]> => {
  const notice = parcel.notices[0]!;
  if (notice.reply) {
    const own = channels.filter((channel) => channel.name === notice.reply!.channel);
    if (own.length > 0) return own;
  }
  // A card that hangs there already goes on telling the truth; nothing new comes.
  const open = parcel.message.isUpdate ? channels : channels.filter((channel) => !isPaused(notice.to, channel.name));
  const fitting = open.filter((channel) => channel.capabilities.vias.includes(notice.via));
  const others = open.filter((channel) => !fitting.includes(channel) && channel.capabilities.vias.includes('card'));
  const reachable: Channel[] = [];
  for (const channel of [...fitting, ...others]) if (await channel.canReach(notice.to)) reachable.push(channel);
  return reachable;
};

type Attempt = { readonly parcel: Parcel; readonly channels: readonly Channel[] };
export type Outcome = { readonly parcel: Parcel; readonly channel: string; readonly result: SendResult };

type KeyedCard = { readonly to: string; readonly cardKey: string };

const keyedOf = (parcels: readonly Parcel[]): readonly KeyedCard[] =>
  parcels.flatMap(({ message: { to, cardKey } }) => (cardKey === undefined ? [] : [{ to, cardKey }]));

/** Channels that change a message by its platform id: the id is kept when it is sent, and handed back with the change. */
const sendRemembering = async (
  channel: Channel,
  parcels: readonly Parcel[],
  conversations: Conversations,
): Promise<readonly SendResult[]> => {
  const updates = keyedOf(parcels.filter(({ message }) => message.isUpdate));
  const known = updates.length === 0 ? [] : await conversations.messagesOf(channel.name, updates);
  const idOf = new Map(updates.map(({ to, cardKey }, index) => [`${to} ${cardKey}`, known[index]]));
  const results = await channel.send(
    parcels.map(({ message }) => {
      const id = message.isUpdate ? idOf.get(`${message.to} ${message.cardKey}`) : undefined;
      return id === undefined ? message : { ...message, platformMessageId: id };
    }),
  );
  const sent = parcels.flatMap(({ message: { to, cardKey, isUpdate } }, index) => {
    const result = results[index];
    const id = result?.status === 'sent' ? result.platformMessageId : undefined;
    return cardKey === undefined || isUpdate || id === undefined ? [] : [{ to, cardKey, platformMessageId: id }];
  });
  if (sent.length > 0) await conversations.rememberMessages(channel.name, sent);
  return results;
};

const sendVia = async (channel: Channel, parcels: readonly Parcel[], { conversations, log }: SendDeps): Promise<readonly SendResult[]> => {
  try {
    return channel.capabilities.updatesById
      ? await sendRemembering(channel, parcels, conversations)
      : await channel.send(parcels.map((parcel) => parcel.message));
  } catch (error) {
    log.warn({ channel: channel.name, error: String(error), count: parcels.length }, 'a channel failed; the messages will be tried again');
    return parcels.map(() => ({ status: 'transient', code: 'thrown' }));
  }
};

/**
 * Whether the next channel gets it too, though this one took it: a card may hang in every channel of a person, and what
 * lies in a mailbox that nobody has open has reached nobody.
 */
const goesOn = ({ capabilities }: Channel, { message }: Parcel, result: SendResult): boolean =>
  result.status === 'sent' && (message.isUpdate === true || (capabilities.isMailbox === true && !result.isDelivered));

/** This channel takes it never, or not soon. */
const isTurnedAway = (result: SendResult): boolean =>
  result.status === 'permanent' || (result.status === 'transient' && result.triesNext === true);

const lookAgainAt = async (attempts: readonly Attempt[], { lookAgain }: SendDeps): Promise<readonly Attempt[]> => {
  const parcels = await lookAgain(attempts.map((one) => one.parcel));
  return attempts.flatMap(({ channels }, index): readonly Attempt[] => (parcels[index] ? [{ parcel: parcels[index], channels }] : []));
};

/** One pass over the channels: each parcel through its first, what is refused for good through its next. */
const sendAll = async (attempts: readonly Attempt[], deps: SendDeps): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = attempts
    .filter((one) => one.channels.length === 0)
    .map(({ parcel }) => ({ parcel, channel: 'none', result: { status: 'permanent', code: 'unreachable' } }));
  let open = attempts.filter((one) => one.channels.length > 0);
  while (open.length > 0) {
    const byChannel = Map.groupBy(open, (one) => one.channels[0]!);
    const next: Attempt[] = [];
    await Promise.all(
      [...byChannel].map(async ([channel, group]) => {
        const size = Math.max(1, channel.capabilities.batchSize);
        for (let from = 0; from < group.length; from += size) {
          const slice = await lookAgainAt(group.slice(from, from + size), deps);
          if (slice.length === 0) continue;
          const results = await sendVia(
            channel,
            slice.map((one) => one.parcel),
            deps,
          );
          for (const [index, { parcel, channels }] of slice.entries()) {
            const result = results[index] ?? { status: 'transient', code: 'no result' };
            const hasNext = channels.length > 1;
            if (hasNext && (isTurnedAway(result) || goesOn(channel, parcel, result))) next.push({ parcel, channels: channels.slice(1) });
            if (!isTurnedAway(result) || !hasNext) outcomes.push({ parcel, channel: channel.name, result });
          }
        }
      }),
    );
    open = next;
  }
  return outcomes;
};

/** Sends each parcel through the first of its recipient's channels that takes it, and beyond a mailbox. One outcome for each that was tried. */
export const sendParcels = async (deps: SendDeps, parcels: readonly Parcel[]): Promise<readonly Outcome[]> =>
  sendAll(
    await Promise.all(parcels.map(async (parcel): Promise<Attempt> => ({ parcel, channels: await channelsFor(deps, parcel) }))),
    deps,
  );
