import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

type Ended = { readonly exit: number | null; readonly said: string };

/** Whoever does not end by itself is a failure by the test's own limit; it is then ended. */
const start = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> => {
  const variables = { ...process.env, PORT: String(await freePort()), LOG_LEVEL: 'silent', ...env };
  const child = spawn(process.execPath, ['src/main.ts', ...args], { cwd: root, env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, said };
};

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'zg-start-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
};

// a start that can't be must end: whoever watches over the process starts nothing anew beside one that only hangs
for (const args of [[], ['serve']]) {
  const name = ['zaigang', ...args].join(' ');

  it(`ends with every fault of the campaign file: ${name}`, { timeout: 30_000 }, async () => {
    const dataDir = await folder();
    const file = join(dataDir, 'campaign.json');
    await writeFile(file, '{ "name": 5 }');
    const { exit, said } = await start(args, { DATA_DIR: dataDir, CAMPAIGN_FILE: file });
    expect(exit).toBe(1);
    expect(said).toMatch(/ZG_CONFIGURATION|\[ZG_CONFIGURATION\]/u);
    expect(said).toContain('from: missing');
  });

  it(`ends when no Redis answers: ${name}`, { timeout: 60_000 }, async () => {
    const { exit, said } = await start(args, { DATA_DIR: await folder(), REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(exit).toBe(1);
    expect(said).toContain('Check REDIS_URL and that Redis runs');
  });

  it(`ends when nothing can be kept in the data folder: ${name}`, { timeout: 30_000 }, async () => {
    const { exit, said } = await start(args, { DATA_DIR: join(fileURLToPath(import.meta.url), 'below') });
    expect(exit).toBe(1);
    expect(said).toContain('set DATA_DIR to a folder that this account may write to');
  });
}
