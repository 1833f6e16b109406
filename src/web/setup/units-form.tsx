import { useState } from 'preact/hooks';
import type { PageImportTexts } from '../../messages/page-setup-import-texts.ts';
import { put } from '../logic/put.ts';
import type { Answers, Preview } from './import-types.ts';

type Map = NonNullable<Answers['map']>;

type UnitsFormProps = {
  readonly preview: Pick<Preview, 'unmatched' | 'units'>;
  readonly map: Map;
  readonly words: PageImportTexts;
  readonly onMap: (map: Map) => void;
};

/** For each name that nobody knows the unit that it means; those that it may be come first. */
export const UnitsForm = ({ preview: { unmatched, units }, map, words, onMap }: UnitsFormProps) => {
  const [chosen, setChosen] = useState<Map>({});
  const isAny = unmatched.some(({ name }) => (chosen[name] ?? '') !== '');
  return (
    <form
      class="import-units setup-card"
      onSubmit={(event) => {
        event.preventDefault();
        const said = Object.entries(chosen).filter(([, unit]) => unit !== '');
        onMap({ ...map, ...Object.fromEntries(said) });
      }}
    >
      <p>
        <strong>{words.unmatched}</strong>
      </p>
      <div class="import-units-list">
        {unmatched.map(({ name, candidates }) => (
          <label key={name}>
            <span>{put(words.unmatchedIs, { name })}</span>
            <select value={chosen[name] ?? ''} onChange={(event) => setChosen({ ...chosen, [name]: event.currentTarget.value })}>
              <option value="">{words.unmatchedChoose}</option>
              {[...new Set([...candidates, ...units])].map((unit) => (
                <option key={unit} value={unit}>
                  {unit}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <button type="submit" class="quiet-button" disabled={!isAny}>
        {words.mapApply}
      </button>
    </form>
  );
};
