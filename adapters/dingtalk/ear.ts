import { fileTextsOf } from '../../src/messages/file-texts.ts';
import { type TakeDeps, takeMessage } from '../bot/webhook-door.ts';
import { channelName, type FromDingtalk } from './inbound.ts';

/** Hears what has been verified, whichever way it came; in the inbox when it resolves. `id`: the platform's, of a press. */
export type HearDingtalk = (said: FromDingtalk, id: string) => Promise<void>;

/** A press is taken like a message: the card is changed by what it leads to, and a lost answer is only tried again. */
export const createDingtalkEar =
  (deps: TakeDeps): HearDingtalk =>
  async (said, id) => {
    if (said.kind === 'other') return;
    const { account } = said;
    if (said.kind === 'text') {
      const { conversation, isGroup, text } = said;
      await takeMessage(deps, { id: `${channelName}/${said.id}`, channel: channelName, conversation, isGroup, account, text });
    } else if (said.kind === 'press') {
      const { value } = said;
      await takeMessage(deps, { id: `${channelName}/${id}`, channel: channelName, conversation: account, isGroup: false, account, value });
    } else if (!said.isGroup) {
      // nothing is fetched for anybody; a courtesy, said once or not at all
      const warn = (error: unknown): void =>
        deps.log.warn({ channel: channelName, error: String(error) }, 'the refusal of a file could not be said');
      await deps.sayToAccount(account, fileTextsOf('').notHere).catch(warn);
    }
  };
