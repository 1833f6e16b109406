import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { figureTexts, type FigureTexts } from '../../messages/figure-texts.ts';
import { pageFigureTexts, type PageFigureTexts } from '../../messages/page-figure-texts.ts';
import { ApiError } from '../data/api.ts';
import { useMay } from '../data/session.ts';
import { usePage } from '../data/store.ts';
import { put } from '../logic/put.ts';
import { missesHref } from '../logic/route.ts';
import { postJson } from '../setup/post-json.ts';
import { useWords } from '../parts/words.tsx';
import { type Answers, cardsOf, type Card } from './cards.ts';
import { Appeals } from './appeals.tsx';
import { FigureCard, type FigureCardProps } from './figure-card.tsx';
import { hoursOf, percent, shortTime, took } from './format.ts';
import { Misses } from './misses.tsx';
import { usePalette, type Palette } from './palette.ts';
import type { Figures } from './types.ts';
import './figures.css';

/** Local dates, both included; `unit` is empty for all. */
type Asked = { readonly from: string; readonly to: string; readonly unit: string };
type Answer = { readonly figures?: Figures; readonly fault?: 'refused' | 'lost' | 'badPeriod' };

/** A month of a large bureau takes a while the first time. */
const patienceMs = 60_000;

const ask = async ({ from, to, unit }: Asked, language: string): Promise<Figures> => {
  const query = new URLSearchParams({ lang: language, ...(from && { from }), ...(to && { to }), ...(unit && { unit }) });
  const response = await fetch(`api/figures?${query.toString()}`, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
  if (!response) throw new ApiError(0);
  if (!response.ok) throw new ApiError(response.status);
  const figures: Figures = await response.json();
  return figures;
};

const faultOf = (error: unknown): NonNullable<Answer['fault']> => {
  const status = error instanceof ApiError ? error.status : 0;
  return status === 401 || status === 403 ? 'refused' : status === 400 ? 'badPeriod' : 'lost';
};

const answerTo = async (asked: Asked, language: string): Promise<Answer> => {
  try {
    return { figures: await ask(asked, language) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
};

const useFigures = (asked: Asked, language: string, turn: number): Answer & { readonly isBusy: boolean } => {
  const [answer, setAnswer] = useState<Answer>({});
  const [isBusy, setBusy] = useState(true);
  useEffect(() => {
    let isWanted = true;
    setBusy(true);
    void answerTo(asked, language).then((found) => {
      if (!isWanted) return;
      setBusy(false);
      setAnswer(found);
    });
    return () => {
      isWanted = false;
    };
  }, [asked, language, turn]);
  return { ...answer, isBusy };
};

const dayBefore = (date: string, days: number): string =>
  date === '' ? '' : new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);

type Days = { readonly from: string; readonly to: string };

/** The local days of a period, both included. */
const daysOf = ({ from, to }: Figures): Days => ({ from: from.slice(0, 10), to: dayBefore(to.slice(0, 10), 1) });

const kindOf = ({ from, to }: Days): string => (from === to ? 'daily' : dayBefore(to, 6) === from ? 'weekly' : 'period');

/** The same period as a report to hand on, for whoever may take one away. */
const ReportLinks = ({ days, unit, words }: { readonly days: Days; readonly unit: string; readonly words: PageFigureTexts }) => {
  if (!useMay('exportFigures')) return null;
  const query = new URLSearchParams({ ...days, ...(unit && { unit }), kind: kindOf(days) }).toString();
  return (
    <div class="report-links" role="group" aria-label={words.report}>
      <span aria-hidden="true">{words.report}</span>
      {(['pdf', 'xlsx', 'png'] as const).map((format) => (
        <a key={format} class="quiet-button" href={`api/reports/figures.${format}?${query}`} download>
          {words.formats[format]}
        </a>
      ))}
    </div>
  );
};

const nameOfAsked = ({ units }: Figures, asked: string): string | undefined => units.find(({ unitId }) => unitId === asked)?.unit;

export type FiguresViewProps = {
  /** Whose misses are looked at. */
  readonly unitId: string | null;
  /** As whom one looks. */
  readonly viewer: string | null;
};

/** As it was asked last: whoever comes back from a check finds the period that they had left. */
let lastAsked: Asked = { from: '', to: '', unit: '' };

/** What is put away gives the focus back to the unit that had opened it. */
const useReturnToUnit = (unitId: string | null): void => {
  const before = useRef(unitId);
  useEffect(() => {
    const closed = unitId === null ? before.current : null;
    before.current = unitId;
    if (closed !== null) document.querySelector<HTMLElement>(`.figures a[href="${missesHref(closed)}"]`)?.focus();
  }, [unitId]);
};

/** What happened in a period, computed from the ledger, each figure with what it means. */
export const FiguresView = ({ unitId, viewer }: FiguresViewProps) => {
  const { texts: page } = useWords();
  const language = page.htmlLang === 'en' ? 'en' : 'zh-CN';
  const texts = figureTexts[language];
  const words = pageFigureTexts[language];
  const palette = usePalette();
  const [asked, setAsked] = useState<Asked>(lastAsked);
  lastAsked = asked;
  useReturnToUnit(unitId);
  const seesAppeals = useMay('seeAppeals');
  const [turn, setTurn] = useState(0);
  const { figures, fault, isBusy } = useFigures(asked, language, turn);
  const [seesLeague, seesEach] = [useMay('seeLeague'), useMay('seeUnitAnswers')];
  const answers: Answers = seesLeague ? 'ranked' : seesEach ? 'each' : 'own';
  const cards = useMemo(() => (figures ? cardsOf(figures, texts, words, answers) : []), [figures, texts, words, answers]);
  const mayTake = useMay('exportFigures');
  const tellTaken =
    mayTake && figures
      ? (figure: string) =>
          postJson<object>('api/figures/pictures', { figure, ...daysOf(figures), ...(asked.unit && { unit: asked.unit }) })
      : undefined;
  const drawing = { words, palette, tellTaken };
  return (
    <section class="figures" id="figures" aria-label={words.title} aria-busy={isBusy} tabIndex={-1}>
      <header class="figures-head">
        <h2>{words.title}</h2>
        <PeriodPicker asked={asked} figures={figures} words={words} onAsk={setAsked} />
        {figures && (
          <p class="period-words">
            {put(words.periodWords, { ...daysOf(figures), unit: nameOfAsked(figures, asked.unit) ?? words.allUnits })}
          </p>
        )}
        <p class="figures-state" role="status">
          {isBusy ? words.loading : figures ? put(words.asOf, { at: shortTime(figures.asOf), seq: figures.seq }) : ''}
        </p>
        {figures && <ReportLinks days={daysOf(figures)} unit={asked.unit} words={words} />}
      </header>
      {fault && (
        <p class="figures-fault" role="alert">
          {words[fault]}{' '}
          <button type="button" class="quiet-button" onClick={() => setTurn(turn + 1)}>
            {words.again}
          </button>
        </p>
      )}
      {unitId !== null && seesAppeals && <Misses unitId={unitId} days={figures && daysOf(figures)} />}
      {figures && <KeyFigures figures={figures} texts={texts} words={words} />}
      <Cards cards={cards.filter(({ isWide }) => isWide === true)} look="figure-rows" {...drawing} />
      {figures && seesAppeals && <Appeals viewer={viewer} />}
      <Cards cards={cards.filter(({ isWide }) => isWide !== true)} look="figure-columns" {...drawing} />
    </section>
  );
};

type CardsProps = Omit<CardProps, 'card'> & { readonly cards: readonly Card[]; readonly look: string };

const Cards = ({ cards, look, ...rest }: CardsProps) => (
  <div class={look}>
    {cards.map((card) => (
      <DrawnCard key={card.name} card={card} {...rest} />
    ))}
  </div>
);

type CardProps = { readonly card: Card; readonly words: PageFigureTexts; readonly palette: Palette } & Pick<FigureCardProps, 'tellTaken'>;

const DrawnCard = ({ card, words, palette, tellTaken }: CardProps) => {
  const { draw, isWide: _, ...rest } = card;
  const drawNow = useMemo(() => () => draw(palette), [draw, palette]);
  return (
    <div class="figure-place">
      <FigureCard {...rest} draw={drawNow} words={words} palette={palette} tellTaken={tellTaken} />
    </div>
  );
};

type PickerProps = {
  readonly asked: Asked;
  readonly figures: Figures | undefined;
  readonly words: PageFigureTexts;
  readonly onAsk: (asked: Asked) => void;
};

const presets = [
  ['today', 0],
  ['week', 6],
  ['month', 30],
] as const;

const PeriodPicker = ({ asked, figures, words, onAsk }: PickerProps) => {
  const wall = usePage('wall');
  const today = wall?.at.slice(0, 10) ?? '';
  // kept while nothing comes: whoever chose a unit must be able to choose another
  const known = useRef<Figures['units']>([]);
  if (figures) known.current = figures.units;
  const units = known.current;
  const days = figures ? daysOf(figures) : { from: '', to: '' };
  const from = asked.from || days.from;
  const to = asked.to || days.to;
  return (
    <fieldset class="period">
      <legend class="hidden">{words.period}</legend>
      <label>
        <span>{words.from}</span>
        <input type="date" value={from} max={to} onChange={(event) => onAsk({ ...asked, to, from: event.currentTarget.value })} />
      </label>
      <label>
        <span>{words.to}</span>
        <input type="date" value={to} min={from} onChange={(event) => onAsk({ ...asked, from, to: event.currentTarget.value })} />
      </label>
      <div class="period-presets" role="group" aria-label={words.period}>
        {presets.map(([name, days]) => (
          <button
            type="button"
            class="quiet-button"
            key={name}
            disabled={today === ''}
            aria-pressed={today !== '' && asked.to === today && asked.from === dayBefore(today, days)}
            onClick={() => onAsk({ ...asked, from: dayBefore(today, days), to: today })}
          >
            {words.presets[name]}
          </button>
        ))}
      </div>
      {units.length > 1 && (
        <label>
          <span>{words.unit}</span>
          <select value={asked.unit} onChange={(event) => onAsk({ ...asked, unit: event.currentTarget.value })}>
            <option value="">{words.allUnits}</option>
            {units.map(({ unitId, unit }) => (
              <option key={unitId} value={unitId}>
                {unit}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
};

const KeyFigures = ({
  figures,
  texts,
  words,
}: {
  readonly figures: Figures;
  readonly texts: FigureTexts;
  readonly words: PageFigureTexts;
}) => {
  const { coverage, league, items } = figures;
  const covered = coverage.reduce((total, post) => total + post.coveredMs, 0);
  const whole = coverage.reduce((total, post) => total + post.totalMs, 0);
  const open = items.byUnit.reduce((total, row) => total + row.open, 0);
  const overdue = items.byUnit.reduce((total, row) => total + row.overdue, 0);
  const keys = [
    [
      'covered',
      percent(whole === 0 ? null : covered / whole),
      put(words.ofHours, { part: hoursOf(covered), whole: hoursOf(whole) }),
      covered < whole,
    ],
    [
      'share',
      percent(league.all.share),
      put(words.ofCounted, { part: league.all.counts.onPost, whole: league.all.counted }),
      (league.all.share ?? 1) < 1,
    ],
    ['p95', took(league.all.p95Ms, texts), put(words.ofMedian, { median: took(league.all.p50Ms, texts) }), false],
    ['overdue', String(overdue), put(words.ofOpen, { count: open }), overdue > 0],
  ] as const;
  return (
    <ul class="keys">
      {keys.map(([key, value, detail, isBad]) => (
        <li key={key} class={isBad ? 'key is-missed' : 'key is-green'}>
          <span class="key-word">{words.keys[key]}</span>
          <b class="key-value">{value}</b>
          <span class="key-detail">{detail}</span>
          <span class="key-meaning">{words.keyMeanings[key]}</span>
        </li>
      ))}
    </ul>
  );
};
