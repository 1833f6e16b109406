import { useEffect, useState } from 'preact/hooks';
import { pagePolicyTexts, type PagePolicyTexts } from '../../messages/page-policy-texts.ts';
import { useMay } from '../data/session.ts';
import { usePage } from '../data/store.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import { LadderForm } from './ladder-form.tsx';
import { LadderView } from './ladder-view.tsx';
import type { PolicyView, Tonight, Weakness } from './policy-types.ts';
import { Rehearsal } from './rehearsal-view.tsx';
import { type Asked, type PoliciesDesk, usePolicies } from './use-policies.ts';
import { WhatIfView } from './what-if-view.tsx';
import './policies.css';

/** Drawn below its heading, in the room for setting up. */
export const PoliciesSection = () => {
  const { texts } = useWords();
  const words = pagePolicyTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const desk = usePolicies();
  const [chosen, setChosen] = useState('check');
  const mayChange = useMay('setUp');
  const { read, views } = desk;
  if (read === null || read === 'lost')
    return (
      <p class="setup-lead" role="status">
        {read === null ? words.loading : words.lost}{' '}
        {read === 'lost' && (
          <button type="button" class="quiet-button" onClick={desk.again}>
            {words.again}
          </button>
        )}
      </p>
    );
  const view = views.find(({ name }) => name === chosen) ?? views[0];
  return (
    <div class="setup-section policies">
      <p class="setup-lead">{words.lead}</p>
      <PolicyList desk={desk} chosen={view?.name ?? ''} words={words} onChoose={setChosen} />
      {view && <PolicyCard key={view.name} view={view} desk={desk} tonight={read.tonight} words={words} />}
      {mayChange && <Trial desk={desk} words={words} />}
      <Rehearsal desk={desk} words={words} />
    </div>
  );
};

type ListProps = {
  readonly desk: PoliciesDesk;
  readonly chosen: string;
  readonly words: PagePolicyTexts;
  readonly onChoose: (name: string) => void;
};

const PolicyList = ({ desk, chosen, words, onChoose }: ListProps) => (
  <div class="policy-list">
    {(['opening', 'deadline'] as const).map((from) => (
      <div key={from} role="group" aria-label={words.groups[from]}>
        <span class="policy-group" aria-hidden="true">
          {words.groups[from]}
        </span>
        {desk.views
          .filter(({ countsFrom }) => countsFrom === from)
          .map(({ name, isOwn }) => {
            const isChanged = desk.changed.some((one) => one.name === name);
            const hasFaults = desk.faults.some(({ policy }) => policy === name);
            return (
              <button
                type="button"
                key={name}
                class={hasFaults ? 'policy-choice is-missed' : isChanged ? 'policy-choice is-waiting' : 'policy-choice'}
                aria-pressed={name === chosen}
                onClick={() => onChoose(name)}
              >
                {words.names[name] ?? name}{' '}
                {hasFaults ? <i>{words.hasFaults}</i> : isChanged ? <i>{words.changed}</i> : isOwn ? <i>{words.own}</i> : null}
              </button>
            );
          })}
      </div>
    ))}
  </div>
);

type CardProps = {
  readonly view: PolicyView;
  readonly desk: PoliciesDesk;
  readonly tonight: Tonight | null;
  readonly words: PagePolicyTexts;
};

const PolicyCard = ({ view, desk, tonight, words }: CardProps) => {
  const [isEditing, setEditing] = useState(false);
  const { read, check } = desk;
  const draft = desk.draftFor(view);
  const isChanged = desk.changed.includes(view);
  const seen = JSON.stringify(draft);
  // the service looks at what was typed once the typing rests
  useEffect(() => {
    if (!isChanged) return undefined;
    const timer = setTimeout(() => void check(), 600);
    return () => clearTimeout(timer);
  }, [seen, isChanged]);
  const posts = read === null || read === 'lost' ? [] : read.posts;
  const mayChange = useMay('setUp');
  return (
    <section class="setup-card" aria-label={words.names[view.name] ?? view.name}>
      <div class="policy-head">
        <h3>{words.names[view.name] ?? view.name}</h3>
        {tonight && (
          <label class="field is-inline">
            <span>{words.tonight}</span>
            <select value={tonight.postId} onChange={(event) => desk.choosePost(event.currentTarget.value)}>
              {posts.map(({ id, name, unit }) => (
                <option key={id} value={id}>
                  {name === unit ? name : `${unit} ${name}`}
                </option>
              ))}
            </select>
          </label>
        )}
        {tonight && (
          <span class="policy-when">{put(words.tonightAt, { at: `${tonight.at.slice(5, 10)} ${tonight.at.slice(11, 16)}` })}</span>
        )}
      </div>
      <Weaknesses weak={desk.weak.filter(({ policy }) => policy === view.name)} words={words} />
      <div class={isEditing ? 'policy-both' : ''}>
        {isEditing && (
          <LadderForm
            draft={draft}
            view={view}
            faults={desk.faults.filter(({ policy }) => policy === view.name)}
            words={words}
            onChange={desk.change}
          />
        )}
        <div class="policy-read">
          <LadderView draft={draft} view={view} tonight={tonight} words={words} />
        </div>
      </div>
      {mayChange && (
        <div class="setup-buttons">
          <button type="button" class="quiet-button" aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
            {isEditing ? words.done : words.edit}
          </button>
          {view.isOwn && view.isShipped && !desk.shipped.includes(view.name) && (
            <button type="button" class="quiet-button" onClick={() => desk.toShipped(view.name)}>
              {words.toShipped}
            </button>
          )}
        </div>
      )}
    </section>
  );
};

