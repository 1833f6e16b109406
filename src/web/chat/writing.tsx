import { useEffect, useRef, useState } from 'preact/hooks';
import { acceptedFiles, fileTextsOf } from '../../messages/file-texts.ts';
import type { PageTexts } from '../../messages/page-texts.ts';
import { toFileSize } from '../logic/file-size.ts';
import { put } from '../logic/put.ts';
import { addFiles, sayFault } from './draft-files.ts';
import type { Line } from './use-direct-line.ts';

type WritingProps = {
  readonly line: Line;
  readonly name: string;
  readonly texts: PageTexts;
};

/** Words and files that are being made ready. */
export const Writing = ({ line, name, texts }: WritingProps) => {
  const words = fileTextsOf(texts.htmlLang);
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [isSending, setSending] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const add = (added: readonly File[]): void => {
    const { files: kept, faults: found } = addFiles(files, added, words);
    setFaults(found);
    setFiles(kept);
  };
  const isDropping = useDrop(form, add);

  const say = async (said: string): Promise<void> => {
    setSending(files.length > 0);
    const { isSent, code } = await line.post({ ...(said === '' ? {} : { text: said }), files });
    setSending(false);
    const names = files.map((file) => file.name).join(texts.comma);
    setFaults(isSent ? [] : [sayFault(code ?? '', names, words) ?? texts.chatNotSent]);
    if (!isSent) return;
    setFiles([]);
    setText((before) => (before.trim() === said ? '' : before));
  };
  /** Never with files: they belong to what is being written. */
  const sayQuickly = async (reply: string): Promise<void> => {
    const { isSent } = await line.post({ text: reply });
    setFaults(isSent ? [] : [texts.chatNotSent]);
  };

  return (
    <form
      class={`writing ${isDropping ? 'is-dropping' : ''}`}
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending && (text.trim() !== '' || files.length > 0)) void say(text.trim());
      }}
    >
      {faults.map((fault) => (
        <p key={fault} class="chat-notice" role="alert">
          {fault}
        </p>
      ))}
      <div class="quick" role="group" aria-label={texts.quick}>
        {texts.quickReplies.map((reply, index) => (
          <button type="button" key={reply} class={`quick-button quick-${index}`} onClick={() => void sayQuickly(reply)}>
            {reply}
          </button>
        ))}
      </div>
      {files.length > 0 && (
        <ul class="draft-files" aria-label={words.attached}>
          {files.map((file, index) => (
            <li key={`${index} ${file.name}`} class="file">
              <span class="file-name" title={file.name}>
                {file.name}
              </span>
              <span class="file-size">{toFileSize(file.size)}</span>
              <button
                type="button"
                class="file-remove"
                aria-label={put(words.remove, { name: file.name })}
                disabled={isSending}
                onClick={() => setFiles(files.toSpliced(index, 1))}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {isSending && (
        <p class="draft-status" role="status">
          {words.sending}
        </p>
      )}
      <div class="writing-line">
        <input
          type="file"
          class="hidden"
          tabIndex={-1}
          aria-hidden="true"
          multiple
          accept={acceptedFiles}
          ref={chooser}
          onChange={(event) => {
            add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <button
          type="button"
          class="attach"
          aria-label={words.attach}
          title={words.attach}
          disabled={isSending}
          onClick={() => chooser.current?.click()}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="m9 13.5 6.2-6.2a2.4 2.4 0 0 1 3.4 3.4l-7.7 7.7a4.3 4.3 0 0 1-6.1-6.1l7.3-7.3" />
          </svg>
        </button>
        <label>
          <span class="hidden">{texts.writeLabel}</span>
          <input
            type="text"
            value={text}
            placeholder={isDropping ? words.drop : put(texts.writeHere, { name })}
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)}
            onPaste={(event) => {
              const pasted = [...(event.clipboardData?.files ?? [])];
              if (pasted.length > 0) add(pasted);
            }}
          />
        </label>
        <button type="submit" class="send" disabled={isSending || (text.trim() === '' && files.length === 0)}>
          {texts.send}
        </button>
      </div>
    </form>
  );
};

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Files dropped anywhere on the chat that this form is part of; whether some hang over it. */
const useDrop = (form: { readonly current: HTMLFormElement | null }, onDrop: (files: readonly File[]) => void): boolean => {
  const [isOver, setOver] = useState(false);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => {
    const area = form.current?.closest<HTMLElement>('.chat');
    if (!area) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    const hover = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!(event.relatedTarget instanceof Node && area.contains(event.relatedTarget))) setOver(false);
    };
    const take = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      drop.current([...(event.dataTransfer?.files ?? [])]);
    };
    area.addEventListener('dragover', hover, { signal });
    area.addEventListener('dragleave', leave, { signal });
    area.addEventListener('drop', take, { signal });
    return () => leaving.abort();
  }, [form]);
  return isOver;
};
