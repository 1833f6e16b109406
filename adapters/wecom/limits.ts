/**
 * What WeCom lets one application do. What is over the limit of a member is dropped without a word, so it is counted on
 * our side. Source: developer.work.weixin.qq.com, "访问频率限制" and "发送应用消息".
 */
export const limits = {
  /** Messages of one application to one member. */
  perRecipient: [
    { count: 30, perMs: 60_000 },
    { count: 1_000, perMs: 3_600_000 },
  ],
  /** Calls of one interface by one company. */
  perInterface: [
    { count: 10_000, perMs: 60_000 },
    { count: 150_000, perMs: 3_600_000 },
  ],
  /** Messages of one group robot. */
  perRobot: [{ count: 20, perMs: 60_000 }],
  /** Members in one call. */
  batchSize: 1_000,
  /** Bytes of a text in UTF-8; what is longer is cut by the platform. */
  textBytes: 2_048,
  buttons: 6,
  facts: 6,
  /** Bytes of a button's key. */
  keyBytes: 1_024,
  /** Ours: seconds in which the same words are one message, of which WeCom allows up to 14,400; all our tries are over by then. */
  sameWithinS: 180,
  /** Ours: calls at a time. */
  concurrent: 10,
  /** Ours: a platform that is silent for this long has failed. */
  timeoutMs: 5_000,
  /** Ours: for a whole batch, of which each call has the time above. */
  batchTimeoutMs: 45_000,
  /** Ours: callbacks older than this are none. */
  staleAfterMs: 300_000,
  /** Ours: callbacks are small. */
  callbackBytes: 64_000,
  /**
   * Neither is told of an application's messages: the answer names who cannot get one, and no more.
   * Source: developer.work.weixin.qq.com, "发送应用消息".
   */
  receipts: { delivered: 'never', read: 'never', source: 'developer.work.weixin.qq.com: message/send' },
} as const;
