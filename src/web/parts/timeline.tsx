import { useMemo, useState } from 'preact/hooks';
import { pageTimelineTexts, type PageTimelineTexts } from '../../messages/page-timeline-texts.ts';
import { recall, remember } from '../data/remember.ts';
import { usePage } from '../data/store.ts';
import type { Color, TimelineMoment } from '../data/types.ts';
import { faceOf, timeOf } from '../logic/format-time.ts';
import { numberOf } from '../logic/item-number.ts';
import { put } from '../logic/put.ts';
import { hrefOf, subjectHref } from '../logic/route.ts';
import {
  type Bar,
  mixMoments,
  momentsIn,
  type Summed,
  sumStretches,
  timelineHours,
  type TimelineHours,
  timelineNames,
  toBars,
  toHours,
} from '../logic/timeline.ts';
import { offsetMinutesOf } from '../logic/virtual-clock.ts';
import { StatusMark } from './status-mark.tsx';
import { useNames } from './use-names.ts';
import { useWords } from './words.tsx';

export const useTimelineWords = (): PageTimelineTexts => pageTimelineTexts[useWords().texts.htmlLang === 'en' ? 'en' : 'zh-CN'];

export const recalled = (): TimelineHours => timelineHours.find((each) => String(each) === recall('hours')) ?? 12;

/** A low screen belongs to the posts: the figures stay, the picture comes when it is wanted. On a phone it stands below them anyway. */
const lowPx = 1_000;
const phonePx = 860;

const useFold = () => {
  const kept = recall('timeline');
  const [isChosen, setChosen] = useState(kept === null ? null : kept === 'open');
  const isOpen = innerWidth <= phonePx || (isChosen ?? innerHeight >= lowPx);
  const turn = (): void => {
    remember('timeline', isOpen ? 'folded' : 'open');
    setChosen(!isOpen);
  };
  return { isOpen, turn };
};

/** The last hours as they went, from the ledger: what was asked and answered, and what stands out. */
export const Timeline = () => {
  const words = useTimelineWords();
  const timeline = usePage('wall')?.timeline;
  const at = usePage('wall')?.at;
  const [hours, setHours] = useState<TimelineHours>(recalled);
  const { isOpen, turn } = useFold();
  const minute = at?.slice(0, 16);
  const seen = useMemo(() => {
    if (!timeline || at === undefined) return undefined;
    const nowMs = Date.parse(at);
    const offsetMinutes = offsetMinutesOf(at);
    return {
      bars: toBars(timeline, nowMs, hours),
      byHour: toHours(timeline, nowMs, hours, offsetMinutes),
      moments: momentsIn(timeline, nowMs, hours),
      offsetMinutes,
    };
  }, [timeline, minute, hours]);
  if (!seen) return null;
  const choose = (each: TimelineHours): void => {
    remember('hours', String(each));
    setHours(each);
  };
  const { bars, byHour, moments, offsetMinutes } = seen;
  const title = put(words.title, { hours });
  const all = sumBars(bars);
  return (
    <section class={`timeline ${isOpen ? '' : 'is-folded'}`} aria-label={title}>
      <div class="timeline-head">
        <h2>{title}</h2>
        <Sums all={all} />
        <div class="switch small" role="group" aria-label={words.windows}>
          {timelineHours.map((each) => (
            <button type="button" key={each} aria-pressed={each === hours} onClick={() => choose(each)}>
              {put(words.window, { hours: each })}
            </button>
          ))}
        </div>
        <button type="button" class="quiet-button timeline-fold" aria-expanded={isOpen} onClick={turn}>
          {isOpen ? words.fold : words.unfold}
        </button>
      </div>
      {isOpen && (
        <>
          <Strip bars={bars} title={title} all={all} offsetMinutes={offsetMinutes} />
          {moments.length > 0 && <Moments moments={moments} />}
          <HourTable hours={byHour} offsetMinutes={offsetMinutes} />
        </>
      )}
    </section>
  );
};

export const sumBars = (bars: readonly Bar[]): Summed =>
  sumStretches(bars.map((bar) => ({ ...bar, steps: Object.fromEntries(bar.steps.map(([step, times]) => [String(step), times])) })));

const toneOf: { readonly [name in (typeof timelineNames)[number]]?: Color } = {
  answered: 'green',
  late: 'waiting',
  noAnswer: 'missed',
  undelivered: 'escalated',
  empty: 'empty',
  help: 'missed',
  handoversLate: 'waiting',
  itemsOverdue: 'escalated',
  alarms: 'escalated',
};
const always: ReadonlySet<string> = new Set(['asked', 'answered', 'late', 'noAnswer']);

/** In figures; what has not been is left out, but for what is always asked. */
export const Sums = ({ all }: { readonly all: Summed }) => {
  const words = useTimelineWords();
  const climbed = all.steps.reduce((sum, [, times]) => sum + times, 0);
  const tone = (name: (typeof timelineNames)[number]): string => (all[name] > 0 && toneOf[name] ? `is-${toneOf[name]}` : 'is-plain');
  return (
    <ul class="timeline-sums">
      {timelineNames
        .filter((name) => name !== 'rounds' && (all[name] > 0 || always.has(name)))
        .map((name) => (
          <li key={name} class={tone(name)}>
            <span>{words.counts[name]}</span> <b>{all[name]}</b>
          </li>
        ))}
      {climbed > 0 && (
        <li class="is-escalated">
          <span>{words.steps}</span> <b>{climbed}</b>
        </li>
      )}
    </ul>
  );
};

