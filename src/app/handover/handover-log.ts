import type { Understood } from '../../domain/command/intent.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Handover } from '../../domain/handover/handover.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { handoverTextsFor } from '../../messages/handover-texts.ts';
import { reply, type Turn } from '../acts/speaker.ts';
import { unitsOfPerson } from '../roster/answer-query.ts';
import { readHandovers } from './read-handovers.ts';
import { summaryOf } from './say-handover.ts';

export type HandoverFilter = {
  /** Without it, every post. */
  readonly postIds?: ReadonlySet<string>;
  /** Boundaries from `fromAt` (inclusive) to `toAt` (exclusive), epoch ms. */
  readonly fromAt?: number;
  readonly toAt?: number;
};

export const matching = (handovers: readonly Handover[], { postIds, fromAt, toAt }: HandoverFilter): readonly Handover[] =>
  handovers.filter(
    ({ postId, at }) =>
      (postIds === undefined || postIds.has(postId)) && (fromAt === undefined || at >= fromAt) && (toAt === undefined || at < toAt),
  );

/** Lines of one answer; the whole log is on the command line and over HTTP. */
const mostLines = 20;

/** The log in chat: of the units that are named, or else of the speaker's own, of all for the office; the newest last. */
export const sayHandoverLog = async (turn: Turn, said: Understood): Promise<readonly Notice[]> => {
  const { world, person, change, message } = turn;
  const named = (said.units ?? []).map(({ id }) => id);
  const isAll = named.length === 0 && isOffice(world.directory, person.id, change.now);
  const units = new Set(named.length > 0 ? named : unitsOfPerson(world.directory, person.id, change.now));
  const postIds = new Set(world.directory.roster.posts.filter(({ unitId }) => isAll || units.has(unitId)).map(({ id }) => id));
  const { fromAt, toAt } = said;
  const found = matching(await readHandovers(world.store), {
    postIds,
    ...(fromAt === undefined ? {} : { fromAt }),
    ...(toAt === undefined ? {} : { toAt }),
  });
  const lines = found.slice(-mostLines).map((one) => summaryOf(world, one, message.locale));
  return [reply(turn, 'reply.handoverLog', { lines: lines.length > 0 ? lines : [handoverTextsFor(message.locale).noLog] })];
};
