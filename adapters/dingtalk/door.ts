import { hash, randomBytes } from 'node:crypto';
import { type EnvelopeKey, sealEnvelope, sortedSignature } from '../bot/envelope.ts';
import { type Answer, type Door, type RawRequest, Refused } from '../bot/webhook-door.ts';
import type { HearDingtalk } from './ear.ts';
import { channelName, readCallback, readEncrypted, readJson, readPress, readRobotMessage } from './inbound.ts';
import { limits } from './limits.ts';
import { verifyCallback, verifyCard, verifyRobot } from './verify.ts';

export type DingtalkDoorDeps = {
  readonly hear: HearDingtalk;
  readonly robotCode: string;
  readonly clientSecret: string;
  /** Of the address that is registered for cards; without it none come so. */
  readonly cardSecret?: string;
  /** Of encrypted callbacks; without them none are taken. */
  readonly callback?: { readonly token: string; readonly key: EnvelopeKey };
  /**
   * Signatures of robots and cards say nothing of the body: each holds for the first that came with it. False: this is
   * another.
   */
  readonly isBoundTo: (signature: string, bodyDigest: string) => Promise<boolean>;
  /** Real time, epoch ms: the platform's stamps are. */
  readonly realNow: () => number;
};

const json = (body: object): Answer => ({ status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(body) });
const digestOf = (body: Buffer): string => hash('sha256', body, 'base64url');

/**
 * DingTalk's callbacks over HTTP, all at one address: messages to the robot, presses on cards, and encrypted events,
 * among them its question whether the address is ours. Whatever is taken is in the inbox before it hears 200.
 */
export const createDingtalkDoor = (deps: DingtalkDoorDeps): Door => {
  const { hear, robotCode, clientSecret, cardSecret, callback, isBoundTo, realNow } = deps;

  const bind = async (signature: string, body: Buffer): Promise<void> => {
    if (!(await isBoundTo(signature, digestOf(body)))) throw new Refused('replayed');
  };

  const takeRobot = async ({ headers, body }: RawRequest): Promise<Answer> => {
    const { timestamp, sign } = headers;
    verifyRobot({ timestamp, sign }, { appSecret: clientSecret, staleAfterMs: limits.robotStaleAfterMs }, realNow());
    const said = readRobotMessage(readJson(body.toString('utf8')), robotCode);
    await bind(`robot:${sign}`, body);
    await hear(said, '');
    return json({});
  };

  const takeCard = async ({ headers, body }: RawRequest, secret: string): Promise<Answer> => {
    const signed = { timestamp: headers['x-ddpaas-signature-timestamp'], signature: headers['x-ddpaas-signature'] };
    verifyCard(signed, { secret, staleAfterMs: limits.staleAfterMs }, realNow());
    const said = readPress(readJson(body.toString('utf8')));
    await bind(`card:${signed.signature}`, body);
    await hear(said, `${signed.timestamp}.${digestOf(body)}`);
    return json({});
  };

  /** It wants its answer encrypted too. */
  const seal = (text: string, { token, key }: NonNullable<DingtalkDoorDeps['callback']>): Answer => {
    const encrypt = sealEnvelope(text, key, randomBytes(16));
    const [timeStamp, nonce] = [String(realNow()), randomBytes(8).toString('hex')];
    return json({ msg_signature: sortedSignature(token, timeStamp, nonce, encrypt), timeStamp, nonce, encrypt });
  };

  const takeEncrypted = async ({ query, body }: RawRequest, rules: NonNullable<DingtalkDoorDeps['callback']>): Promise<Answer> => {
    const { timestamp, nonce } = query;
    const signature = query['msg_signature'] ?? query['signature'];
    const encrypted = readEncrypted(body);
    const text = verifyCallback({ timestamp, nonce, signature, encrypted }, { ...rules, staleAfterMs: limits.staleAfterMs }, realNow());
    await hear(readCallback(readJson(text)), `${timestamp}.${nonce}`);
    return seal('success', rules);
  };

  return {
    name: channelName,
    path: '/channels/dingtalk',
    methods: ['POST'],
    maxBytes: limits.callbackBytes,
    handle: async (request) => {
      const { headers, query } = request;
      if (cardSecret !== undefined && headers['x-ddpaas-signature'] !== undefined) return takeCard(request, cardSecret);
      if (callback !== undefined && (query['signature'] ?? query['msg_signature']) !== undefined) return takeEncrypted(request, callback);
      return takeRobot(request);
    },
  };
};
