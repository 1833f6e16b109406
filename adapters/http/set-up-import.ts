import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ImportAsk, ImportDesk, ImportWanted } from '../../src/app/set-up/import-desk.ts';
import type { ImportUndo } from '../../src/app/set-up/import-undo.ts';
import { fileLimits } from '../../src/domain/items/file-rules.ts';
import { Fault } from '../../src/ports/fault.ts';
import { xlsx } from './items.ts';
import { parseQuery } from './query.ts';

const year = z.coerce.number().int().min(2000).max(2200).optional();
const lang = z.enum(['zh-CN', 'en']).default('zh-CN');
/** A workbook names no more units than this. */
const mostNames = 500;
const unitName = z.string().min(1).max(200);
const map = z
  .record(unitName, unitName)
  .refine((read) => Object.keys(read).length <= mostNames, `at most ${mostNames} names`)
  .optional();
const Asked = z.object({ name: z.string().min(1).max(300), year, lang });
const Again = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u), name: z.string().min(1).max(300), year, map, lang });
const Wanted = Again.extend({ version: z.number().int().min(0), digest: z.string().max(100) });
const Undone = z.object({ id: z.string().min(2).max(200), version: z.number().int().min(0) });

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('ZG_BAD_WORKBOOK', `${issue?.path.join('.')}: ${issue?.message}`);
};

type Given = { readonly year?: number | undefined; readonly map?: Record<string, string> | undefined };

const withoutNothing = <T extends Given>({ year: inYear, map: names, ...rest }: T) => ({
  ...rest,
  ...(inYear === undefined ? {} : { year: inYear }),
  ...(names === undefined ? {} : { map: names }),
});

const tooLarge = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE';

/** A workbook shown before it counts, and what was shown applied. The workbook itself is the whole body. */
export const registerImportSetUp =
  (desk: ImportDesk, undo: ImportUndo) =>
  (room: FastifyInstance): void => {
    room.register(async (uploads) => {
      uploads.addContentTypeParser(
        [xlsx, 'application/octet-stream'],
        { parseAs: 'buffer', bodyLimit: fileLimits.fileBytes },
        (_, body, done) => done(null, body),
      );
      uploads.setErrorHandler((error) => {
        throw tooLarge(error) ? new Fault('ZG_FILE_TOO_LARGE') : error;
      });
      uploads.post('/imports', { config: { may: 'setUp' } }, async (request) => {
        const { name, lang: locale, ...rest } = parseQuery(Asked, request.query);
        if (!Buffer.isBuffer(request.body)) throw new Fault('ZG_BAD_WORKBOOK', 'send the workbook itself as the body');
        const mime = request.headers['content-type'] ?? '';
        return desk.preview(withoutNothing({ bytes: request.body, name, mime, ...rest }), locale);
      });
    });
    room.post('/imports/again', { config: { may: 'setUp' } }, async (request) => {
      const { lang: locale, ...ask } = parse(Again, request.body);
      return desk.again(withoutNothing(ask) satisfies ImportAsk, locale);
    });
    room.post('/imports/apply', { config: { may: 'setUp' } }, async (request) => {
      const { lang: _, ...wanted } = parse(Wanted, request.body);
      return desk.apply(withoutNothing(wanted) satisfies ImportWanted, request.access.personId);
    });
    room.get('/imports', { config: { may: 'seeSetUp' } }, async () => undo.list());
    room.post('/imports/undo', { config: { may: 'setUp' } }, async (request) =>
      undo.undo(parse(Undone, request.body), request.access.personId),
    );
  };
