import { pageChecklistTexts } from '../../messages/page-setup-start-texts.ts';
import { put } from '../logic/put.ts';
import { setupHref } from '../logic/route.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { useWords } from '../parts/words.tsx';
import { useLanguage, useSetup } from './ask.ts';
import { NotThere } from './not-there.tsx';
import type { Checklist, Line } from './start-types.ts';
import './start.css';

const marks = { done: 'green', look: 'waiting', todo: 'missed', unknown: null } as const;

const links: { readonly [step: string]: string } = {
  campaign: setupHref('campaign'),
  contacts: setupHref('import'),
  roster: setupHref('import'),
  accounts: setupHref('channels'),
  channels: setupHref('channels'),
  ladders: setupHref('policies'),
  group: setupHref('channels'),
  signIn: setupHref('import'),
  watched: setupHref('channels'),
  rehearsal: setupHref('policies'),
};

/** The longest list that is cut off: the service sends no more. */
const mostNames = 8;

/** What must be there before a campaign can be relied on, as the service finds it. */
export const StartSection = () => {
  const words = pageChecklistTexts[useLanguage()];
  const { answer, again, latest } = useSetup<Checklist>('checklist');
  if (!latest) return <NotThere answer={answer} again={again} />;
  const { lines, done, all } = latest;
  const progress = put(words.progress, { done, all });
  return (
    <div class="setup-section">
      <p class="setup-lead">{words.lead}</p>
      <div class="checklist-progress">
        <progress value={done} max={all} aria-label={progress} />
        <strong>{progress}</strong>
      </div>
      <ol class="checklist">
        {lines.map((line) => (
          <ChecklistLine key={line.step} line={line} />
        ))}
      </ol>
    </div>
  );
};

const ChecklistLine = ({ line: { step, state, about, counts, names } }: { readonly line: Line }) => {
  const words = pageChecklistTexts[useLanguage()];
  const { texts } = useWords();
  const known = words.steps[step];
  if (!known) return null;
  const mark = marks[state];
  const shown = names.map((name) => texts.channels[name] ?? name).join(words.comma);
  return (
    <li class={`checklist-line ${mark === null ? 'is-plain' : `is-${mark}`}`}>
      {mark === null ? <span class="checklist-open" aria-hidden="true" /> : <StatusMark color={mark} />}
      <h3>
        {known.name}
        <span class="checklist-state">{words.states[state]}</span>
      </h3>
      <p>
        {put(known.about[about] ?? '', counts)}
        {shown !== '' && ` ${shown}${names.length >= mostNames ? ` ${words.more}` : ''}`}
      </p>
      {links[step] !== undefined && state !== 'done' && (
        <a class="quiet-button" href={links[step]}>
          {known.link}
        </a>
      )}
    </li>
  );
};
