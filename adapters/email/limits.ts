/**
 * Mail servers don't publish what they take from one sender, and what is too much makes a sender look like a sender of
 * advertisement: all of these are ours.
 */
export const limits = {
  perRecipient: [
    { count: 6, perMs: 60_000 },
    { count: 60, perMs: 3_600_000 },
  ],
  /** Batches. */
  perChannel: [{ count: 120, perMs: 60_000 }],
  batchSize: 25,
  /** Connections to the server at a time, each kept for so many mails. */
  connections: 4,
  mailsPerConnection: 100,
  connectMs: 8_000,
  /** A server that says nothing for so long amid a mail has failed. */
  silentMs: 15_000,
  batchTimeoutMs: 28_000,
  /** Characters of a subject: what phones show of it. */
  subjectLength: 70,
  /** A server that puts a mail off wants it back later; most of those that greylist take it after five minutes. */
  retryAfterMs: 60_000,
  /** A server that takes a mail has it, and reports by a mail of its own that nobody reads here. Source: RFC 5321, 6.1. */
  receipts: { delivered: 'never', read: 'never', source: 'RFC 5321' },
} as const;
