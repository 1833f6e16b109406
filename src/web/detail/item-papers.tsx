import { pagePaperTexts, type PagePaperTexts } from '../../messages/page-paper-texts.ts';
import { useMay } from '../data/session.ts';
import type { HandIn, PaperFile, Papers, PaperStep } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { FileLink } from '../parts/file-link.tsx';
import { useWords } from '../parts/words.tsx';
import { deadlineOf, Facts, momentOf } from './facts.tsx';

/** What was written about an item, the newest first: it is what somebody is to judge who opens it. */
export const ItemPapers = ({ papers }: { readonly papers: Papers }) => {
  const { texts } = useWords();
  const words = pagePaperTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const { handIns, rechecks, progress, extensions } = papers;
  return (
    <>
      <Section title={words.rechecks} isShown={rechecks.length > 0}>
        {rechecks.toReversed().map(({ at, by, passed, text }) => (
          <article key={at} class="paper">
            <h4>
              {passed ? words.passed : words.notPassed} {by} {momentOf(at)}
            </h4>
            {text !== '' && <p class="item-text">{text}</p>}
          </article>
        ))}
      </Section>
      <Section title={words.handIns} isShown={handIns.length > 0}>
        {handIns.toReversed().map((handIn) => (
          <HandInPaper key={handIn.no} handIn={handIn} words={words} />
        ))}
      </Section>
      <Section title={words.extensions} isShown={extensions.length > 0}>
        {extensions.toReversed().map(({ no, toAt, reason, steps }) => (
          <article key={no} class="paper">
            <h4>{put(words.until, { time: deadlineOf(toAt) })}</h4>
            <p class="item-text">{reason}</p>
            <Chain steps={steps} words={words} />
          </article>
        ))}
      </Section>
      <Section title={words.progress} isShown={progress.length > 0}>
        {progress.toReversed().map(({ at, by, text, files }) => (
          <article key={`${at} ${text}`} class="paper">
            <h4>
              {momentOf(at)} {by}
            </h4>
            {text !== '' && <p class="item-text">{text}</p>}
            <PaperFiles files={files} words={words} />
          </article>
        ))}
      </Section>
    </>
  );
};

type SectionProps = { readonly title: string; readonly isShown: boolean; readonly children: preact.ComponentChildren };

const Section = ({ title, isShown, children }: SectionProps) =>
  isShown ? (
    <section class="papers" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  ) : null;

type Worded = { readonly words: PagePaperTexts };

const HandInPaper = ({ handIn, words }: { readonly handIn: HandIn } & Worded) => {
  const { no, outcome, text, finding, handling, accountability, files, steps } = handIn;
  const fact = (label: string, value: string | undefined) => (value ? { label, value } : null);
  return (
    <article class="paper">
      <h4>{put(words.handIn, { no, outcome: words.outcomes[outcome] ?? outcome })}</h4>
      <p class="item-text">{text}</p>
      <Facts
        facts={[
          fact(words.finding, finding && (words.findings[finding] ?? finding)),
          // most write it once, and it is kept as both
          fact(words.handling, handling === text ? undefined : handling),
          fact(words.accountability, accountability),
        ]}
      />
      <PaperFiles files={files} words={words} />
      <Chain steps={steps} words={words} />
    </article>
  );
};

/** Whoever may not read files sees that there are some, and who may. */
const PaperFiles = ({ files, words }: { readonly files: readonly PaperFile[] } & Worded) => {
  const mayRead = useMay('seeFiles');
  if (files.length === 0) return null;
  if (!mayRead)
    return (
      <>
        <ul class="bubble-files">
          {files.map(({ sha256, name }) => (
            <li key={`${sha256} ${name}`}>
              <span class="file-name">{name}</span>
            </li>
          ))}
        </ul>
        <p class="holder-role">{words.filesOfOthers}</p>
      </>
    );
  return (
    <ul class="bubble-files">
      {files.map(({ sha256, name, bytes }) => (
        <li key={`${sha256} ${name}`}>
          <FileLink href={`api/files/${sha256}?name=${encodeURIComponent(name)}`} name={name} bytes={bytes} />
        </li>
      ))}
    </ul>
  );
};

/** A signature has a date and no hour. */
const whenOf = (at: string): string => (at.length > 10 ? momentOf(at) : at.slice(5).replace('-', '/'));

const Chain = ({ steps, words }: { readonly steps: readonly PaperStep[] } & Worded) => (
  <ol class="chain" aria-label={words.chain}>
    {steps.map(({ step, at, by, registeredBy, reason }) => (
      <li key={step} class={at === null ? 'is-awaited' : step === 'returned' || step === 'refused' ? 'is-refused' : 'is-done'}>
        <span class="row-phrase">{(at === null ? words.awaited : words.steps)[step] ?? step}</span>
        {at !== null && (
          <span class="row-who">
            {by} {whenOf(at)}
            {registeredBy && ` ${put(words.registered, { name: registeredBy })}`}
          </span>
        )}
        {reason && <span class="chain-reason">{reason}</span>}
      </li>
    ))}
  </ol>
);
