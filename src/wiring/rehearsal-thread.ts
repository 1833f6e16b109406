import { parentPort, workerData } from 'node:worker_threads';
import type { Apart } from './rehearse-apart.ts';
import { rehearse } from './rehearse.ts';

/** The other side of `rehearse-apart.ts`: one rehearsal, and the thread is over. */
const { campaign, ...asked } = workerData as Apart;
const { organisation, roster } = campaign;
const fill: Parameters<typeof rehearse>[0]['fill'] = async (store) => void (await store.commitCampaign({ organisation, roster }, 0, []));

const report = await rehearse({ ...asked, fill });
// copied; nothing is handed over
parentPort?.postMessage(report, []);
