/** Epoch ms of the campaign's clock: Redis time in production, scaled in a demo, moved by hand in tests. */
export type Clock = { now(): number };
