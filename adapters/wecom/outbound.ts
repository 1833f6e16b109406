import type { Bindings } from '../../src/ports/bindings.ts';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import { toUnanswered } from '../bot/failures.ts';
import { inTurns } from '../bot/in-turns.ts';
import { WecomError, type WecomApi } from './api.ts';
import { channelName } from './inbound.ts';
import { limits } from './limits.ts';
import { toChangedCard, toContent, toText } from './render.ts';

/**
 * 企业微信, and 山东通, which is WeCom on a government's own machines: another base address, perhaps with a port, a path
 * and a certificate of its own. Messages go to members through one application, as a card with buttons where there is
 * something to press; the office's group hears through a robot. Cards can be changed for 72 hours with a code that
 * works once and comes with the message and with each press.
 */

export type WecomChannelDeps = {
  readonly api: WecomApi;
  readonly agentId: number;
  readonly bindings: Pick<Bindings, 'accountsOf' | 'bindByDirectory'>;
  /** The number on file; undefined for everybody disabled. */
  readonly mobileOf: (personId: string) => string | undefined;
  /** Of the robot in the office's group, where there is one. */
  readonly robotKey?: string;
  /** Real time, epoch ms. */
  readonly now?: () => number;
};

export const sendPath = '/cgi-bin/message/send';
const group = 'g:office';
/** Somebody who is not in the directory is looked for again after this. */
const unknownForMs = 3_600_000;
/** Codes of WeCom that another attempt may end otherwise: busy, too often, too many at once. */
const passing: ReadonlySet<number> = new Set([-1, 45_009, 45_033, 45_011, 50_001, 6_000]);
/** No member has this number, or none whom the application may see. */
const notInDirectory: ReadonlySet<number> = new Set([46_004, 60_111, 60_011, 40_003]);

const toFailure = (error: unknown): SendResult => {
  if (!(error instanceof WecomError)) return toUnanswered(error);
  return { status: passing.has(error.errcode) ? 'transient' : 'permanent', code: String(error.errcode) };
};

type Content = ReturnType<typeof toContent>;

/** Said of a card's own content, and so also where the id of its task was used before. */
const badContent = '40058';
const mostRemembered = 10_000;

/**
 * WeCom takes a text once that comes again with the same words, but refuses a card that does: whose first call was not
 * answered, and whose repetition is refused for its content, has it.
 */
const rememberUnanswered = () => {
  const taskIds = new Set<string>();
  const taskIdIn = (content: Content): string | undefined => {
    const { task_id: id } = (content['template_card'] ?? {}) as { readonly task_id?: string };
    return id;
  };
  return {
    read: (content: Content, failure: SendResult): SendResult => {
      const id = taskIdIn(content);
      if (failure.status === 'transient' && failure.isTransport) {
        if (id !== undefined) taskIds.add(id);
        for (const oldest of taskIds) {
          if (taskIds.size <= mostRemembered) break;
          taskIds.delete(oldest);
        }
        return { ...failure, mayAskAgain: true };
      }
      if (failure.status === 'permanent' && failure.code === badContent && id !== undefined && taskIds.delete(id))
        return { status: 'sent', isDelivered: false };
      return failure;
    },
  };
};

type Addressed = { readonly index: number; readonly message: OutgoingMessage; readonly account: string };

/** Whatever says the same to several goes out in one call; what may have to be changed later, by itself: its code works once. */
const toCalls = (
  addressed: readonly Addressed[],
): readonly { readonly content: ReturnType<typeof toContent>; readonly to: readonly Addressed[] }[] => {
  const groups = Map.groupBy(addressed, (one) => {
    const content = toContent(one.message);
    return content.msgtype === 'text' ? JSON.stringify(content) : `${one.index}`;
  });
  return [...groups.values()].flatMap((members) => {
    const calls = [];
    for (let from = 0; from < members.length; from += limits.batchSize)
      calls.push({ content: toContent(members[0]!.message), to: members.slice(from, from + limits.batchSize) });
    return calls;
  });
};

