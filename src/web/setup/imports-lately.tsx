import { useState } from 'preact/hooks';
import type { PageImportTexts } from '../../messages/page-setup-import-texts.ts';
import { useMay } from '../data/session.ts';
import { put } from '../logic/put.ts';
import { sendSetup } from './ask.ts';
import type { ImportMade, ImportsMade } from './import-types.ts';
import { PlainTable } from './plain-table.tsx';

type ImportsLatelyProps = { readonly made: ImportsMade; readonly words: PageImportTexts; readonly onChange: () => void };

/** `08-27 10:00` */
const shortTime = (iso: string): string => `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;

/** Which lists were imported, by whom, and one button each that takes it back after asking once. */
export const ImportsLately = ({ made: { version, imports: listed }, words, onChange }: ImportsLatelyProps) => {
  const [asked, setAsked] = useState<string | null>(null);
  const [note, setNote] = useState<{ readonly isDone: boolean; readonly text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  // what was taken back is not offered a second time, even where the list does not come anew
  const [undoneId, setUndoneId] = useState<string | null>(null);
  const texts = words.made;
  const mayChange = useMay('setUp');
  const undo = async (one: ImportMade): Promise<void> => {
    setBusy(true);
    const answer = await sendSetup<{ readonly told: number }>('imports/undo', { id: one.id, version });
    setBusy(false);
    setAsked(null);
    if (answer.ok) {
      setUndoneId(one.id);
      setNote({ isDone: true, text: put(texts.done[one.kind], { told: answer.value.told }) });
    } else setNote({ isDone: false, text: answer.why === 'lost' ? texts.lost : texts.moved });
    onChange();
  };
  const imports = listed.filter(({ id }) => id !== undoneId);
  const asking = imports.find(({ id, refusal }) => id === asked && refusal === null);
  if (imports.length === 0 && note === null) return null;
  return (
    <div class="setup-card imports-lately">
      <h3>{texts.title}</h3>
      <div aria-live="polite">{note && <p class={note.isDone ? 'setup-done' : 'import-moved'}>{note.text}</p>}</div>
      {imports.length > 0 && (
        <PlainTable label={texts.title} columns={texts.columns}>
          {imports.map((one) => (
            <tr key={one.id}>
              <td>{one.name}</td>
              <td>
                {words.kinds[one.kind]}
                {one.posts.length > 0 && `（${one.posts.slice(0, 3).join(words.comma)}${one.posts.length > 3 ? '…' : ''}）`}
              </td>
              <td>{shortTime(one.at)}</td>
              <td>{one.by === '' ? '—' : one.by}</td>
              <td>
                {one.refusal === null ? (
                  <span class="import-undo">
                    {mayChange && (
                      <button
                        type="button"
                        class="quiet-button"
                        aria-label={put(texts.undoOf, { name: one.name })}
                        aria-expanded={asked === one.id}
                        onClick={() => (setNote(null), setAsked(asked === one.id ? null : one.id))}
                      >
                        {texts.undo}
                      </button>
                    )}
                    <span class="import-hint">{put(texts.until, { at: shortTime(one.until) })}</span>
                  </span>
                ) : (
                  <span class="import-hint">{texts.refusals[one.refusal]}</span>
                )}
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
      {asking && (
        <div class="import-asks" role="group" aria-label={put(texts.undoOf, { name: asking.name })}>
          <p>
            <strong>{asking.name}</strong> {put(texts.asks[asking.kind], { ...asking.shifts, told: asking.told })}
          </p>
          <p class="setup-buttons">
            <button type="button" class="main-button" disabled={isBusy} onClick={() => void undo(asking)}>
              {texts.confirm}
            </button>
            <button type="button" class="quiet-button" disabled={isBusy} onClick={() => setAsked(null)}>
              {texts.cancel}
            </button>
          </p>
        </div>
      )}
    </div>
  );
};
