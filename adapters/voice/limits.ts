/**
 * What the clouds let one application call. Sources: help.aliyun.com, "IvrCall" (393521) and "API error codes" of the
 * voice service (178344); cloud.tencent.com, "SendTtsVoice" (1128/51558).
 */
export const aliyunLimits = {
  /** To one number, by those who have one qualification and purpose. */
  perRecipient: [
    { count: 1, perMs: 60_000 },
    { count: 5, perMs: 3_600_000 },
    { count: 20, perMs: 86_400_000 },
  ],
  perChannel: [{ count: 100, perMs: 1_000 }],
  placeUnits: 20,
} as const;

export const tencentLimits = {
  /** Ours: the cloud names none for one number, and nobody's telephone shall ring without end. */
  perRecipient: [
    { count: 1, perMs: 60_000 },
    { count: 5, perMs: 3_600_000 },
    { count: 20, perMs: 86_400_000 },
  ],
  perChannel: [{ count: 20, perMs: 1_000 }],
  placeUnits: 60,
} as const;

export const limits = {
  /** Of what is said in one call. Source: cloud.tencent.com, "SendTtsVoice". */
  messageUnits: 350,
  /** How often it is said, and how long a key is waited for each time. */
  timesPlayed: 3,
  keyWithinMs: 5_000,
  /** Ours: messages in one `send`. */
  batchSize: 50,
  /** Ours: calls to the cloud at a time. */
  concurrent: 5,
  /** Ours: a cloud that is silent for this long has failed. */
  timeoutMs: 10_000,
  /** Ours: for a whole batch, of which each call has the time above. */
  batchTimeoutMs: 45_000,
  /** Ours: what is older than this is no callback of theirs. */
  staleAfterMs: 12 * 3_600_000,
  /** Ours: a callback may hold some hundred calls. */
  callbackBytes: 256_000,
  callbackRows: 1_000,
  /** How a call ended is told: that it rang is delivery; nothing of a call is read. */
  receipts: {
    delivered: 'callback',
    read: 'never',
    source: 'help.aliyun.com: VoiceReport (112804); cloud.tencent.com: Voice notification status (1128/51534)',
  },
  /** Ours: a report may overtake the answer to the call itself; the cloud waits 700 ms. */
  overtakenMs: [100, 200],
} as const;
