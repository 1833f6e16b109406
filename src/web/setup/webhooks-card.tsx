import { useEffect, useState } from 'preact/hooks';
import type { PageTryChannelTexts } from '../../messages/page-try-channel-texts.ts';
import { ApiError, getJson } from '../data/api.ts';
import { useMay } from '../data/session.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import type { Tested, Webhook } from './channel-types.ts';
import { postJson } from './post-json.ts';

const tones = { failing: 'is-missed', working: 'is-green', new: 'is-plain' } as const;

/** Systems that hear of events: how each does, and one message to try it. Times are real ones, as this machine shows them. */
export const WebhooksCard = ({ words }: { readonly words: PageTryChannelTexts }) => {
  const texts = words.webhooks;
  const [items, setItems] = useState<readonly Webhook[] | null>(null);
  const [turn, setTurn] = useState(0);
  const [tested, setTested] = useState<Tested | null>(null);
  const mayTest = useMay('testChannel');
  const [sendingTo, setSendingTo] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    getJson<{ readonly items: readonly Webhook[] }>('api/webhooks')
      .then((read) => isWanted && setItems(read.items))
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [turn]);
  const test = async (name: string): Promise<void> => {
    setSendingTo(name);
    setTested(null);
    const failed = (error: unknown) => ({ result: error instanceof ApiError && error.status === 429 ? 'tooOften' : 'lost' });
    const answer = await postJson<Omit<Tested, 'name'>>('api/set-up/webhooks/test', { name }).catch(failed);
    setTested({ name, ...answer });
    setSendingTo(null);
    setTurn((before) => before + 1);
  };
  if (items === null) return null;
  return (
    <section class="setup-card" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <p class="what-if-note">{texts.lead}</p>
      {items.length === 0 && <p class="what-if-note">{texts.none}</p>}
      {items.map((one) => (
        <div class="webhook" key={one.name} role="group" aria-label={one.name}>
          <div class="policy-head">
            <h4>{one.name}</h4>
            <span class={`verdict ${tones[one.state]}`}>{texts.states[one.state]}</span>
          </div>
          <Facts webhook={one} words={words} />
          {mayTest && (
            <button
              type="button"
              class="quiet-button"
              aria-label={put(texts.sendTo, { name: one.name })}
              disabled={sendingTo !== null}
              onClick={() => void test(one.name)}
            >
              {sendingTo === one.name ? words.sending : texts.send}
            </button>
          )}
          <div aria-live="polite">
            {tested?.name === one.name && (
              <p class={tested.result === 'taken' ? 'setup-done' : 'setup-fault'}>
                {put(texts.results[tested.result] ?? '', { name: tested.name, code: tested.code ?? '' })}
              </p>
            )}
          </div>
        </div>
      ))}
    </section>
  );
};

const Facts = ({ webhook, words }: { readonly webhook: Webhook; readonly words: PageTryChannelTexts }) => {
  const { texts: page } = useWords();
  const texts = words.webhooks;
  const { host, events, behind, failures, lastCode, lastTakenAt, nextTryAt } = webhook;
  const at = (iso: string): string =>
    new Date(iso).toLocaleString(page.htmlLang, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false });
  const facts: readonly (readonly [term: string, value: string])[] = [
    [texts.host, host],
    [texts.events, events === 'all' ? texts.all : events.map((name) => page.events[name] ?? name).join(page.comma)],
    [texts.lastTaken, lastTakenAt === null ? texts.never : at(lastTakenAt)],
    [texts.behind, put(texts.rows, { count: behind })],
    ...(failures > 0 ? [[texts.failures, put(texts.times, { count: failures, code: lastCode ?? '' })] as const] : []),
    ...(nextTryAt === null ? [] : [[texts.nextTry, at(nextTryAt)] as const]),
  ];
  return (
    <dl class="channel-facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
