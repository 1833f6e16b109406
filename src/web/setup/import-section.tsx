import { useEffect, useRef, useState } from 'preact/hooks';
import { pageImportTexts, type PageImportTexts } from '../../messages/page-setup-import-texts.ts';
import { useMay } from '../data/session.ts';
import { put } from '../logic/put.ts';
import { setupHref } from '../logic/route.ts';
import { type Asked, sendFile, sendSetup, useLanguage, useSetup } from './ask.ts';
import { Shown } from './import-shown.tsx';
import type { Answers, Imported, ImportsMade, Preview } from './import-types.ts';
import { ImportsLately } from './imports-lately.tsx';
import { NotThere } from './not-there.tsx';
import './import.css';

type State =
  | { readonly is: 'empty'; readonly problem?: string }
  | { readonly is: 'reading'; readonly name: string }
  | { readonly is: 'shown'; readonly preview: Preview; readonly isMoved?: boolean; readonly problem?: string; readonly isBusy?: boolean }
  | { readonly is: 'done'; readonly imported: Imported };

const mostBytes = 20 * 1024 * 1024;

/** A workbook is looked at before it counts: its faults in their cells, or what it would change and one button. */
export const ImportSection = () => {
  const language = useLanguage();
  const words = pageImportTexts[language];
  const [state, setState] = useState<State>({ is: 'empty' });
  const [answers, setAnswers] = useState<Answers>({});
  const made = useSetup<ImportsMade>('imports');
  const mayChange = useMay('setUp');
  const result = useRef<HTMLDivElement>(null);
  const asked = useRef(0);
  // whoever cannot see that something has come below is led to it
  useEffect(() => {
    if (state.is === 'shown' || state.is === 'done') result.current?.focus({ preventScroll: true });
  }, [state.is, state.is === 'shown' && state.preview]);

  const take = async (answering: Promise<Asked<Preview>>, isMoved = false): Promise<void> => {
    const turn = (asked.current += 1);
    const answer = await answering;
    // something else was chosen meanwhile
    if (turn !== asked.current) return;
    setState(
      answer.ok
        ? { is: 'shown', preview: answer.value, isMoved }
        : { is: 'empty', problem: answer.why === 'lost' ? words.lost : put(words.refused, { detail: answer.detail }) },
    );
  };
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size > mostBytes) return setState({ is: 'empty', problem: words.tooLarge });
    setState({ is: 'reading', name: file.name });
    const query = new URLSearchParams({ name: file.name, lang: language });
    await take(sendFile<Preview>(`imports?${query.toString()}`, file));
  };
  const again = ({ sha256, name }: Preview, more: Answers, isMoved = false): Promise<void> =>
    take(sendSetup<Preview>('imports/again', { sha256, name, lang: language, ...more }), isMoved);
  const apply = async (preview: Preview): Promise<void> => {
    setState({ is: 'shown', preview, isBusy: true });
    const { sha256, name, version, digest } = preview;
    const answer = await sendSetup<Imported>('imports/apply', { sha256, name, version, digest, ...answers });
    if (answer.ok) {
      setState({ is: 'done', imported: answer.value });
      made.again();
    } else if (answer.why === 'moved') await again(preview, answers, true);
    else setState({ is: 'shown', preview, problem: answer.why === 'lost' ? words.lost : put(words.refused, { detail: answer.detail }) });
  };
  const answerAlso = (preview: Preview, more: Answers): void => {
    const next = { ...answers, ...more };
    setAnswers(next);
    void again(preview, next);
  };

  if (!mayChange)
    return (
      <div class="setup-section">
        {made.latest ? (
          <ImportsLately made={made.latest} words={words} onChange={made.again} />
        ) : (
          <NotThere answer={made.answer} again={made.again} />
        )}
        {made.latest?.imports.length === 0 && <p>{words.made.none}</p>}
      </div>
    );
  return (
    <div class="setup-section">
      <p class="setup-lead">{words.lead}</p>
      <Chooser words={words} isSmall={state.is === 'shown' || state.is === 'done'} onFile={(file) => (setAnswers({}), void choose(file))} />
      <div class="import-result" ref={result} tabIndex={-1} aria-live="polite" aria-busy={state.is === 'reading'}>
        {state.is === 'reading' && <p role="status">{put(words.reading, { name: state.name })}</p>}
        {state.is === 'empty' && state.problem !== undefined && (
          <p class="setup-fault" role="alert">
            {state.problem}
          </p>
        )}
        {state.is === 'shown' && (
          <Shown
            {...state}
            words={words}
            map={answers.map ?? {}}
            onApply={() => void apply(state.preview)}
            onAnswer={(more) => answerAlso(state.preview, more)}
          />
        )}
        {state.is === 'done' && <Done imported={state.imported} words={words} />}
      </div>
      {made.latest && <ImportsLately made={made.latest} words={words} onChange={made.again} />}
    </div>
  );
};

type ChooserProps = { readonly words: PageImportTexts; readonly isSmall: boolean; readonly onFile: (file: File | undefined) => void };

/** A place to drop a file on, and a button for everybody else. */
const Chooser = ({ words, isSmall, onFile }: ChooserProps) => {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer?.files[0]);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      class={`import-drop ${isSmall ? 'is-small' : ''} ${isOver ? 'is-over' : ''}`}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span>{words.drop}</span>
      <label class="quiet-button">
        {isSmall ? words.other : words.choose}
        <input
          type="file"
          class="hidden"
          accept=".xlsx,.xlsm"
          onChange={(event) => {
            onFile(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
    </div>
  );
};

const Done = ({ imported, words }: { readonly imported: Imported; readonly words: PageImportTexts }) => (
  <p class="setup-done">
    {put(words.applied[imported.kind], { told: imported.told })}{' '}
    <a class="quiet-button" href={setupHref('start')}>
      {words.toStart}
    </a>
  </p>
);
