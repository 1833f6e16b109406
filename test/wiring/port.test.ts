import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { claimPort } from '../../src/wiring/port.ts';

const host = '127.0.0.1';

const freePort = async (): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer().listen({ host, port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as AddressInfo).port };
};

it('says in one sentence that the port is taken, before it starts anything', async () => {
  const { port } = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'zg-port-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: new URL('../..', import.meta.url),
    env: { PATH, HOME, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toMatch(/^ZG_PORT_TAKEN: [^\n]*set PORT[^\n]*\n$/u);
  expect(await readdir(dataDir)).toEqual([]);
});

it('answers that it is starting until the port is released, and holds it against others', async () => {
  const { server, port } = await freePort();
  server.close();
  await once(server, 'close');
  const claimed = await claimPort(host, port);
  const answer = await fetch(`http://${host}:${port}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([503, { error: { code: 'ZG_NOT_READY' } }]);
  await expect(claimPort(host, port)).rejects.toThrow(/^ZG_PORT_TAKEN/);
  await claimed.release();
  await (await claimPort(host, port)).release();
});
