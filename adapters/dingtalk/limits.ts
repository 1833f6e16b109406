/**
 * What DingTalk lets one application do in one company of the standard edition; beyond it, it answers 403 and wants a
 * second's pause. Sources: open.dingtalk.com, "服务端API调用频率限制", "批量发送人与机器人会话中机器人消息", "发送DING消息",
 * "自定义机器人接入", "机器人接收消息" and "事件回调".
 */
export const limits = {
  /** Calls of any one interface. */
  perInterface: [{ count: 20, perMs: 1_000 }],
  /** Messages of one robot of a group; whoever sends more is shut out for ten minutes. */
  perGroupRobot: [{ count: 20, perMs: 60_000 }],
  /** Ours: to one person, who is to be asked and not flooded; DingTalk names nobody's limit, only that there is one. */
  perRecipient: [{ count: 20, perMs: 60_000 }],
  /** People in one call: of messages, and of DINGs by text message or call. */
  batchPeople: 20,
  dingPeople: 20,
  /** Ours: bytes of a message, of which DingTalk takes 20,000. */
  textBytes: 15_000,
  /** Ours: buttons of a card. */
  buttons: 6,
  /** DingTalk's hour for a robot's message. */
  robotStaleAfterMs: 3_600_000,
  /** Ours: callbacks older than this are none. */
  staleAfterMs: 300_000,
  /** Ours: callbacks are small. */
  callbackBytes: 64_000,
  /** Ours: messages in one `send`. */
  batchSize: 200,
  /** Ours: calls at a time. */
  concurrent: 5,
  /** Ours: a platform that is silent for this long has failed. */
  timeoutMs: 5_000,
  /** Ours: for a whole batch, of which each call has the time above. */
  batchTimeoutMs: 45_000,
  /** Ours: how often a stream is asked whether it lives, and after how long without a word it does not. */
  streamPingMs: 30_000,
  streamSilenceMs: 90_000,
  /**
   * Whether somebody has read what the robot said is told to whoever asks, by the key that came with its sending; of
   * cards nothing is. Source: open.dingtalk.com, "批量查询人与机器人会话机器人消息是否已读".
   */
  receipts: { delivered: 'never', read: 'query', source: 'open.dingtalk.com: robot/oToMessages/readStatus' },
  /** Ours: when it is asked after the sending, and of how many sendings at most at a time. */
  readAskedAfterMs: [30_000, 120_000, 540_000],
  readAsked: 500,
} as const;
