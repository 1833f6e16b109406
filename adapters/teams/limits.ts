/**
 * What Teams lets one bot do; beyond it, it answers 429 and says when to come back.
 * Source: learn.microsoft.com, "Optimize your bot with rate limiting in Teams".
 */
export const limits = {
  /** Sends to one conversation. */
  perConversation: [
    { count: 7, perMs: 1_000 },
    { count: 60, perMs: 30_000 },
    { count: 1_800, perMs: 3_600_000 },
  ],
  /** Operations of one bot in one tenant. */
  perTenant: { count: 50, perMs: 1_000 },
  /** Messages in one `send`: a second's worth of what the tenant allows. */
  batchSize: 50,
  /** Ours: requests to the connector at a time. */
  concurrent: 10,
  /** Ours: a connector that is silent for this long has failed. */
  timeoutMs: 8_000,
  /**
   * The connector's answer says that Teams has it; read receipts are events of chats that a bot is asked consent for, and
   * are not used. Source: learn.microsoft.com, "Bot Framework REST API reference".
   */
  receipts: { delivered: 'never', read: 'never', source: 'learn.microsoft.com: Bot Connector, Send to Conversation' },
} as const;
