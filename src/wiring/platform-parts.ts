import type { RunTurn } from '../../adapters/bot/turn-runner.ts';
import type { Door, TakeDeps } from '../../adapters/bot/webhook-door.ts';
import type { Pulse } from '../../adapters/bot/pulse.ts';
import type { GuardRules, Quota } from '../../adapters/guard/guard-channel.ts';
import type { AnswerLinks } from '../app/notices/answer-links.ts';
import type { Bindings } from '../ports/bindings.ts';
import type { Card, Channel } from '../ports/channel.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Log } from '../ports/log.ts';
import type { Notice } from '../ports/notice.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { SharedTokens } from '../ports/shared-tokens.ts';
import type { PhoneParts } from './phone-parts.ts';

/** Failures in a row after which a platform is left alone, and for how long; ours. */
export const breaker = { breakAfter: 3, halfOpenAfterMs: 15_000 };

/** What every platform is put together from. */
export type PlatformParts = {
  readonly bindings: Bindings;
  readonly conversations: Conversations;
  readonly limits: RateLimits;
  readonly tokens: SharedTokens;
  readonly mobileOf: (personId: string) => string | undefined;
  /** The address on file, likewise. */
  readonly emailOf: (personId: string) => string | undefined;
  /** `quotas`: limits that the channel counts by itself, for those who want to know what is left of them. */
  readonly guard: (
    channel: Channel,
    rules: Omit<GuardRules, keyof typeof breaker>,
    more?: { readonly pulse?: Pick<Pulse, 'silentForMs' | 'unheard'>; readonly quotas?: readonly Quota[] },
  ) => Channel;
  /** What a door needs; how strangers are answered is the platform's own. */
  readonly taking: (sayToAccount: TakeDeps['sayToAccount']) => TakeDeps;
  readonly runTurn: RunTurn;
  readonly log: Log;
  /** What came in, and whether it was taken. */
  readonly count: (channel: string, what: string) => void;
  readonly phones: PhoneParts;
  /** Links by which people answer in a message's place. */
  readonly answerLinks: (channel: string) => AnswerLinks;
  /** A reply as it is shown in answer to a press. */
  readonly render: (notice: Notice) => Promise<{ readonly text: string; readonly card?: Card }>;
};

export type OpenedPlatform = {
  readonly channels: readonly Channel[];
  readonly doors: readonly Door[];
  /** A connection that brings what people say, opened once everything else runs. */
  readonly listen?: () => Promise<{ readonly stop: () => void }>;
};
