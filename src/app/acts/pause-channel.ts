import { evolveReach, isPaused, isUnreached, nobodyPaused, type Reach } from '../../domain/contact/reach.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Template } from '../../domain/escalation/template.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import type { Channel } from '../../ports/channel.ts';
import { applyAll, put, readInto } from '../change.ts';
import { reachId } from '../world.ts';
import { labelOf, nameOf, readOwed, reply, type Turn } from './speaker.ts';

/** The names of all channels that know how to reach somebody. */
export type ChannelsOf = (personId: string) => Promise<readonly string[]>;

/** Which of these channels do. */
export const channelsOf =
  (channels: readonly Channel[]): ChannelsOf =>
  async (personId) => {
    const reaches = await Promise.all(channels.map((channel) => channel.canReach(personId)));
    return channels.filter((_, index) => reaches[index]).map(({ name }) => name);
  };

const readReach = async ({ world, change }: Turn): Promise<Reach> => {
  const [stored] = await world.store.load([reachId]);
  readInto(change, reachId, stored);
  return stored?.aggregate.type === 'reach' ? stored.aggregate.state : nobodyPaused;
};

const record = (
  { world, change, person, message }: Turn,
  reach: Reach,
  event: 'ChannelPaused' | 'ChannelResumed',
  left: readonly string[],
) => {
  const row: LedgerEvent = { at: change.now, event, actor: person.id, channel: message.channel, data: { by: person.id, left } };
  applyAll(world, change, [row]);
  put(change, reachId, { type: 'reach', state: evolveReach(reach, row) }, null);
};

/** Said over the channel that it is about, in the speaker's own conversation there, even where it is paused. */
const sayThere = (turn: Turn, template: Template, params: NonNullable<Notice['params']>): Notice => {
  const { message } = turn;
  return { reply: { channel: message.channel }, ...reply(turn, template, params) };
};

const leftFor = async (turn: Turn, reach: Reach, channelsOf: ChannelsOf): Promise<readonly string[]> =>
  (await channelsOf(turn.person.id)).filter((one) => one !== turn.message.channel && !isPaused(reach, turn.person.id, one));

/** Nothing more over this channel to this person, until they say so; every other channel of theirs goes on. */
export const pauseChannel = async (turn: Turn, channelsOf: ChannelsOf): Promise<readonly Notice[]> => {
  const { world, person, message, ownNow } = turn;
  const reach = await readReach(turn);
  const left = await leftFor(turn, reach, channelsOf);
  if (!isPaused(reach, person.id, message.channel)) record(turn, reach, 'ChannelPaused', left);
  const posts = left.length > 0 ? [] : ownNow.filter(isPostId).map((postId) => nameOf(world, postId));
  return [sayThere(turn, left.length > 0 ? 'reply.channelPaused' : 'reply.allPaused', { channels: [message.channel], left, posts })];
};

/** The channel goes on; what has been waiting for an answer meanwhile is named. */
export const resumeChannel = async (turn: Turn, channelsOf: ChannelsOf): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const reach = await readReach(turn);
  const isResumed = isPaused(reach, person.id, message.channel);
  if (isResumed) record(turn, reach, 'ChannelResumed', [...(await leftFor(turn, reach, channelsOf)), message.channel]);
  const lines = (await readOwed(turn)).map((o) => labelOf(world, o, change.now));
  return [sayThere(turn, isResumed ? 'reply.channelResumed' : 'reply.notPaused', { channels: [message.channel], lines })];
};

/** Whoever has stopped all their channels and writes over a new one is reached there: the ladder needn't pass them by. */
export const noticeChannel = async (turn: Turn, channelsOf: ChannelsOf): Promise<void> => {
  const { world, change, person, message } = turn;
  const isNew = isUnreached(world.reach, person.id) && !isPaused(world.reach, person.id, message.channel);
  if (!isNew || change.entries.has(reachId)) return;
  const reach = await readReach(turn);
  if (isUnreached(reach, person.id)) record(turn, reach, 'ChannelResumed', [...(await leftFor(turn, reach, channelsOf)), message.channel]);
};