const Weaknesses = ({ weak, words }: { readonly weak: readonly Weakness[]; readonly words: PagePolicyTexts }) => {
  const { texts } = useWords();
  const lines = [...new Set(weak.map(({ what, posts }) => put(words.weak[what], { posts: posts.join(texts.comma) })))];
  return lines.length === 0 ? null : (
    <ul class="policy-weak">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
};

type Period = 'night' | 'day' | 'week' | 'own';
const periods: readonly Period[] = ['night', 'day', 'week', 'own'];
const lengths = { day: 86_400_000, week: 7 * 86_400_000 } as const;

/** As the service wants an instant, in the campaign's own offset. */
const inZone = (ms: number, offset: string): string => {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/u.exec(offset) ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return `${new Date(ms + offsetMs).toISOString().slice(0, 19)}${hours === undefined ? 'Z' : `${sign}${hours}:${minutes}`}`;
};

const Trial = ({ desk, words }: { readonly desk: PoliciesDesk; readonly words: PagePolicyTexts }) => {
  const at = usePage('wall')?.at ?? '';
  const [period, setPeriod] = useState<Period>('night');
  const [own, setOwn] = useState({ from: '', to: '' });
  const { changed, faults, outcome, isBusy } = desk;
  const offset = /[+-]\d{2}:\d{2}$/u.exec(at)?.[0] ?? 'Z';
  const asked = (): Asked => {
    if (period === 'night' || at === '') return null;
    if (period === 'own') return own.from && own.to ? { from: `${own.from}:00${offset}`, to: `${own.to}:00${offset}` } : null;
    return { from: inZone(Date.parse(at) - lengths[period], at), to: inZone(Date.parse(at), at) };
  };
  const elsewhere = faults.find(({ policy }) => policy === null);
  const isReady = changed.length > 0 && faults.length === 0 && !isBusy;
  return (
    <section class="setup-card trial" aria-label={words.tried}>
      <h3>{words.tried}</h3>
      <p class="setup-lead">{words.tryHint}</p>
      <fieldset class="period-choice">
        <legend>{words.period}</legend>
        {periods.map((each) => (
          <label key={each} class="check">
            <input type="radio" name="period" checked={period === each} onChange={() => setPeriod(each)} />
            {words.periods[each]}
          </label>
        ))}
        {period === 'own' &&
          (['from', 'to'] as const).map((end) => (
            <label key={end} class="field is-inline">
              <span>{words[end]}</span>
              <input type="datetime-local" value={own[end]} onInput={(event) => setOwn({ ...own, [end]: event.currentTarget.value })} />
            </label>
          ))}
      </fieldset>
      <div class="setup-buttons">
        <button type="button" class="main-button" disabled={isBusy || faults.length > 0} onClick={() => void desk.tryIt(asked())}>
          {isBusy ? words.trying : words.tryNow}
        </button>
        <button type="button" class="main-button is-second" disabled={!isReady} onClick={() => void desk.apply()}>
          {words.apply}
        </button>
        {changed.length > 0 && (
          <button type="button" class="quiet-button" onClick={desk.revert}>
            {words.revert}
          </button>
        )}
      </div>
      <div aria-live="polite">
        {faults.length > 0 && <p class="setup-fault">{put(words.faultsAbove, { count: faults.length })}</p>}
        {elsewhere && <p class="setup-fault">{put(words.elsewhere, { problem: `${elsewhere.member ?? ''}: ${elsewhere.problem}` })}</p>}
        {outcome.trouble && (
          <p class="setup-fault">
            {outcome.trouble === 'lost' || outcome.trouble === 'tooOften' ? words[outcome.trouble] : words.refused[outcome.trouble]}
          </p>
        )}
        {outcome.isApplied && <p class="setup-done">{words.applied}</p>}
      </div>
      {outcome.result && <WhatIfView result={outcome.result} words={words} />}
    </section>
  );
};
