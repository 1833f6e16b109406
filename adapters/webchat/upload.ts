import multipart, { type MultipartFile, type MultipartValue } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fileLimits } from '../../src/domain/items/file-rules.ts';
import type { FileRef } from '../../src/domain/items/item.ts';
import { Fault, isStoreAway } from '../../src/ports/fault.ts';
import type { Files } from '../../src/ports/files.ts';
import { limits } from './limits.ts';
import { createTaking } from './take-files.ts';

/** What came in one request: the activity as it was written, where there is one, and the files beside it. */
type Upload = { readonly activity: unknown; readonly files: readonly FileRef[] };

export type UploadDeps = {
  readonly files: Pick<Files, 'put'>;
  /** Throws ZG_… for those who may not. */
  readonly enter: (request: FastifyRequest) => Promise<unknown>;
  readonly post: (request: FastifyRequest, upload: Upload) => Promise<string>;
};

const activityType = 'application/vnd.microsoft.activity';

const isActivity = ({ mimetype, fieldname }: MultipartFile | MultipartValue): boolean =>
  mimetype.startsWith(activityType) || fieldname === 'activity';

const parseActivity = (text: string): unknown => {
  if (text.length > limits.bodyBytes) throw new Fault('ZG_TOO_LARGE');
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('ZG_BAD_JSON');
  }
};

const tooManyParts = new Set(['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT']);

const toUploadFault = (error: unknown): unknown => {
  if (error instanceof Fault || isStoreAway(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return tooManyParts.has(code) ? new Fault('ZG_TOO_MANY_FILES') : new Fault('ZG_BAD_FILE', 'the form cannot be read', error);
};

const readForm = async (request: FastifyRequest, files: UploadDeps['files']): Promise<Upload> => {
  const { taken, take, refuse } = createTaking(files);
  let activity: unknown;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (isActivity(part)) activity = parseActivity(String(part.value));
        continue;
      }
      const bytes = await part.toBuffer();
      if (part.file.truncated) refuse('tooLarge');
      if (isActivity(part)) activity = parseActivity(bytes.toString());
      else await take(bytes, { name: part.filename, mime: part.mimetype });
    }
    return { activity, files: taken };
  } catch (error) {
    // a client that is still sending hears of it only when somebody takes what it sends
    request.raw.unpipe();
    request.raw.resume();
    throw toUploadFault(error);
  }
};

/** `filename="…"` of a Content-Disposition header, whose bytes arrive as Latin-1 and are UTF-8. */
const nameIn = (disposition = ''): string => {
  const name = /filename="?([^";]*)/i.exec(disposition)?.[1] ?? '';
  return Buffer.from(name, 'latin1').toString();
};

const readSingle = async (request: FastifyRequest, files: UploadDeps['files']): Promise<Upload> => {
  const { taken, take } = createTaking(files);
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  await take(bytes, { name: nameIn(request.headers['content-disposition']), mime: request.headers['content-type'] ?? '' });
  return { activity: undefined, files: taken };
};

/**
 * Files with a message, as clients of Direct Line send them: a form with the activity and the files, or one file as
 * the whole body. Who sends them is asked before anything is read.
 * Source: learn.microsoft.com, "Send an activity to the bot", section "Send attachment(s) by upload".
 */
export const registerUpload = async (uploads: FastifyInstance, { files, enter, post }: UploadDeps): Promise<void> => {
  uploads.removeAllContentTypeParsers();
  await uploads.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: fileLimits.fileBytes, files: fileLimits.filesPerMessage + 2, parts: 2 * fileLimits.filesPerMessage, fields: 4 },
  });
  uploads.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: fileLimits.fileBytes }, (_request, body, done) => done(null, body));
  uploads.addHook('onRequest', async (request) => {
    await enter(request);
    if (Number(request.headers['content-length']) > limits.uploadBytes) throw new Fault('ZG_TOO_LARGE');
  });
  uploads.post('/conversations/:id/upload', async (request) => {
    const upload = await (request.isMultipart() ? readForm(request, files) : readSingle(request, files));
    return { id: await post(request, upload) };
  });
};
