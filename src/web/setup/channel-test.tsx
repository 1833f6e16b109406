import { useState } from 'preact/hooks';
import type { PageTryChannelTexts } from '../../messages/page-try-channel-texts.ts';
import { ApiError } from '../data/api.ts';
import { usePage } from '../data/store.ts';
import { put } from '../logic/put.ts';
import type { Answer } from './channel-types.ts';
import { postJson } from './post-json.ts';

type Props = { readonly channel: string; readonly words: PageTryChannelTexts; readonly onTried: () => void };

const failureOf = (error: unknown): Answer => {
  const status = error instanceof ApiError ? error.status : 0;
  return { result: status === 429 ? 'tooOften' : status === 0 ? 'lost' : 'refused', person: '' };
};

/** One message to oneself or to somebody, and what came of it. */
export const ChannelTest = ({ channel, words, onTried }: Props) => {
  const own = usePage('session')?.personId;
  const people = usePage('people').filter(({ isDisabled }) => !isDisabled);
  const [personId, setPersonId] = useState(own ?? '');
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const me = people.find(({ id }) => id === own);
  const send = async (): Promise<void> => {
    setSending(true);
    setAnswer(null);
    const found = await postJson<Answer>('api/set-up/channels/test', { channel, personId }).catch(failureOf);
    setAnswer(found);
    setSending(false);
    onTried();
  };
  const isGood = answer?.result === 'delivered' || answer?.result === 'sent';
  const id = `test-${channel}`;
  return (
    <div class="channel-test" role="group" aria-label={words.test}>
      <label class="field is-inline" for={id}>
        <span>{words.toWhom}</span>
        <select id={id} value={personId} onChange={(event) => setPersonId(event.currentTarget.value)}>
          <option value="">{words.choose}</option>
          {me && <option value={me.id}>{put(words.me, { name: me.name })}</option>}
          {people
            .filter(({ id: other }) => other !== own)
            .map((person) => (
              <option key={person.id} value={person.id}>
                {[person.name, person.posts[0]?.name ?? person.roles[0]?.name ?? ''].join(' ').trim()}
              </option>
            ))}
        </select>
      </label>
      <button type="button" class="main-button" disabled={personId === '' || isSending} onClick={() => void send()}>
        {isSending ? words.sending : words.send}
      </button>
      <div class="channel-answer" aria-live="polite">
        {answer && (
          <p class={isGood ? 'setup-done' : 'setup-fault'}>
            {put(words.results[answer.result] ?? '', { person: answer.person, code: answer.code ?? '' })}
            {answer.code !== undefined && words.hints[answer.code] !== undefined && ` ${words.hints[answer.code]}`}
            {answer.person !== '' && answer.result !== 'noAnswer' && ` ${words.inLedger}`}
          </p>
        )}
      </div>
    </div>
  );
};
