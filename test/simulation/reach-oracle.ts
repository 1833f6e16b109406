import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { OutgoingMessage } from '../../src/ports/channel.ts';
import { graceMs } from './silence-oracle.ts';
import type { Blame } from './violation.ts';

/** Nobody is asked over a channel that they have stopped, told from the ledger alone. */
export const createReachOracle = (blame: Blame) => {
  const stoppedAt = new Map<string, number>();
  /** Whether nothing was left to somebody, and since when it is so. */
  const leftNothing = new Map<string, { readonly isIt: boolean; readonly at: number }>();
  return {
    told: ({ event, channel, data, at }: LedgerRow): void => {
      if (event !== 'ChannelPaused' && event !== 'ChannelResumed') return;
      const by = data['by'] as string;
      leftNothing.set(by, { isIt: (data['left'] as readonly string[]).length === 0, at });
      const key = `${by} ${channel}`;
      if (event === 'ChannelPaused') stoppedAt.set(key, at);
      else stoppedAt.delete(key);
    },
    /** Whether a step passes somebody by; undefined within the time in which the processes hear of it. */
    isUnreached: (personId: string, now: number): boolean | undefined => {
      const known = leftNothing.get(personId);
      return known !== undefined && now - known.at < graceMs ? undefined : known?.isIt === true;
    },
    /** `lookedAt`: when its job looked whether it is wanted. What was asked for in the chat itself is answered there. */
    leaves: ({ to, asking, isUpdate }: OutgoingMessage, channel: string, lookedAt: number): void => {
      const since = stoppedAt.get(`${to} ${channel}`);
      if (since === undefined || isUpdate || asking === undefined || since > lookedAt - graceMs) return;
      blame(
        '7 who stopped a channel is left alone there',
        `${to} is asked over ${channel}, stopped ${lookedAt - since} ms before, of ${asking.obligationId}`,
      );
    },
  };
};