type StripProps = { readonly bars: readonly Bar[]; readonly title: string; readonly all: Summed; readonly offsetMinutes: number };

const stacked = ['noAnswer', 'undelivered', 'others', 'open', 'late', 'answered'] as const;
/** Where several stand out at once, the first of these is shown. */
const marked = [
  ['help', 'missed'],
  ['noAnswer', 'missed'],
  ['empty', 'empty'],
  ['alarms', 'escalated'],
  ['undelivered', 'escalated'],
  ['itemsOverdue', 'escalated'],
] as const satisfies readonly (readonly [keyof Summed, Color])[];

export const Strip = ({ bars, title, all, offsetMinutes }: StripProps) => {
  const words = useTimelineWords();
  const { texts } = useWords();
  const most = Math.max(1, ...bars.map((bar) => stacked.reduce((sum, name) => sum + bar[name], 0)));
  const said = timelineNames
    .filter((name) => all[name] > 0)
    .map((name) => put(words.count, { name: words.counts[name], count: all[name] }));
  const label = put(words.strip, { title, counts: said.length === 0 ? words.nothing : said.join(words.comma) });
  return (
    <div class="strip" role="img" aria-label={label}>
      {bars.map((bar, index) => {
        const time = faceOf(bar.fromMs, offsetMinutes, texts).time;
        const mark = marked.find(([name]) => bar[name] > 0)?.[1];
        const isHour = (bar.fromMs + offsetMinutes * 60_000) % (bars.length > 36 ? 2 * 3_600_000 : 3_600_000) === 0;
        return (
          <span key={bar.fromMs} class={`bar ${bar.rounds > 0 ? 'has-round' : ''} ${index === bars.length - 1 ? 'is-now' : ''}`}>
            <span class="bar-mark">{mark ? <StatusMark color={mark} /> : bar.handovers > 0 ? <i class="bar-handover" /> : null}</span>
            <span class="bar-stack">
              {stacked.map(
                (name) => bar[name] > 0 && <i key={name} class={`bar-${name}`} style={{ height: `${(bar[name] / most) * 100}%` }} />,
              )}
            </span>
            <span class="bar-time">{isHour && <b>{time}</b>}</span>
          </span>
        );
      })}
    </div>
  );
};

const mostShown = 6;

const hrefOfMoment = ({ itemId, obligationId, subject }: TimelineMoment): string | null => {
  if (itemId?.startsWith('h')) return hrefOf({ kind: 'handover', id: itemId });
  if (itemId !== undefined) return hrefOf({ kind: 'item', id: itemId });
  if (obligationId !== undefined) return hrefOf({ kind: 'obligation', id: obligationId });
  return subject === undefined ? null : subjectHref(subject);
};

/** What stood out, each with the way to its whole story. */
const Moments = ({ moments }: { readonly moments: readonly TimelineMoment[] }) => {
  const words = useTimelineWords();
  const names = useNames();
  return (
    <ul class="timeline-moments" aria-label={words.moments}>
      {mixMoments(moments, mostShown).map((moment) => {
        const { seq, at, what, subject, itemId } = moment;
        const color = toneOf[what] ?? 'escalated';
        const name = itemId === undefined || itemId.startsWith('h') ? (names.get(subject ?? '') ?? '') : numberOf(itemId);
        const href = hrefOfMoment(moment);
        const content = (
          <>
            <StatusMark color={color} />
            <time>{timeOf(at)}</time> <b>{words.counts[what]}</b> <span class="moment-name">{name}</span>
          </>
        );
        return (
          <li key={seq} class={`is-${color}`}>
            {href === null ? (
              <span class="moment">{content}</span>
            ) : (
              <a class="moment" data-key={`moment ${seq}`} href={href}>
                {content}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const HourTable = ({ hours, offsetMinutes }: { readonly hours: readonly Bar[]; readonly offsetMinutes: number }) => {
  const words = useTimelineWords();
  const { texts } = useWords();
  return (
    <details class="timeline-table">
      <summary>{words.table}</summary>
      <div class="timeline-scroll" tabIndex={0} role="group" aria-label={words.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.time}</th>
              {timelineNames.map((name) => (
                <th scope="col" key={name}>
                  {words.counts[name]}
                </th>
              ))}
              <th scope="col">{words.steps}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map((bar) => {
              const { date, time } = faceOf(bar.fromMs, offsetMinutes, texts);
              return (
                <tr key={bar.fromMs}>
                  <th scope="row">
                    {date} {time}
                  </th>
                  {timelineNames.map((name) => (
                    <td key={name}>{bar[name] === 0 ? '' : bar[name]}</td>
                  ))}
                  <td>{bar.steps.map(([step, count]) => put(words.step, { step: step + 1, count })).join(words.comma)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {hours.length === 0 && <p class="nothing">{words.nothing}</p>}
      </div>
    </details>
  );
};
