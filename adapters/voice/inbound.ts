import { z } from 'zod';
import type { CallResult } from '../../src/domain/escalation/obligation.ts';
import { Refused } from '../bot/webhook-door.ts';
import { limits } from './limits.ts';

/**
 * What the clouds say of calls: keys, and how each ended. Sources: help.aliyun.com, "VoiceReport", "VoiceCallReport"
 * and "Call status codes" (112804, 55085); cloud.tencent.com, "Voice notification status" (1128/51534), "… key"
 * (216/37726), "… failure" (1128/51536) and "VMS error codes" (1128/37531).
 */

export type FromCall = {
  /** As the gateway named the call. */
  readonly callId: string;
  /** Tells the reports of one call apart. */
  readonly report: string;
  readonly at: number | undefined;
} & (
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'ended'; readonly result: CallResult }
  | { readonly kind: 'failed'; readonly code: string }
);

const id = z.string().min(1).max(200);
const short = z.string().max(200);
const code = z.union([short, z.number().transform(String)]);

const FromAliyun = z
  .array(
    z.object({
      call_id: id,
      status_code: code,
      /** When the telephone began to ring; empty where it did not. Only in what comes at the end. */
      ring_time: short.nullish(),
      end_time: short.nullish(),
      originate_time: short.nullish(),
      status_time: short.nullish(),
      dtmf: short.nullish(),
    }),
  )
  .max(limits.callbackRows);

const Call = z.object({ callid: id });
const FromTencent = z.union([
  z.object({ voicekey_callback: Call.extend({ keypress: short }) }),
  z.object({ voiceprompt_callback: Call.extend({ result: code, end_calltime: short.nullish() }) }),
  z.object({ voice_failure_callback: Call.extend({ failure_code: code }) }),
  // of codes that are read aloud, which nobody here sends
  z.object({ voicecode_callback: Call }).transform(() => ({ other: true as const })),
]);

const read = <S extends z.ZodType>(shape: S, json: unknown): z.output<S> => {
  const parsed = shape.safeParse(json);
  if (!parsed.success) throw new Refused('malformed');
  return parsed.data;
};

/** The time of Beijing, which the cloud writes without saying so. */
const readTime = (written: string | null | undefined): number | undefined => {
  const at = Date.parse(`${(written ?? '').replace(' ', 'T')}+08:00`);
  return Number.isNaN(at) ? undefined : at;
};

/** Only what is known to have rung, or to have been engaged, has reached anybody. */
const resultOfAliyun: { readonly [status: string]: CallResult } = {
  200_000: 'pickedUp',
  200_001: 'pickedUp',
  200_008: 'pickedUp',
  200_002: 'busy',
  200_112: 'busy',
  200_003: 'noAnswer',
  200_113: 'noAnswer',
  200_111: 'hungUp',
  200_004: 'invalidNumber',
  200_116: 'invalidNumber',
};
const failureOfAliyun: { readonly [status: string]: string } = {
  200_005: 'unreachable',
  200_007: 'outOfArea',
  200_010: 'poweredOff',
  200_011: 'suspended',
  200_121: 'tooManyCalls',
};
/** Between the beginning and the end: begun, rings, picked up, over, a key. */
const onTheWay: ReadonlySet<string> = new Set(['200101', '200201', '200102', '200103', '200100', '300000']);

/** People may press more than once: the first key is what they meant. */
const firstKey = (keys: string | null | undefined): string | undefined => /[\d*#]/.exec(keys ?? '')?.[0];

/** Throws `Refused` for what is none of theirs. */
export const readAliyun = (json: unknown): readonly FromCall[] =>
  read(FromAliyun, json).flatMap(({ call_id: callId, status_code: status, ring_time, end_time, originate_time, status_time, dtmf }) => {
    const at = readTime(end_time) ?? readTime(status_time) ?? readTime(originate_time);
    const key = firstKey(dtmf);
    const pressed: readonly FromCall[] = key === undefined ? [] : [{ kind: 'key', callId, report: `key.${key}`, at, key }];
    if (onTheWay.has(status)) return pressed;
    const about = { callId, report: 'end', at };
    const isTurnedAway = status === '200005' && (ring_time ?? '') !== '';
    const result = isTurnedAway ? 'hungUp' : resultOfAliyun[status];
    const ended: FromCall =
      result === undefined ? { ...about, kind: 'failed', code: failureOfAliyun[status] ?? status } : { ...about, kind: 'ended', result };
    return [...pressed, ended];
  });

const resultOfTencent: { readonly [failure: string]: CallResult } = {
  2: 'busy',
  5: 'noAnswer',
  8: 'invalidNumber',
  10: 'busy',
  15: 'invalidNumber',
  20: 'noAnswer',
};
const failureOfTencent: { readonly [failure: string]: string } = {
  1: 'poweredOff',
  3: 'outOfArea',
  6: 'unreachable',
  7: 'suspended',
  13: 'suspended',
};

/** Throws `Refused` for what is none of theirs. That nobody picked up says not that it rang: the reason comes by itself. */
export const readTencent = (json: unknown): readonly FromCall[] => {
  const said = read(FromTencent, json);
  if ('voicekey_callback' in said) {
    const { callid: callId, keypress } = said.voicekey_callback;
    const key = firstKey(keypress);
    return key === undefined ? [] : [{ kind: 'key', callId, report: `key.${key}`, at: undefined, key }];
  }
  if ('voiceprompt_callback' in said) {
    const { callid: callId, result, end_calltime } = said.voiceprompt_callback;
    const seconds = Number(end_calltime ?? Number.NaN);
    const about = { callId, report: 'status', at: seconds > 0 ? seconds * 1_000 : undefined };
    if (result === '0') return [{ ...about, kind: 'ended', result: 'pickedUp' }];
    return [{ ...about, kind: 'failed', code: result === '1' ? 'notPickedUp' : 'callFailed' }];
  }
  if ('other' in said) return [];
  const { callid: callId, failure_code: failure } = said.voice_failure_callback;
  const about = { callId, report: 'failure', at: undefined };
  const result = resultOfTencent[failure];
  if (result !== undefined) return [{ ...about, kind: 'ended', result }];
  return [{ ...about, kind: 'failed', code: failureOfTencent[failure] ?? `failure ${failure}` }];
};
