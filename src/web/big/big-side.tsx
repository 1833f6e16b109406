import { useRef } from 'preact/hooks';
import { pageBigTexts } from '../../messages/page-big-texts.ts';
import { useMay } from '../data/session.ts';
import { getOpen, openPath } from '../data/api.ts';
import type { ChannelHealth, Channels, Item, Obligation, Page, Wall } from '../data/types.ts';
import { useFetched } from '../data/use-fetched.ts';
import { deadlineOf } from '../detail/facts.tsx';
import { countdownOf } from '../logic/format-time.ts';
import { numberOf } from '../logic/item-number.ts';
import { isOverdue, toneOf } from '../logic/obligation-standing.ts';
import { put } from '../logic/put.ts';
import { channelsEveryMs, marks } from '../parts/channels.tsx';
import { overdueEveryMs, overduePath, overdueText } from '../parts/overdue.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { useTicking } from '../parts/ticking.tsx';
import { useWords } from '../parts/words.tsx';
import { useFit } from './fit.ts';

/** Real ms: there may be thousands. */
const openEveryMs = 2_000;

const useBigWords = () => pageBigTexts[useWords().texts.htmlLang === 'en' ? 'en' : 'zh-CN'];

/** What is about no post: alarms, late paper, how channels do, and everything that climbs. */
export const BigSide = ({ wall }: { readonly wall: Wall }) => (
  <div class="big-side">
    <Alarms wall={wall} />
    <Overdue />
    <Open />
    {useMay('seeChannels') && <ChannelWords />}
  </div>
);

const Alarms = ({ wall }: { readonly wall: Wall }) => {
  const { texts } = useWords();
  const words = useBigWords();
  if (wall.office.length === 0) return null;
  return (
    <ul class="big-alarms" aria-label={words.alarms}>
      {[...Map.groupBy(wall.office, ({ kind }) => kind)].map(([kind, all]) => (
        <li key={kind} class="big-alarm is-missed">
          <StatusMark color="missed" />
          <b>{texts.kinds[kind]}</b>
          <span>{all.length > 1 ? `× ${all.length}` : all[0]?.subjectName}</span>
        </li>
      ))}
    </ul>
  );
};

/** The one that is late longest is named: the number alone is nothing to begin with. */
const Overdue = () => {
  const { texts } = useWords();
  const words = useBigWords();
  const found = useFetched<Page<Item>>(overduePath, overdueEveryMs);
  if (found === null || found === 'missing') return null;
  const [first] = found.items.toSorted((a, b) => ((a.dueAt ?? '~') < (b.dueAt ?? '~') ? -1 : 1));
  if (!first) return <p class="big-well">{words.itemsWell}</p>;
  const count = overdueText(found.items.length);
  const lead = first.units.find(({ isLead }) => isLead) ?? first.units[0];
  return (
    <div class="big-alarm is-missed">
      <StatusMark color="missed" />
      <b>{put(texts.itemsOverdue, { count })}</b>
      <span>
        {[lead?.name, first.number].filter(Boolean).join(' ')} {first.dueAt !== null && `${texts.itemDue} ${deadlineOf(first.dueAt)}`}
      </span>
    </div>
  );
};

const Open = () => {
  const words = useBigWords();
  const place = useRef<HTMLDivElement>(null);
  const fits = useFit(place);
  const found = useFetched<Page<Obligation>>(openPath, openEveryMs, '', getOpen);
  const isRead = found !== null && found !== 'missing';
  const all = isRead ? found.items : [];
  const bySteps = [...Map.groupBy(all, ({ stepNo }) => stepNo)].toSorted(([a], [b]) => b - a);
  const list = bySteps.flatMap(([, each]) => each.toSorted((a, b) => ((a.nextAt ?? '~') < (b.nextAt ?? '~') ? -1 : 1)));
  const drawn = list.slice(0, mostListed);
  const left = list.length - Math.min(fits, drawn.length);
  if (found === 'missing') return null;
  return (
    <section class="big-open" aria-label={words.open}>
      <h2>{words.open}</h2>
      <p class="big-steps">
        {isRead && all.length === 0 && words.openNone}
        {bySteps.map(([step, each]) => (
          <span key={step}>{put(step > 0 ? words.byStep : words.noStep, { step, count: each.length })}</span>
        ))}
      </p>
      <div class="big-list" ref={place}>
        <ul>
          {drawn.map((o) => (
            <OpenLine key={o.id} obligation={o} />
          ))}
        </ul>
      </div>
      {left > 0 && <p class="big-rest">{put(words.moreOpen, { count: left })}</p>}
    </section>
  );
};
/** No screen holds more. */
const mostListed = 40;

const OpenLine = ({ obligation: o }: { readonly obligation: Obligation }) => {
  const { texts } = useWords();
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const tone = useTicking((nowMs) => toneOf(o, nowMs)) ?? 'plain';
  const left = useTicking((nowMs) => (isOverdue(o, nowMs) ? texts.overdue : o.nextAt === null ? '' : countdownOf(o.nextAt, nowMs)));
  return (
    <li class={`big-entry is-${tone}`} data-fit>
      <span class="big-entry-step">{o.stepNo > 0 ? put(texts.step, { step: o.stepNo }) : ''}</span>
      <span class="big-entry-name">
        {kinds[o.kind] ?? o.kind} {numberOf(o.itemId ?? '') || o.subjectName}
      </span>
      {o.status === 'withOffice' ? <span class="big-entry-step">{texts.withOffice}</span> : <b>{left ?? texts.due}</b>}
    </li>
  );
};

const states: readonly ChannelHealth['state'][] = ['failing', 'troubled', 'working', 'idle'];

/** By how they do, the worst first, each state with its word and mark. */
const ChannelWords = () => {
  const { texts } = useWords();
  const words = useBigWords();
  const channels = useFetched<Channels>('api/channels', channelsEveryMs);
  if (channels === null || channels === 'missing' || channels.items.length === 0) return null;
  const byState = Map.groupBy(channels.items, ({ state }) => state);
  return (
    <section class="big-channels" aria-label={words.channels}>
      <h2>{words.channels}</h2>
      <ul>
        {states
          .filter((state) => byState.has(state))
          .map((state) => {
            const mark = marks[state];
            return (
              <li key={state} class={mark === null ? 'is-plain' : `is-${mark}`}>
                {mark !== null && <StatusMark color={mark} />}
                <b>{texts.channelHealth.states[state]}</b>
                <span>
                  {byState
                    .get(state)
                    ?.map(({ channel }) => texts.channels[channel] ?? channel)
                    .join(words.separator)}
                </span>
              </li>
            );
          })}
      </ul>
    </section>
  );
};
