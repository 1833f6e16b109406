import { useEffect, useRef, useState } from 'preact/hooks';
import { acceptedFiles, fileTextsOf } from '../../messages/file-texts.ts';
import { pageDeskTexts } from '../../messages/page-desk-texts.ts';
import { addFiles } from '../chat/draft-files.ts';
import type { Offer, OfferInput } from '../data/types.ts';
import { useWords } from '../parts/words.tsx';

type OfferFormProps = {
  readonly offer: Offer;
  readonly isBusy: boolean;
  readonly onSend: (inputs: { readonly [id: string]: string }, files: readonly File[]) => void;
  readonly onCancel: () => void;
};

/** What an act must be told, filled in where it is done. */
export const OfferForm = ({ offer, isBusy, onSend, onCancel }: OfferFormProps) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const fileWords = fileTextsOf(texts.htmlLang);
  const form = useRef<HTMLFormElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [faults, setFaults] = useState<readonly string[]>([]);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);
  const take = (added: readonly File[]): void => {
    const found = addFiles([], added, fileWords);
    setFiles(found.files);
    setFaults(found.faults);
  };
  const send = (): void => {
    const filled = new FormData(form.current!);
    const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '');
    onSend(Object.fromEntries((offer.inputs ?? []).map(({ id }) => [id, textOf(filled.get(id))])), files);
  };
  return (
    <form
      class="offer-form"
      ref={form}
      aria-label={offer.title}
      aria-busy={isBusy}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        // it would close everything, and take along what was filled in
        event.stopPropagation();
        if (!isBusy) onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && faults.length === 0) send();
      }}
    >
      {offer.hint && <p class="offer-hint">{offer.hint}</p>}
      {(offer.inputs ?? []).map((input) => (
        <Field key={input.id} input={input} choose={words.choose} optional={words.optional} />
      ))}
      {offer.takesFiles && (
        <label class="offer-field">
          <span>
            {words.files} {!offer.needsFiles && <span class="offer-optional">{words.optional}</span>}
          </span>
          <input
            type="file"
            multiple
            required={offer.needsFiles === true}
            accept={acceptedFiles}
            onChange={(event) => take([...(event.currentTarget.files ?? [])])}
          />
        </label>
      )}
      {faults.map((fault) => (
        <p key={fault} class="chat-notice" role="alert">
          {fault}
        </p>
      ))}
      <div class="acts">
        <button type="submit" class="act" aria-disabled={isBusy}>
          {isBusy ? words.sending : words.send}
        </button>
        <button type="button" class="quiet-button" aria-disabled={isBusy} onClick={() => !isBusy && onCancel()}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
};

type FieldProps = { readonly input: OfferInput; readonly choose: string; readonly optional: string };

const Field = ({ input, choose, optional }: FieldProps) => {
  const { id, label, type, isRequired, isMultiline, choices = [], value } = input;
  const shared = { name: id, required: isRequired };
  return (
    <label class="offer-field">
      <span>
        {label} {!isRequired && <span class="offer-optional">{optional}</span>}
      </span>
      {type === 'choice' ? (
        <select {...shared} defaultValue={value ?? ''}>
          <option value="">{isRequired ? choose : ''}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
              {choice.title}
            </option>
          ))}
        </select>
      ) : isMultiline ? (
        <textarea {...shared} rows={3} maxLength={2_000} defaultValue={value ?? ''} />
      ) : type === 'text' ? (
        <input {...shared} type="text" maxLength={2_000} defaultValue={value ?? ''} autocomplete="off" />
      ) : (
        <input {...shared} type={type} defaultValue={value ?? ''} />
      )}
    </label>
  );
};
