import type { Notice } from '../domain/escalation/notice.ts';

/** Notices that one commit decided, or that were held for one recipient. */
export type OutboxEntry = {
  readonly entryId: string;
  readonly notices: readonly Notice[];
  /** The recipient of a bundle: everything in it becomes one message. */
  readonly bundledFor?: string;
};

/** The stream between a decision and its delivery. */
export type Outbox = {
  /** The next entries, oldest first; what a dead consumer left comes back. */
  take(consumer: string, limit: number, blockMs: number): Promise<readonly OutboxEntry[]>;
  /** They are in the delivery queue as these jobs: they may be forgotten here, where the jobs are really there. */
  done(entryIds: readonly string[], jobIds?: readonly string[]): Promise<void>;
};

export type DeliveryJob = {
  readonly id: string;
  readonly notices: readonly Notice[];
  readonly bundledFor?: string;
  /** How often a platform has asked to wait with it. */
  readonly heldTimes?: number;
};

export type DeliveryQueue = {
  /** The same id twice is one job. */
  add(jobs: readonly DeliveryJob[], delayMs?: number): Promise<void>;
};
