import type { ErrorKind } from '../domain/channels/error-kind.ts';
import type { SendResult } from './channel.ts';

export type BreakerState = 'closed' | 'open' | 'halfOpen';

/** What all instances have seen of a channel together. */
export type ChannelFigures = {
  /** Messages in the window, and what became of the others. */
  readonly sent: number;
  readonly errors: readonly { readonly kind: ErrorKind; readonly code: string; readonly count: number }[];
  /** Of calls that were made, real ms, to a tenth; absent where there were none. */
  readonly latency?: { readonly p50Ms: number; readonly p95Ms: number };
  /** Requests of the platform in the window: `taken`, or why they were refused. */
  readonly received: { readonly [what: string]: number };
  /** Campaign time, epoch ms. */
  readonly lastSentAt?: number;
  readonly lastFailedAt?: number;
  readonly lastCode?: string;
  /** Of every instance that has one, by state. */
  readonly breakers: { readonly [state in BreakerState]: number };
};

export type ChannelMeter = {
  /** What became of one `send` that took so long, real ms. */
  sent(channel: string, results: readonly SendResult[], tookMs: number): void;
  received(channel: string, what: string): void;
  breaker(channel: string, state: BreakerState): void;
  /** Over the last minutes of real time; `windowMs` says how many. */
  read(channel: string): Promise<ChannelFigures>;
  readonly windowMs: number;
};
