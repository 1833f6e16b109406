import { approve, extend, moveOuter, reject, setLongTerm } from './decide-dates.ts';
import { accept, check, draft, returnItem, sign, submit } from './decide-hand-in.ts';
import { close, followUp, receive, report, urge, withdrawItem } from './decide-life.ts';
import { finishSubtask, reassign, split } from './decide-plan.ts';
import type { ItemCommand } from './item-command.ts';
import { refuseItem, type ItemContext, type ItemOutcome } from './item-outcome.ts';
import { isItemEnded, type Item } from './item.ts';

/** What an act on an item comes to: what happened, or why nothing did. */
export const decideItem = (item: Item | undefined, command: ItemCommand, context: ItemContext, now: number): ItemOutcome => {
  if (!item) return refuseItem('unknownItem');
  if (isItemEnded(item)) return refuseItem('ended');
  switch (command.type) {
    case 'receive':
      return receive(item, command, context, now);
    case 'split':
      return split(item, command, context, now);
    case 'finishSubtask':
      return finishSubtask(item, command, context, now);
    case 'reassign':
      return reassign(item, command, context, now);
    case 'report':
      return report(item, command, context, now);
    case 'draft':
      return draft(item, command, context, now);
    case 'check':
      return check(item, command, context, now);
    case 'sign':
      return sign(item, command, context, now);
    case 'submit':
      return submit(item, command, context, now);
    case 'accept':
      return accept(item, command, context, now);
    case 'return':
      return returnItem(item, command, context, now);
    case 'close':
      return close(item, command, context, now);
    case 'followUp':
      return followUp(item, command, context, now);
    case 'extend':
      return extend(item, command, context, now);
    case 'approve':
      return approve(item, command, context, now);
    case 'reject':
      return reject(item, command, context, now);
    case 'moveOuter':
      return moveOuter(item, command, context, now);
    case 'longTerm':
      return setLongTerm(item, command, context, now);
    case 'urge':
      return urge(item, command, context, now);
    case 'withdrawItem':
      return withdrawItem(item, command, context, now);
  }
};
