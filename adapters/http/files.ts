import type { FastifyInstance } from 'fastify';
import { cleanFileName, shownAs } from '../../src/domain/items/file-rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Files } from '../../src/ports/files.ts';
import type { ItemsFor } from './items.ts';
import { FileQuery, parseQuery } from './query.ts';

/** Saved, never opened in the page's own name: what somebody handed in is not ours to run. Its hash is its version. */
export const registerFiles = (api: FastifyInstance, files: Pick<Files, 'get'>, items: ItemsFor): void => {
  api.get<{ Params: { sha256: string } }>('/files/:sha256', { config: { may: 'seeFiles' } }, async (request, reply) => {
    const { sha256 } = request.params;
    const { name } = parseQuery(FileQuery, request.query);
    const bytes = (await items(request.access).mayReadFile(sha256)) ? await files.get(sha256) : undefined;
    if (!bytes) throw new Fault('ZG_NO_SUCH_FILE');
    const saved = encodeURIComponent(cleanFileName(name ?? sha256)).replaceAll("'", '%27');
    return reply
      .type(shownAs(bytes) ?? 'application/octet-stream')
      .header('content-disposition', `attachment; filename*=UTF-8''${saved}`)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('etag', `"${sha256}"`)
      .send(bytes);
  });
};