export const createWecomChannel = ({ api, agentId, bindings, mobileOf, robotKey, now = Date.now }: WecomChannelDeps): Channel => {
  const unknownUntil = new Map<string, number>();
  const unanswered = rememberUnanswered();

  const lookUp = async (personId: string): Promise<string | undefined> => {
    const mobile = mobileOf(personId);
    if (mobile === undefined || (unknownUntil.get(personId) ?? 0) > now()) return undefined;
    try {
      const { userid } = await api.call('/cgi-bin/user/getuserid', { mobile });
      if (typeof userid !== 'string' || userid === '') return undefined;
      await bindings.bindByDirectory(channelName, userid, personId);
      return userid;
    } catch (error) {
      if (!(error instanceof WecomError) || !notInDirectory.has(error.errcode)) throw error;
      unknownUntil.set(personId, now() + unknownForMs);
      return undefined;
    }
  };

  const accountsOf = async (people: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const bound = await bindings.accountsOf(channelName, people);
    return Promise.all(bound.map(async (account, index) => account ?? (await lookUp(people[index]!))));
  };

  const post = async (
    content: ReturnType<typeof toContent>,
    to: readonly Addressed[],
  ): Promise<readonly (readonly [number, SendResult])[]> => {
    try {
      const answer = await api.call(sendPath, {
        touser: to.map(({ account }) => account).join('|'),
        agentid: agentId,
        ...content,
        // the same words within this time are sent once: a call that we repeat because its answer was lost. No longer,
        // or a second answer in the same words would never be seen
        enable_duplicate_check: 1,
        duplicate_check_interval: limits.sameWithinS,
      });
      const { invaliduser } = answer;
      const refused = new Set(typeof invaliduser === 'string' ? invaliduser.toLowerCase().split('|') : []);
      const code = answer['response_code'];
      const sent: SendResult = { status: 'sent', isDelivered: false, ...(typeof code === 'string' ? { platformMessageId: code } : {}) };
      return to.map(
        ({ index, account }) => [index, refused.has(account.toLowerCase()) ? { status: 'permanent', code: 'invaliduser' } : sent] as const,
      );
    } catch (error) {
      const result = unanswered.read(content, toFailure(error));
      return to.map(({ index }) => [index, result] as const);
    }
  };

  /** The code works once: whoever asks for a second change without a press in between finds the card as it was. */
  const change = async ({ message, account }: Addressed): Promise<SendResult> => {
    const { card, platformMessageId } = message;
    if (!card || platformMessageId === undefined) return { status: 'sent', isDelivered: false };
    try {
      await api.call('/cgi-bin/message/update_template_card', {
        userids: [account],
        agentid: agentId,
        response_code: platformMessageId,
        template_card: toChangedCard(message, card),
      });
      return { status: 'sent', isDelivered: false };
    } catch (error) {
      return toFailure(error);
    }
  };

  const sayToGroup = async (message: OutgoingMessage, key: string): Promise<SendResult> => {
    // a robot cannot take back what it said
    if (message.isUpdate) return { status: 'sent', isDelivered: false };
    try {
      await api.callRobot(key, toText(message));
      return { status: 'sent', isDelivered: false };
    } catch (error) {
      return toFailure(error);
    }
  };

  return {
    name: channelName,
    capabilities: {
      vias: ['card'],
      canUpdate: true,
      goesByAccount: true,
      receipts: limits.receipts,
      updatesById: true,
      canReachGroups: robotKey !== undefined,
      batchSize: limits.batchSize,
    },
    canReach: async (to) => {
      if (to === group) return robotKey !== undefined;
      if (!to.startsWith('m')) return false;
      try {
        return (await accountsOf([to]))[0] !== undefined;
      } catch (error) {
        if (isStoreAway(error)) throw error;
        // nobody knows while the directory is away: the attempt to send will say
        return mobileOf(to) !== undefined;
      }
    },
    send: async (messages) => {
      const toPeople = [...messages.entries()].filter(([, { to }]) => to.startsWith('m'));
      const results = new Map<number, SendResult>();
      const addressed: Addressed[] = [];
      try {
        const accounts = await accountsOf(toPeople.map(([, { to }]) => to));
        for (const [at, [index, message]] of toPeople.entries()) {
          const account = accounts[at];
          if (account === undefined) results.set(index, { status: 'permanent', code: 'notInDirectory' });
          else addressed.push({ index, message, account });
        }
      } catch (error) {
        for (const [index] of toPeople) results.set(index, toFailure(error));
      }
      /** Once WeCom was not reached, what is left of the batch does not wait for it one by one. */
      let silence: SendResult | undefined;
      const note = (index: number, result: SendResult): void => {
        if (result.status === 'transient' && result.isTransport) silence = result;
        results.set(index, result);
      };
      const work: (() => Promise<void>)[] = toCalls(addressed.filter(({ message }) => !message.isUpdate)).map(
        ({ content, to }) =>
          async () => {
            const said = silence === undefined ? await post(content, to) : to.map(({ index }) => [index, silence!] as const);
            for (const [index, result] of said) note(index, result);
          },
      );
      for (const one of addressed) if (one.message.isUpdate) work.push(async () => note(one.index, silence ?? (await change(one))));
      for (const [index, message] of messages.entries())
        if (message.to === group && robotKey !== undefined)
          work.push(async () => note(index, silence ?? (await sayToGroup(message, robotKey))));
      await inTurns(work, limits.concurrent);
      return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'unreachable' });
    },
  };
};
