/**
 * What Feishu lets one application do in one company; beyond it, it answers 429 (older interfaces 400) and says when to
 * come back. Sources: open.feishu.cn, "频控策略", "发送消息", "更新应用发送的消息卡片", "批量发送消息", "加急消息",
 * "通过手机号或邮箱获取用户 ID" and "处理卡片回调".
 */
export const limits = {
  /** Messages to one person, or to one group by all its robots. */
  perRecipient: [{ count: 5, perMs: 1_000 }],
  /** Calls of any one interface. */
  perInterface: [
    { count: 50, perMs: 1_000 },
    { count: 1_000, perMs: 60_000 },
  ],
  /** People in one call of the batch interface, whose messages can neither be changed nor made urgent. */
  batchPeople: 200,
  /** Ours: fewer people than this are written to one by one, for the batch interface takes its time. */
  batchFrom: 10,
  /** Numbers in one look into the directory. */
  directoryNumbers: 50,
  /** Bytes of a card as JSON, and of a text. */
  cardBytes: 30_000,
  textBytes: 150_000,
  /** Characters of the id under which Feishu knows a repeated call for an hour. */
  uuidLength: 50,
  /** Feishu waits three seconds for the answer to a press; ours leaves it time to travel. */
  answerWithinMs: 2_400,
  /** Ours: messages in one `send`. */
  batchSize: 200,
  /** Ours: calls at a time. */
  concurrent: 10,
  /** Ours: a platform that is silent for this long has failed. */
  timeoutMs: 5_000,
  /** Ours: for a whole batch, of which each call has the time above. */
  batchTimeoutMs: 45_000,
  /** Ours: callbacks older than this are none. */
  staleAfterMs: 300_000,
  /** Ours: callbacks are small. */
  callbackBytes: 100_000,
  /** Ours: characters of what is shown for a moment after a press. */
  toastLength: 300,
  /**
   * Whoever has opened a message is named in an event, of messages to one person; that one has arrived, by nothing.
   * Source: open.feishu.cn, "消息已读" (im.message.message_read_v1).
   */
  receipts: { delivered: 'never', read: 'callback', source: 'open.feishu.cn: im.message.message_read_v1' },
} as const;
