import { useState } from 'preact/hooks';
import type { PageImportTexts } from '../../messages/page-setup-import-texts.ts';
import { put } from '../logic/put.ts';
import { ContactDifferences, RosterDifferences } from './import-changes.tsx';
import { Faults } from './import-faults.tsx';
import type { Answers, Preview } from './import-types.ts';
import { UnitsForm } from './units-form.tsx';

type ShownProps = {
  readonly preview: Preview;
  readonly isMoved?: boolean;
  readonly problem?: string;
  readonly isBusy?: boolean;
  /** Which units were chosen for names that nobody knew. */
  readonly map: NonNullable<Answers['map']>;
  readonly words: PageImportTexts;
  readonly onApply: () => void;
  readonly onAnswer: (answer: Answers) => void;
};

/** What a workbook is: its faults, what somebody can answer beside it, or what it would change and one button. */
export const Shown = ({ preview, isMoved, problem, isBusy = false, words, map, onApply, onAnswer }: ShownProps) => {
  const { name, kind, errors, warnings, sheets, roster, contacts, told, isSame } = preview;
  const title = `${name}（${kind === null ? words.unknown : words.kinds[kind]}）`;
  const wantsYear = errors.some(({ code }) => code === 'ZG_YEAR_MISSING');
  const isFaulty = errors.length > 0 || kind === null;
  return (
    <>
      {isMoved && (
        <p class="import-moved" role="alert">
          {words.moved}
        </p>
      )}
      {problem !== undefined && (
        <p class="setup-fault" role="alert">
          {problem}
        </p>
      )}
      {isFaulty && <p class="setup-fault">{put(words.faultCount, { name: title, count: errors.length })}</p>}
      {wantsYear && <YearForm words={words} onYear={(year) => onAnswer({ year })} />}
      {preview.unmatched.length > 0 && (
        <UnitsForm preview={preview} map={map} words={words} onMap={(chosen) => onAnswer({ map: chosen })} />
      )}
      {preview.unmatched.length === 0 && Object.keys(map).length > 0 && (
        <p class="import-mapped">
          <span>
            {put(words.mapped, {
              names: Object.entries(map)
                .map(([called, unit]) => put(words.mappedOne, { name: called, unit }))
                .join(words.comma),
            })}
          </span>{' '}
          <button type="button" class="quiet-button" onClick={() => onAnswer({ map: {} })}>
            {words.mapAgain}
          </button>
        </p>
      )}
      {!isFaulty &&
        (isSame ? <p class="setup-done">{put(words.none, { name: title })}</p> : <p>{put(words.willChange, { name: title })}</p>)}
      {!isFaulty && !isSame && roster && <RosterDifferences changes={roster} told={told} words={words} />}
      {!isFaulty && !isSame && contacts && <ContactDifferences changes={contacts} words={words} />}
      {!isFaulty && !isSame && (
        <div class="setup-buttons">
          <button type="button" class="main-button" disabled={isBusy} onClick={onApply}>
            {isBusy ? words.applying : words.apply}
          </button>
        </div>
      )}
      {(errors.length > 0 || warnings.length > 0) && <Faults errors={errors} warnings={warnings} sheets={sheets} words={words} />}
    </>
  );
};

const thisYear = (): number => new Date().getFullYear();

const YearForm = ({ words, onYear }: { readonly words: PageImportTexts; readonly onYear: (year: number) => void }) => {
  const [year, setYear] = useState(thisYear());
  return (
    <form
      class="import-year"
      onSubmit={(event) => {
        event.preventDefault();
        onYear(year);
      }}
    >
      <label>
        {words.year}{' '}
        <input type="number" min={2000} max={2200} value={year} onInput={(event) => setYear(Number(event.currentTarget.value))} />
      </label>
      <button type="submit" class="quiet-button">
        {words.yearApply}
      </button>
    </form>
  );
};
