import { useState } from 'preact/hooks';
import { fileTextsOf } from '../../messages/file-texts.ts';
import { toFileSize } from '../logic/file-size.ts';
import { put } from '../logic/put.ts';
import { useWords } from './words.tsx';

type FileLinkProps = { readonly href: string; readonly name: string; readonly bytes: number };

/** Whether it can be had; what a browser may not save it drops without a word, on a phone altogether. */
const isThere = (href: string): Promise<boolean> =>
  fetch(href, { method: 'HEAD' }).then(
    ({ ok }) => ok,
    () => false,
  );

/** A file to be saved, with its whole name for those who point at it. */
export const FileLink = ({ href, name, bytes }: FileLinkProps) => {
  const { texts } = useWords();
  const [isLost, setLost] = useState(false);
  const look = (): void => {
    setLost(false);
    if (href.startsWith('api/')) void isThere(href).then((is) => setLost(!is));
  };
  return (
    <>
      <a class="file" href={href} download={name} onClick={look}>
        <span class="file-name" title={name}>
          {name}
        </span>
        <span class="file-size">{toFileSize(bytes)}</span>
      </a>
      {isLost && (
        <p class="chat-notice" role="alert">
          {put(fileTextsOf(texts.htmlLang).notSaved, { name })}
        </p>
      )}
    </>
  );
};
