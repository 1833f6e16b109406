export const limits = {
  /** A subscriber that says nothing for so long has not taken it. */
  timeoutMs: 10_000,
  /** Of its answer, which nobody reads. */
  answerBytes: 64 * 1024,
  /** Within which of its own clock a subscriber should take a message; ours to say, theirs to hold. */
  toleranceS: 300,
} as const;
