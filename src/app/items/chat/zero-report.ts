import type { Notice } from '../../../domain/escalation/notice.ts';
import { openVersion } from '../../../domain/items/decide-hand-in.ts';
import type { Item } from '../../../domain/items/item.ts';
import { recurringTexts } from '../../../messages/recurring-texts.ts';
import { reportWords } from '../../../messages/report-chat-texts.ts';
import type { Turn } from '../../acts/speaker.ts';
import { actOnItem } from '../act-on-item.ts';
import type { Board } from '../board.ts';
import { itemContextOf, itemIn } from '../change-item.ts';
import { openDesk } from './find-items.ts';
import { sayItem, sayRefused } from './say-items.ts';

/** The report of a day that a unit owes and has not handed in; a zero report before a daily one, today's before yesterday's. */
const owedReport = (turn: Turn, own: readonly Item[]): Item | undefined => {
  const { kindOf } = itemContextOf(turn.world);
  const isOwed = ({ kind, status }: Item): boolean => {
    const { limit, needsSignOff } = kindOf(kind);
    return limit.type === 'daily' && !needsSignOff && status !== 'submitted' && status !== 'accepted';
  };
  const rank = ({ kind }: Item): number => (kind === 'zeroReport' ? 0 : 1);
  return own.filter(isOwed).toSorted((one, other) => rank(one) - rank(other) || other.handedOverAt - one.handedOverAt)[0];
};

/**
 * `零报告` of a unit: what it owes for the day is received, put into words and handed in with one word, for there is
 * nothing to look at in it. Undefined where it owes none.
 */
export const hearZeroReport = async (turn: Turn, board: Board): Promise<readonly Notice[] | undefined> => {
  const { world, change, person, message } = turn;
  if (message.isGroup || !reportWords.zero.test(message.text ?? '')) return undefined;
  const owed = owedReport(turn, (await openDesk(board, turn)).own);
  if (!owed) return undefined;
  const by = { personId: person.id, channel: message.channel };
  await actOnItem(world, change, owed.id, { type: 'receive', ...by });
  const drafted = await actOnItem(world, change, owed.id, { type: 'draft', outcome: 'done', text: recurringTexts.zero, files: [], ...by });
  if (drafted.refusal !== undefined) return [sayRefused(turn, drafted.refusal, owed.id)];
  const versionNo = openVersion(itemIn(change, owed.id) ?? owed)?.no;
  const handedIn = await actOnItem(world, change, owed.id, { type: 'submit', ...by, ...(versionNo === undefined ? {} : { versionNo }) });
  return [handedIn.refusal === undefined ? sayItem(turn, owed.id, 'ItemSubmitted') : sayRefused(turn, handedIn.refusal, owed.id)];
};
