import { toFileSize } from '../logic/file-size.ts';

type FileLinkProps = { readonly href: string; readonly name: string; readonly bytes: number };

/** A file to be saved, with its whole name for those who point at it. */
export const FileLink = ({ href, name, bytes }: FileLinkProps) => (
  <a class="file" href={href} download={name}>
    <span class="file-name" title={name}>
      {name}
    </span>
    <span class="file-size">{toFileSize(bytes)}</span>
  </a>
);
