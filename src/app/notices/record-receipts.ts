import type { Command } from '../../domain/escalation/decide.ts';
import type { Receipt } from '../../ports/receipts.ts';
import type { World } from '../world.ts';
import { recordNews } from './record-news.ts';

const commandOf = ({ to, channel, outcome }: Receipt, stepNo: number): Command => {
  switch (outcome.status) {
    case 'delivered':
      return { type: 'deliver', personId: to, channel };
    case 'read':
      return { type: 'read', personId: to, channel, stepNo };
    case 'failed':
      return { type: 'fail', to, channel, code: outcome.code, stepNo };
    case 'rang':
      return { type: 'rang', to, result: outcome.result, channel };
  }
};

/** What carriers report of messages and calls, put to what they were about; recorded when it resolves. Rejects with ZG_STORE_AWAY. */
export const recordReceipts = (world: World, receipts: readonly Receipt[]): Promise<void> =>
  recordNews(
    world,
    receipts.flatMap((receipt) => receipt.about.map(({ obligationId, stepNo }) => ({ obligationId, command: commandOf(receipt, stepNo) }))),
  );
