import { parentPort } from 'node:worker_threads';
import type { WorkbookSource } from '../../src/ports/workbook.ts';
import { readWorkbook } from './read-workbook.ts';

/** The other side of `read-apart.ts`: one workbook after the other, as it is asked. */
parentPort?.on('message', (source: WorkbookSource) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void readWorkbook(source).then((reading) => parentPort?.postMessage(reading));
});
