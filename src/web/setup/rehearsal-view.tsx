import { useEffect, useRef, useState } from 'preact/hooks';
import type { PagePolicyTexts } from '../../messages/page-policy-texts.ts';
import { ApiError } from '../data/api.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import { postJson } from './post-json.ts';
import type { Refusal, Rehearsed, Report } from './policy-types.ts';
import type { PoliciesDesk } from './use-policies.ts';

type Shown = { readonly report?: Report; readonly of?: number; readonly refused?: Refusal | 'tooOften' | 'lost' };

const mostRows = 12;
const dayChoices = [1, 2, 3, 5, 7] as const;

/** Whole seconds since it began; null while nothing runs. */
const useSeconds = (isRunning: boolean): number => {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (!isRunning) return undefined;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return seconds;
};

/** The days to come, played by the ladders as they stand in the form. */
export const Rehearsal = ({ desk, words }: { readonly desk: PoliciesDesk; readonly words: PagePolicyTexts }) => {
  const said = words.rehearsal;
  const [days, setDays] = useState('1');
  const [silent, setSilent] = useState('5');
  const [shown, setShown] = useState<Shown>({});
  const [isRunning, setRunning] = useState(false);
  const ending = useRef<AbortController | null>(null);
  const seconds = useSeconds(isRunning);
  useEffect(() => () => ending.current?.abort(), []);
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    ending.current = controller;
    setRunning(true);
    setShown({});
    const share = Math.min(1, Math.max(0, (Number(silent) || 0) / 100));
    try {
      const of = desk.edition;
      const asked = { ...desk.body, days: Number(days), silent: share };
      const answer = await postJson<Rehearsed>('api/set-up/policies/rehearse', asked, controller.signal);
      if (answer.ok) setShown({ report: answer.report, of });
      else if ('refused' in answer) setShown({ refused: answer.refused });
      else desk.hear({ faults: answer.faults, weak: [] }, of);
    } catch (error) {
      const isTooOften = error instanceof ApiError && error.status === 429;
      setShown({ refused: controller.signal.aborted ? 'ended' : isTooOften ? 'tooOften' : 'lost' });
    }
    setRunning(false);
  };
  const { refused, report, of } = shown;
  return (
    <section class="setup-card" aria-label={said.title}>
      <h3>{said.title}</h3>
      <p class="setup-lead">{said.hint}</p>
      <div class="form-row">
        <label class="field is-inline">
          <span>{said.days}</span>
          <select value={days} onChange={(event) => setDays(event.currentTarget.value)}>
            {dayChoices.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </select>
        </label>
        <label class="field is-inline">
          <span>{said.silent}</span>
          <input type="text" inputMode="decimal" size={4} value={silent} onInput={(event) => setSilent(event.currentTarget.value)} />
        </label>
        <button type="button" class="main-button" disabled={isRunning || desk.faults.length > 0} onClick={() => void start()}>
          {isRunning ? put(said.running, { seconds }) : said.start}
        </button>
        {isRunning && (
          <button type="button" class="quiet-button" onClick={() => ending.current?.abort()}>
            {said.cancel}
          </button>
        )}
      </div>
      <div aria-live="polite">
        {refused && <p class="setup-fault">{refused === 'tooOften' || refused === 'lost' ? words[refused] : said.refused[refused]}</p>}
      </div>
      {report && of !== desk.edition && <p class="what-if-note">{said.earlier}</p>}
      {report && <ReportView report={report} words={words} />}
    </section>
  );
};

const ReportView = ({ report, words }: { readonly report: Report; readonly words: PagePolicyTexts }) => {
  const { texts } = useWords();
  const { rehearsal: said } = words;
  const { totals, people, posts, gaps, endsWithNobody } = report;
  const span = { from: report.from.slice(5, 16).replace('T', ' '), to: report.to.slice(5, 16).replace('T', ' ') };
  const weak = [...new Set(endsWithNobody.map(({ post }) => post))];
  const busiest = people.toSorted((one, other) => other.day + other.night - (one.day + one.night)).slice(0, mostRows);
  const hardest = posts.toSorted((one, other) => other.missed - one.missed || other.late - one.late).slice(0, mostRows);
  const { columns } = said;
  return (
    <div class="what-if">
      <p class="what-if-summary">{put(said.summary, { ...span, ...totals, night: totals.nightMessages, group: totals.groupMessages })}</p>
      {weak.length > 0 && <p class="what-if-note">{put(said.weak, { posts: weak.join(texts.comma) })}</p>}
      {gaps.length > 0 && <p class="what-if-note">{put(said.gaps, { count: gaps.length })}</p>}
      <div class="ways">
        <Table
          title={said.people}
          head={[columns.name, columns.unit, columns.day, columns.night, columns.most]}
          rows={busiest.map(({ name, unit, day, night, mostInADay }) => [name, unit, day, night, mostInADay])}
        />
        <Table
          title={said.posts}
          head={[columns.post, columns.asked, columns.late, columns.missed]}
          rows={hardest.map(({ post, questions, late, missed }) => [post, questions, late, missed])}
        />
      </div>
    </div>
  );
};

type TableProps = { readonly title: string; readonly head: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };

const Table = ({ title, head, rows }: TableProps) => (
  <section class="way">
    <h4>{title}</h4>
    <table class="totals">
      <thead>
        <tr>
          {head.map((word) => (
            <th key={word} scope="col">
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={`${row[0]} ${index}`}>
            {row.map((cell, at) =>
              at === 0 ? (
                <th key={head[at]} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={head[at]}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
