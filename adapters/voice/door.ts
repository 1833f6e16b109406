import type { Clock } from '../../src/ports/clock.ts';
import type { Dispatch, Dispatches } from '../../src/ports/dispatches.ts';
import type { Inbox } from '../../src/ports/inbox.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Receipt } from '../../src/ports/receipts.ts';
import { type CallbackDoorSettings, createCallbackDoor } from '../bot/callback-door.ts';
import { type Door, Refused } from '../bot/webhook-door.ts';
import { type FromCall, readAliyun, readTencent } from './inbound.ts';
import { limits } from './limits.ts';

export type VoiceDoorDeps = CallbackDoorSettings & {
  readonly channel: 'aliyunVoice' | 'tencentVoice';
  /** Who speaks at a telephone: a person who is not disabled, or whoever stands the post whose landline it is. */
  readonly speakerAt: (to: string) => string | undefined;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly dispatches: Pick<Dispatches, 'find' | 'isReported' | 'markReported'>;
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  readonly count: (channel: string, what: string) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Real time, epoch ms: the clouds' stamps are. */
  readonly realNow: () => number;
  /** Real ms. */
  readonly pause?: (ms: number) => Promise<void>;
};

const platforms = {
  aliyunVoice: { path: '/channels/aliyun-voice', read: readAliyun, answer: { code: 0, msg: 'OK' } },
  tencentVoice: { path: '/channels/tencent-voice', read: readTencent, answer: { result: 0, errmsg: 'OK' } },
} as const;

const pauseFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** What a cloud says of calls: a key is in the inbox, and how a call ended is recorded, before it hears 200. */
export const createVoiceDoor = (deps: VoiceDoorDeps): Door => {
  const { channel, speakerAt, inbox, dispatches, receive, count, clock, log, realNow, pause = pauseFor } = deps;
  const { path, read, answer } = platforms[channel];

  /** A report may come before the answer to the call has been taken in: one short wait for all that are not known yet. */
  const findAll = async (callIds: readonly string[]): Promise<ReadonlyMap<string, Dispatch>> => {
    const known = new Map<string, Dispatch>();
    for (const ms of [0, ...limits.overtakenMs]) {
      const missing = [...new Set(callIds)].filter((callId) => !known.has(callId));
      if (missing.length === 0) break;
      if (ms > 0) await pause(ms);
      const found = await Promise.all(missing.map((callId) => dispatches.find(channel, callId)));
      for (const [index, dispatch] of found.entries()) if (dispatch) known.set(missing[index]!, dispatch);
    }
    return known;
  };

  const takeKey = async (said: Extract<FromCall, { readonly kind: 'key' }>, { to, keys = {} }: Dispatch): Promise<void> => {
    const value = keys[said.key];
    if (value === undefined) return;
    const personId = speakerAt(to);
    if (personId === undefined) {
      count(channel, 'stranger');
      log.warn({ channel, to }, 'a key was pressed at a telephone where nobody is known to be');
      return;
    }
    const phone = to.startsWith('l:') ? 'landline' : 'mobile';
    const message = {
      id: `${channel}/${said.callId}/${said.key}`,
      channel,
      conversation: to,
      isGroup: false,
      from: personId,
      value,
      phone,
    } as const;
    await inbox.put({ ...message, receivedAt: clock.now() });
  };

  const take = async (said: FromCall, dispatch: Dispatch | undefined): Promise<void> => {
    // calls of somebody else with the same account
    if (!dispatch) return count(channel, 'unknown');
    if (said.kind === 'key') return takeKey(said, dispatch);
    const reportId = `${said.callId}/${said.report}`;
    if (await dispatches.isReported(channel, reportId)) return;
    const { to, about } = dispatch;
    const outcome =
      said.kind === 'failed' ? ({ status: 'failed', code: said.code } as const) : ({ status: 'rang', result: said.result } as const);
    await receive([{ to, about, channel, outcome }]);
    await dispatches.markReported(channel, reportId);
  };

  const isStale = ({ at }: FromCall): boolean => at !== undefined && Math.abs(realNow() - at) > limits.staleAfterMs;

  return createCallbackDoor({
    ...deps,
    name: channel,
    path,
    answer,
    maxBytes: limits.callbackBytes,
    hear: async (json) => {
      const said = read(json);
      const fresh = said.filter((one) => !isStale(one));
      if (said.length > 0 && fresh.length === 0) throw new Refused('stale');
      const known = await findAll(fresh.map(({ callId }) => callId));
      for (const one of fresh) await take(one, known.get(one.callId));
    },
  });
};
