import type { ChannelHealth } from '../data/types.ts';

/** Channels as `/api/set-up/channels` tells them. */

export type Variable = { readonly name: string; readonly isSet: boolean };

export type SetUpChannel = {
  readonly channel: string;
  readonly isInUse: boolean;
  readonly health: ChannelHealth | null;
  readonly vias: readonly string[];
  readonly canReachGroups: boolean;
  readonly needs: readonly Variable[];
  readonly others: readonly Variable[];
  readonly reached: {
    readonly by: 'account' | 'file';
    readonly count: number;
    readonly of: number;
    readonly missing: readonly { readonly id: string; readonly name: string }[];
  } | null;
};

export type SetUpChannels = { readonly windowMinutes: number; readonly items: readonly SetUpChannel[] };

/** What came of one message to try a channel. */
export type Answer = { readonly result: string; readonly person: string; readonly code?: string };

/** A system that hears of events, as `/api/webhooks` tells it. */
export type Webhook = {
  readonly name: string;
  readonly host: string;
  readonly events: 'all' | readonly string[];
  readonly state: 'new' | 'working' | 'failing';
  readonly behind: number;
  readonly failures: number;
  readonly lastCode: string | null;
  readonly lastTakenAt: string | null;
  readonly nextTryAt: string | null;
};

export type Tested = { readonly name: string; readonly result: string; readonly code?: string };
