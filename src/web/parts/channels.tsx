import { useState } from 'preact/hooks';
import { useMay } from '../data/session.ts';
import { useFetched } from '../data/use-fetched.ts';
import type { ChannelHealth, Channels as ChannelsData, Color } from '../data/types.ts';
import { timeOf } from '../logic/format-time.ts';
import { put } from '../logic/put.ts';
import { StatusMark } from './status-mark.tsx';
import { useWords } from './words.tsx';

export const marks: { readonly [state in ChannelHealth['state']]: Color | null } = {
  failing: 'missed',
  troubled: 'escalated',
  working: 'green',
  idle: null,
};

/** Their figures are of minutes. */
export const channelsEveryMs = 5_000;

/** How each channel does, in a word and a shape; one at a time tells more. */
export const Channels = () => (useMay('seeChannels') ? <ChannelStrip /> : null);

const ChannelStrip = () => {
  const { texts } = useWords();
  const channels = useFetched<ChannelsData>('api/channels', channelsEveryMs);
  const [open, setOpen] = useState<string | null>(null);
  if (channels === null || channels === 'missing' || channels.items.length === 0) return null;
  const words = texts.channelHealth;
  const shown = channels.items.find(({ channel }) => channel === open);
  return (
    <section class="channels" aria-label={words.title}>
      <ul class="channel-strip">
        {channels.items.map(({ channel, state }) => {
          const mark = marks[state];
          const name = texts.channels[channel] ?? channel;
          return (
            <li key={channel}>
              <button
                type="button"
                class={`channel ${mark === null ? 'is-plain' : `is-${mark}`}`}
                aria-expanded={open === channel}
                aria-controls="channel-details"
                aria-label={put(words.show, { channel: name, state: words.states[state] })}
                onClick={() => setOpen(open === channel ? null : channel)}
              >
                {mark === null ? <span class="channel-idle" aria-hidden="true" /> : <StatusMark color={mark} />}
                <span class="channel-name">{name}</span>
                <span class="channel-state">{words.states[state]}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <div id="channel-details">{shown && <Details health={shown} minutes={channels.windowMinutes} />}</div>
    </section>
  );
};

const Details = ({ health, minutes }: { readonly health: ChannelHealth; readonly minutes: number }) => {
  const { texts } = useWords();
  const words = texts.channelHealth;
  const name = texts.channels[health.channel] ?? health.channel;
  const at = (instant: string | null): string => (instant === null ? words.never : timeOf(instant, true));
  const window = (ms: number): string => {
    if (ms < 60_000) return put(texts.seconds, { n: ms / 1_000 });
    return ms < 3_600_000 ? put(texts.minutes, { n: ms / 60_000 }) : put(texts.hours, { n: ms / 3_600_000 });
  };
  const { latencyMs, breaker, quotas, errors, received } = health;
  const refused = Object.entries(received).filter(([what]) => what !== 'taken');
  const rows: readonly (readonly [string, string])[] = [
    ...(health.failingSince === undefined ? [] : [[words.failingSince, at(health.failingSince)] as const]),
    [words.rate, String(health.perMinute)],
    [words.sent, String(health.sent)],
    [words.failed, String(health.failed)],
    ...(latencyMs === null ? [] : [[words.latency, put(words.latencyValue, latencyMs)] as const]),
    ...(breaker === null ? [] : [[words.breaker, words.breakers[breaker] ?? breaker] as const]),
    ...quotas.map(({ left, of, perMs }) => [words.quota, put(words.quotaValue, { left, of, window: window(perMs) })] as const),
    [words.lastSent, at(health.lastSentAt)],
    [words.lastFailed, [at(health.lastFailedAt), health.lastCode ?? ''].join(' ').trim()],
    ...errors.map(({ kind, code, count }) => [words.errors, `${words.kinds[kind] ?? kind} ${code} × ${count}`] as const),
    ...(received['taken'] === undefined ? [] : [[words.received, `${words.taken} ${received['taken']}`] as const]),
    ...refused.map(([what, count]) => [words.received, `${words.refused} ${what} × ${count}`] as const),
  ];
  return (
    <section class="channel-details" aria-label={put(words.detailsOf, { channel: name })}>
      <h3>
        {name}
        <span>{put(words.figuresOf, { minutes })}</span>
      </h3>
      <dl>
        {rows.map(([term, value], index) => (
          <div key={`${term} ${index}`}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
