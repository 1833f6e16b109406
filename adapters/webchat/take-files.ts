import { checkFile, type FileAbout, type FileFault, fileLimits } from '../../src/domain/items/file-rules.ts';
import type { FileRef } from '../../src/domain/items/item.ts';
import { Fault, type FaultCode } from '../../src/ports/fault.ts';
import type { Files } from '../../src/ports/files.ts';
import { isFile, type Posted } from './inbound.ts';

const faults: { readonly [fault in FileFault]: readonly [FaultCode, string] } = {
  empty: ['ZG_BAD_FILE', 'it is empty'],
  tooLarge: ['ZG_FILE_TOO_LARGE', `over ${fileLimits.fileBytes} bytes`],
  kindUnknown: ['ZG_FILE_KIND', 'its name ends in nothing that is taken'],
  notWhatItSays: ['ZG_BAD_FILE', 'its content is not what its name says'],
};

/**
 * Keeps the files of one message, one after the other, so that no more than one lies in memory. What was kept of a
 * message that is refused then belongs to nobody and does no harm. `before`: how many it has already. Throws ZG_… with the file's place in the message.
 */
export const createTaking = (files: Pick<Files, 'put'>, before = 0) => {
  const taken: FileRef[] = [];
  const refuse = (fault: FileFault): never => {
    const [code, detail] = faults[fault];
    throw new Fault(code, `file ${before + taken.length + 1}: ${detail}`);
  };
  const take = async (bytes: Uint8Array, about: FileAbout): Promise<void> => {
    if (before + taken.length >= fileLimits.filesPerMessage) throw new Fault('ZG_TOO_MANY_FILES');
    const checked = checkFile(bytes, about);
    taken.push(await files.put(bytes, typeof checked === 'string' ? refuse(checked) : checked));
  };
  return { taken, refuse, take };
};

const dataUrl = /^data:([^,;]*)((?:;[^,;]*)*),/;

const readDataUrl = (url: string, place: string): { readonly bytes: Uint8Array; readonly mime: string } => {
  const [head, mime = '', parameters = ''] = dataUrl.exec(url) ?? [];
  if (head === undefined)
    throw new Fault('ZG_BAD_FILE', `${place}.contentUrl: only data: URLs are read here, other files go through /upload`);
  const content = url.slice(head.length);
  if (/;base64$/i.test(parameters)) return { bytes: Buffer.from(content, 'base64'), mime };
  try {
    return { bytes: Buffer.from(decodeURIComponent(content)), mime };
  } catch {
    throw new Fault('ZG_BAD_FILE', `${place}.contentUrl: neither base64 nor text`);
  }
};

/** Files that came inside the message itself. */
export const takeDataUrls = async (
  attachments: Posted['attachments'],
  files: Pick<Files, 'put'>,
  before: number,
): Promise<readonly FileRef[]> => {
  const { taken, take } = createTaking(files, before);
  for (const [index, attachment] of (attachments ?? []).entries()) {
    if (!isFile(attachment)) continue;
    const { bytes, mime } = readDataUrl(attachment.contentUrl ?? '', `attachments.${index}`);
    await take(bytes, { name: attachment.name ?? '', mime: attachment.contentType ?? mime });
  }
  return taken;
};
