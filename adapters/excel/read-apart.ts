import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fault } from '../../src/domain/organisation/finding.ts';
import type { WorkbookSource } from '../../src/ports/workbook.ts';
import { limits } from './limits.ts';
import type { WorkbookReading } from './read-workbook.ts';

type ReadLimits = { readonly readMs: number; readonly readMb: number };

const nameOf = (source: WorkbookSource): string => ('path' in source ? basename(source.path) : source.fileName);

const tooMuch = (source: WorkbookSource): WorkbookReading => ({
  workbook: null,
  findings: [fault('ZG_SHEET_TOO_LARGE', { params: { file: nameOf(source) } })],
});

/**
 * Reads workbooks in a thread of its own: reading takes seconds of pure computing and, where somebody means harm, all the
 * memory there is, and the duty engine must not notice. The thread ends with whatever it could not do in time, and the next
 * workbook begins another.
 */
export const createReadApart = ({ readMs, readMb }: ReadLimits = limits): ((source: WorkbookSource) => Promise<WorkbookReading>) => {
  let thread: Worker | undefined;
  let before: Promise<unknown> = Promise.resolve();

  const begin = (): Worker => {
    const begun = new Worker(new URL('reading-thread.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: readMb } });
    begun.on('exit', () => {
      if (thread === begun) thread = undefined;
    });
    // whoever waits hears of it; a thread that fails while nobody does is begun anew
    begun.on('error', () => {});
    return begun;
  };

  const read = (source: WorkbookSource): Promise<WorkbookReading> => {
    const reader = (thread ??= begin());
    const { promise, resolve } = Promise.withResolvers<WorkbookReading>();
    const giveUp = (): void => resolve(tooMuch(source));
    const deadline = setTimeout(() => void reader.terminate(), readMs);
    reader.ref();
    reader.once('message', resolve);
    reader.once('exit', giveUp);
    reader.postMessage(source, []);
    return promise.finally(() => {
      clearTimeout(deadline);
      reader.off('message', resolve);
      reader.off('exit', giveUp);
      // a thread with nothing to do keeps no process alive
      reader.unref();
    });
  };

  return (source) => {
    const turn = before.then(() => read(source));
    before = turn;
    return turn;
  };
};
