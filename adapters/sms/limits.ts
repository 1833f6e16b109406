import { unitsOfParts } from '../bot/registered-template.ts';

/**
 * What the clouds let one application send. More to one number is refused, or dropped by a carrier, so it is counted on
 * our side. Sources: help.aliyun.com, "SMS sending frequency" (44345), "SendBatchSms" (419274) and "Template variables"
 * (463161); cloud.tencent.com, "Frequency limits" (382/13301) and "SendSms" (382/55981).
 */
export const aliyunLimits = {
  perNumber: [
    /** One-time codes. */
    {
      by: 'code',
      rules: [
        { count: 1, perMs: 60_000 },
        { count: 5, perMs: 3_600_000 },
        { count: 10, perMs: 86_400_000 },
      ],
    },
    /** Notices of one template. */
    { by: 'template', rules: [{ count: 50, perMs: 86_400_000 }] },
    /** Everything. */
    { by: 'number', rules: [{ count: 40, perMs: 86_400_000 }] },
  ],
  /** Calls by one account. */
  perChannel: [{ count: 5_000, perMs: 1_000 }],
  /** Numbers in one call that says something else to each. */
  numbersPerCall: 100,
  /** Of one variable of a notice's template. */
  placeUnits: 35,
} as const;

/** As the console has them unless they were changed. */
export const tencentLimits = {
  perNumber: [
    { by: 'content', rules: [{ count: 1, perMs: 30_000 }] },
    {
      by: 'number',
      rules: [
        { count: 5, perMs: 3_600_000 },
        { count: 10, perMs: 86_400_000 },
      ],
    },
  ],
  /** Calls by one account. */
  perChannel: [{ count: 3_000, perMs: 1_000 }],
  /** Numbers in one call, to which it says the same. */
  numbersPerCall: 200,
  placeUnits: 60,
} as const;

export const limits = {
  /** Ours: no more than two text messages each. */
  messageUnits: unitsOfParts(2),
  /** Ours: whoever would have to wait longer is written to elsewhere. */
  longWaitMs: 60_000,
  /** Ours: messages in one `send`. */
  batchSize: 500,
  /** Ours: calls at a time. */
  concurrent: 5,
  /** Ours: a cloud that is silent for this long has failed. */
  timeoutMs: 10_000,
  /** Ours: for a whole batch, of which each call has the time above. */
  batchTimeoutMs: 45_000,
  /** The clouds repeat what was not taken for at most six hours; what is older than this is none of theirs. */
  staleAfterMs: 12 * 3_600_000,
  /** Ours: a callback may hold some hundred reports. */
  callbackBytes: 256_000,
  /** Ours: rows of one callback. */
  callbackRows: 1_000,
  /** Carriers report whether a message is on the phone, never whether somebody looked at it. */
  receipts: {
    delivered: 'callback',
    read: 'never',
    source: 'help.aliyun.com: SmsReport (101867); cloud.tencent.com: SMS status (382/5807)',
  },
} as const;
