import type { Channel, SendResult } from '../../ports/channel.ts';
import type { Conversations } from '../../ports/conversations.ts';
import type { Log } from '../../ports/log.ts';
import { isChannelTest } from './channel-test.ts';
import type { Parcel } from './parcels.ts';

export type SendDeps = {
  /** In the order of preference. */
  readonly channels: readonly Channel[];
  readonly conversations: Conversations;
  readonly log: Log;
  /** Whether somebody has stopped a channel for themselves. */
  readonly isPaused: (to: string, channel: string) => boolean;
  /** Called once nothing is left to do but wait for a platform. */
  readonly letGo?: () => void;
  /** What has waited behind others, or for another channel: as it must be said now, or nothing where nobody wants it any more. */
  readonly lookAgain: (parcels: readonly Parcel[]) => Promise<readonly (Parcel | undefined)[]>;
};

/** A step whose way the campaign lacks goes the next way of the same person. */
const channelsFor = async ({ channels, isPaused }: SendDeps, parcel: Parcel): Promise<readonly Channel[]> => {
  const notice = parcel.notices[0]!;
  if (notice.reply) {
    const own = channels.filter((channel) => channel.name === notice.reply!.channel);
    // Whoever tries a channel wants to know about that one.
    if (own.length > 0 || isChannelTest(notice)) return own;
  }
  // A card that hangs there already goes on telling the truth; nothing new comes.
  const open = parcel.message.isUpdate ? channels : channels.filter((channel) => !isPaused(notice.to, channel.name));
  const fitting = open.filter((channel) => channel.capabilities.vias.includes(notice.via));
  const others = open.filter((channel) => !fitting.includes(channel) && channel.capabilities.vias.includes('card'));
  const inOrder = [...fitting, ...others];
  // each may have to ask a directory that is slow today: together, so that nobody waits for all of them
  const answers = await Promise.all(inOrder.map((channel) => channel.canReach(notice.to)));
  const reachable = inOrder.filter((_, index) => answers[index]);
  // What is said of a failing channel goes through any other first.
  const failing = parcel.aboutChannel;
  return failing === undefined
    ? reachable
    : [...reachable.filter(({ name }) => name !== failing), ...reachable.filter(({ name }) => name === failing)];
};

type TurnedAway = { readonly channel: string; readonly code: string };
type Attempt = { readonly parcel: Parcel; readonly channels: readonly Channel[]; readonly turnedAway: readonly TurnedAway[] };
export type Outcome = {
  readonly parcel: Parcel;
  readonly channel: string;
  readonly result: SendResult;
  /** Channels that it was to go through before, in their order, and what they said. */
  readonly turnedAway?: readonly TurnedAway[];
};

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

/** Whoever waits for a platform for this long, real ms, does nothing else meanwhile. */
const letGoAfterMs = 100;

const sendVia = async (
  channel: Channel,
  parcels: readonly Parcel[],
  { conversations, log, letGo }: SendDeps,
): Promise<readonly SendResult[]> => {
  const waiting = letGo && setTimeout(letGo, letGoAfterMs);
  try {
    return channel.capabilities.updatesById
      ? await sendRemembering(channel, parcels, conversations)
      : await channel.send(parcels.map((parcel) => parcel.message));
  } catch (error) {
    log.warn({ channel: channel.name, error: String(error), count: parcels.length }, 'a channel failed; the messages will be tried again');
    return parcels.map(() => ({ status: 'transient', code: 'thrown' }));
  } finally {
    clearTimeout(waiting);
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
  return attempts.flatMap((one, index): readonly Attempt[] => (parcels[index] ? [{ ...one, parcel: parcels[index] }] : []));
};

/** What went through a channel, and what must go on to the next. */
const sendGroup = async (channel: Channel, group: readonly Attempt[], deps: SendDeps) => {
  const outcomes: Outcome[] = [];
  const next: Attempt[] = [];
  const size = Math.max(1, channel.capabilities.batchSize);
  for (let from = 0; from < group.length; from += size) {
    const slice = await lookAgainAt(group.slice(from, from + size), deps);
    if (slice.length === 0) continue;
    const results = await sendVia(
      channel,
      slice.map((one) => one.parcel),
      deps,
    );
    for (const [index, { parcel, channels, turnedAway }] of slice.entries()) {
      const result = results[index] ?? { status: 'transient', code: 'no result' };
      const hasNext = channels.length > 1;
      const isTurned = isTurnedAway(result);
      if (hasNext && (isTurned || goesOn(channel, parcel, result))) {
        const refused = isTurned && result.status !== 'sent' ? [{ channel: channel.name, code: result.code }] : [];
        next.push({ parcel, channels: channels.slice(1), turnedAway: [...turnedAway, ...refused] });
      }
      if (!isTurned || !hasNext)
        outcomes.push({ parcel, channel: channel.name, result, ...(turnedAway.length === 0 ? {} : { turnedAway }) });
    }
  }
  return { outcomes, next };
};

/**
 * Each parcel through its first channel, what is refused there through its next. No channel waits for another: one that
 * keeps us waiting delays those alone that were to go through it.
 */
const sendAll = async (attempts: readonly Attempt[], deps: SendDeps): Promise<readonly Outcome[]> => {
  const unreachable = attempts
    .filter((one) => one.channels.length === 0)
    .map(({ parcel }): Outcome => ({ parcel, channel: 'none', result: { status: 'permanent', code: 'unreachable' } }));
  const byChannel = Map.groupBy(
    attempts.filter((one) => one.channels.length > 0),
    (one) => one.channels[0]!,
  );
  const sent = await Promise.all(
    [...byChannel].map(async ([channel, group]) => {
      const { outcomes, next } = await sendGroup(channel, group, deps);
      return next.length === 0 ? outcomes : [...outcomes, ...(await sendAll(next, deps))];
    }),
  );
  return [...unreachable, ...sent.flat()];
};

/** Sends each parcel through the first of its recipient's channels that takes it, and beyond a mailbox. One outcome for each that was tried. */
export const sendParcels = async (deps: SendDeps, parcels: readonly Parcel[]): Promise<readonly Outcome[]> =>
  sendAll(
    await Promise.all(
      parcels.map(async (parcel): Promise<Attempt> => ({ parcel, channels: await channelsFor(deps, parcel), turnedAway: [] })),
    ),
    deps,
  );
