import { acceptedFiles, fileLimits, type FileTexts } from '../../messages/file-texts.ts';
import { put } from '../logic/put.ts';

const accepted = new Set(acceptedFiles.split(','));

const faultOf = ({ name, size }: File): string | undefined => {
  if (size === 0) return 'ZG_BAD_FILE';
  if (size > fileLimits.fileBytes) return 'ZG_FILE_TOO_LARGE';
  return accepted.has(/\.[^.]+$/u.exec(name)?.[0].toLowerCase() ?? '') ? undefined : 'ZG_FILE_KIND';
};

/** What is wrong with files, in words; `name` of the one it is about, or of all. Undefined where the code is none about files. */
export const sayFault = (code: string, name: string, texts: FileTexts): string | undefined => {
  const pattern = texts.errors[code];
  return pattern && put(pattern, { name, mb: fileLimits.fileBytes / 1024 ** 2, count: fileLimits.filesPerMessage });
};

/** The files that may stay, and why others may not: what can be known before they are sent. */
export const addFiles = (
  before: readonly File[],
  added: readonly File[],
  texts: FileTexts,
): { readonly files: readonly File[]; readonly faults: readonly string[] } => {
  const files = [...before];
  const faults = new Set<string>();
  for (const file of added) {
    const code = faultOf(file) ?? (files.length >= fileLimits.filesPerMessage ? 'ZG_TOO_MANY_FILES' : undefined);
    if (code === undefined) files.push(file);
    else faults.add(sayFault(code, file.name, texts) ?? code);
  }
  return { files, faults: [...faults] };
};
