import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { eventually } from '../../support/demo.ts';
import { patienceMs, pause } from '../pause.ts';
import type { ChaosStage, Index } from '../stage.ts';
import { limitFiles, type SingleStand } from '../stands/single.ts';
import { again, type Kind } from './kind.ts';

/** What still goes on the disk before it is full. */
const mostLeftBytes = 20_000;

/** The disk of Redis is full: it ends rather than confirm what it cannot write, and again when it is started, until there is room. */
export const redisDisk: Kind<SingleStand> = {
  name: 'redisDisk',
  torment: async ({ stage: { stand }, chance, forMs }) => ({
    'full disks of Redis': await again(forMs, 1, async () => {
      await stand.fillDisk(chance() * mostLeftBytes);
      await eventually(
        async () => stand.node.isUp(),
        (isUp) => !isUp,
        patienceMs,
      );
      await pause(chance() * 1_500);
      await stand.node.start();
      await pause(500);
    }),
  }),
};

const askFor = (
  url: string,
  authorization: string,
  body: string | FormData,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${authorization}` },
    body,
    signal: AbortSignal.timeout(patienceMs),
  });

const tokenOf = async ({ bureau, secret }: ChaosStage, origin: string): Promise<string> => {
  const body = JSON.stringify({ user: { id: bureau.office[0].mobile } });
  const answer = await eventually(
    async () => {
      const asked = await askFor(`${origin}v3/directline/tokens/generate`, secret, body, { 'content-type': 'application/json' });
      return { status: asked.status, text: await asked.text() };
    },
    ({ status }) => status === 200,
    patienceMs,
  );
  return (JSON.parse(answer.text) as { readonly token: string }).token;
};

/** Uploads a file with a few words, and says with which status it was answered. */
const upload = async ({ bureau }: ChaosStage, origin: string, token: string, text: string): Promise<number> => {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/plain' }), 'note.txt');
  const answer = await askFor(`${origin}v3/directline/conversations/c-${bureau.office[0].id}/upload?userId=x`, token, form);
  await answer.text();
  return answer.status;
};

/** The disk of an instance is full: files are refused instead of half kept, sealing waits, everything else goes on. */
export const dataDisk: Kind<SingleStand> = {
  name: 'dataDisk',
  torment: async ({ stage, chance, forMs }) => {
    const taken: string[] = [];
    let count = 0;
    const times = await again(forMs, 1, async () => {
      const index: Index = chance() < 0.5 ? 0 : 1;
      const [pid, origin] = [stage.pidOf(index), stage.origins()[index]];
      if (pid === undefined || origin === undefined) throw new Error('an instance is not there');
      const token = await tokenOf(stage, origin);
      const send = async (): Promise<number> => {
        const text = `note ${(count += 1)} of ${chance()}`;
        const status = await upload(stage, origin, token, text);
        if (status === 200) taken.push(nodeSecrets.sha256(text));
        return status;
      };
      limitFiles(pid, 0);
      try {
        const status = await send();
        if (status < 500) throw new Error(`a file that can be kept nowhere was answered with ${status}`);
        await pause(chance() * 1_000);
      } finally {
        limitFiles(pid, 'unlimited');
      }
      await eventually(send, (status) => status === 200, patienceMs);
    });
    const missing = taken.filter((sha256) => !existsSync(join(stage.folder, 'files', sha256.slice(0, 2), sha256)));
    if (missing.length > 0) throw new Error(`taken and not there: ${missing.join(' ')}`);
    return { 'full disks of an instance': times };
  },
};
