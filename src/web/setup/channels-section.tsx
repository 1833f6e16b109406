import { useEffect, useState } from 'preact/hooks';
import { pageTryChannelTexts, type PageTryChannelTexts } from '../../messages/page-try-channel-texts.ts';
import { getJson } from '../data/api.ts';
import { useMay } from '../data/session.ts';
import type { ChannelHealth } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import { ChannelTest } from './channel-test.tsx';
import type { SetUpChannel, SetUpChannels, Variable } from './channel-types.ts';
import { WebhooksCard } from './webhooks-card.tsx';
import './channels.css';

/** Drawn below its heading, in the room for setting up. */
export const ChannelsSection = () => {
  const { texts } = useWords();
  const words = pageTryChannelTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const [read, setRead] = useState<SetUpChannels | 'lost' | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    getJson<SetUpChannels>('api/set-up/channels')
      .then((value) => isWanted && setRead(value))
      .catch(() => isWanted && setRead((before) => before ?? 'lost'));
    return () => {
      isWanted = false;
    };
  }, [turn]);
  if (read === null || read === 'lost')
    return (
      <p class="setup-lead" role="status">
        {read === null ? words.loading : words.lost}{' '}
        {read === 'lost' && (
          <button type="button" class="quiet-button" onClick={() => setTurn(turn + 1)}>
            {words.again}
          </button>
        )}
      </p>
    );
  const inUse = read.items.filter(({ isInUse }) => isInUse);
  return (
    <div class="setup-section">
      <p class="setup-lead">{words.lead}</p>
      {inUse.map((channel) => (
        <ChannelCard key={channel.channel} channel={channel} minutes={read.windowMinutes} words={words} onTried={() => setTurn(turn + 1)} />
      ))}
      {inUse.length < read.items.length && (
        <section class="setup-card" aria-label={words.unused}>
          <h3>{words.unused}</h3>
          <ul class="unused-channels">
            {read.items
              .filter(({ isInUse }) => !isInUse)
              .map(({ channel, needs, others }) => (
                <li key={channel}>
                  <details>
                    <summary>
                      <b>{texts.channels[channel] ?? channel}</b>
                      <span>{words.missing}</span>
                      <code>
                        {needs
                          .filter(({ isSet }) => !isSet)
                          .map(({ name }) => name)
                          .join(' ')}
                      </code>
                    </summary>
                    <Variables title={words.others} variables={others} words={words} />
                  </details>
                </li>
              ))}
          </ul>
        </section>
      )}
      <WebhooksCard words={words} />
    </div>
  );
};

const tones: { readonly [state in ChannelHealth['state']]: string } = {
  failing: 'is-missed',
  troubled: 'is-escalated',
  working: 'is-green',
  idle: 'is-plain',
};

type CardProps = {
  readonly channel: SetUpChannel;
  readonly minutes: number;
  readonly words: PageTryChannelTexts;
  readonly onTried: () => void;
};

const ChannelCard = ({ channel, minutes, words, onTried }: CardProps) => {
  const { texts } = useWords();
  const { health, needs, others, reached } = channel;
  const said = texts.channelHealth;
  const mayTest = useMay('testChannel');
  const name = texts.channels[channel.channel] ?? channel.channel;
  const state = health?.state ?? 'idle';
  const span = (ms: number): string =>
    ms < 60_000
      ? put(texts.seconds, { n: ms / 1_000 })
      : ms < 3_600_000
        ? put(texts.minutes, { n: ms / 60_000 })
        : put(texts.hours, { n: ms / 3_600_000 });
  const at = (iso: string | null | undefined): string => (iso ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : said.never);
  const facts: readonly (readonly [string, string])[] = [
    [words.ways, channel.vias.map((via) => words.vias[via] ?? via).join(texts.comma)],
    ...(health?.breaker ? [[said.breaker, said.breakers[health.breaker] ?? health.breaker] as const] : []),
    ...(health?.quotas ?? []).map(({ left, of, perMs }) => [said.quota, put(said.quotaValue, { left, of, window: span(perMs) })] as const),
    [said.lastSent, at(health?.lastSentAt)],
    [said.lastFailed, at(health?.lastFailedAt)],
  ];
  return (
    <section class="setup-card channel-card" aria-label={name}>
      <div class="policy-head">
        <h3>{name}</h3>
        <span class={`verdict ${tones[state]}`}>{said.states[state]}</span>
      </div>
      <div class="channel-columns">
        <div>
          <dl class="channel-facts">
            {facts.map(([term, value], index) => (
              <div key={`${term} ${index}`}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <h4>{words.errors}</h4>
          {health && health.errors.length > 0 ? (
            <ul class="channel-errors">
              {health.errors.map(({ kind, code, count }) => (
                <li key={`${kind} ${code}`}>
                  {said.kinds[kind] ?? kind} <code>{code}</code> × {count}
                </li>
              ))}
            </ul>
          ) : (
            <p class="what-if-note">{put(words.noErrors, { minutes })}</p>
          )}
        </div>
        <div>
          {needs.length === 0 ? (
            <p class="what-if-note">{words.ownPage}</p>
          ) : (
            <>
              <Variables title={words.needs} variables={needs} words={words} />
              {others.length > 0 && <Variables title={words.others} variables={others} words={words} />}
            </>
          )}
          {reached && <ReachedBy reached={reached} words={words} />}
        </div>
      </div>
      {mayTest && <ChannelTest channel={channel.channel} words={words} onTried={onTried} />}
    </section>
  );
};

type VariablesProps = { readonly title: string; readonly variables: readonly Variable[]; readonly words: PageTryChannelTexts };

const Variables = ({ title, variables, words }: VariablesProps) => (
  <div class="variables">
    <h4>{title}</h4>
    <ul>
      {variables.map(({ name, isSet }) => (
        <li key={name} class={isSet ? 'is-set' : ''}>
          <code>{name}</code> <span>{isSet ? words.set : words.notSet}</span>
        </li>
      ))}
    </ul>
  </div>
);

const ReachedBy = ({ reached, words }: { readonly reached: NonNullable<SetUpChannel['reached']>; readonly words: PageTryChannelTexts }) => {
  const { texts } = useWords();
  const { by, count, of, missing } = reached;
  const left = of - count;
  return (
    <div class="reached">
      <h4>{put(words.reached[by], { count, of })}</h4>
      {left === 0 ? (
        <p class="what-if-note">{words.everybodyReached}</p>
      ) : (
        <details>
          <summary>{put(words.notReached, { count: left })}</summary>
          <p>
            {missing.map(({ name }) => name).join(texts.comma)} {left > missing.length && put(words.more, { count: left })}
          </p>
        </details>
      )}
    </div>
  );
};
