import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startWatch } from '../../adapters/watchdog/watch.ts';
import type { Told } from '../../adapters/watchdog/tell.ts';
import { variableNames } from '../../src/config/environment.ts';
import { eventually, startDemo } from '../support/demo.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const deploy = join(root, 'deploy');
/** The office hears within a minute. */
const heardWithinMs = 60_000;

/** Keeps what comes to it. */
const startListener = async () => {
  const beats: number[] = [];
  const told: { readonly status: string; readonly text: string; readonly at: number }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url === '/beat') beats.push(performance.now());
      else told.push({ ...(JSON.parse(body) as { status: string; text: string }), at: performance.now() });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { beats, told, url };
};

const startWatchdog = (url: string, webhook: string): void => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts', 'watch', url, '--json'], {
    cwd: root,
    // as in the service's own image, without a campaign and without secrets
    env: { PATH, HOME, ZAIGANG_MODE: 'production', HOST: '0.0.0.0', DATA_DIR: '/data', WATCH_WEBHOOK: webhook },
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
  });
};

it('tells the office within a minute that Redis hangs, and gives no sign of life meanwhile', { timeout: 360_000 }, async () => {
  const { beats, told, url } = await startListener();
  const service = await startDemo({ env: { HEARTBEAT_URL: `${url}/beat` } });
  startWatchdog(service.url, `${url}/office`);
  await eventually(
    async () => beats.length,
    (count) => count >= 1,
    60_000,
  );
  const heard = async (status: string, since: number): Promise<{ readonly text: string; readonly at: number }> =>
    (
      await eventually(
        async () => told.filter((one) => one.status === status && one.at > since),
        (found) => found.length > 0,
        2 * heardWithinMs,
      )
    )[0]!;

  const redis = Number(readFileSync(join(service.dataDir, 'redis', 'redis.pid'), 'utf8'));
  let since = performance.now();
  process.kill(redis, 'SIGSTOP');
  const hung = await heard('down', since);
  expect(hung.at - since).toBeLessThan(heardWithinMs);
  // a beat may have been on its way
  expect(beats.filter((at) => at > since + 1_000)).toEqual([]);
  since = performance.now();
  process.kill(redis, 'SIGCONT');
  await heard('up', since);
});

it('sees a service that hangs, that goes on, and that was killed', { timeout: 120_000 }, async () => {
  const service = await startDemo();
  const told: Told[] = [];
  const watch = startWatch({
    urls: [service.url],
    tell: async (one) => (told.push(one), []),
    say: () => {},
    everyMs: 100,
    rules: { downAfterMs: 500, againEveryMs: 600_000 },
  });
  onTestFinished(watch.stop);
  const heard = (count: number): Promise<unknown> =>
    eventually(
      async () => told.length,
      (found) => found === count,
      60_000,
    );
  process.kill(service.pid, 'SIGSTOP');
  await heard(1);
  process.kill(service.pid, 'SIGCONT');
  await heard(2);
  await service.kill();
  await heard(3);
  expect(told.map(({ status }) => status)).toEqual(['down', 'up', 'down']);
  expect(told[2]!.text).toContain(service.url);
});

/** Names of metrics in an expression: all of ours, of the process and of Node. */
const metricsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:zaigang|process|nodejs)_[a-z0-9_]+/gu)].map(([name]) => name);
const familyOf = (name: string): string => name.replace(/_(?:bucket|sum|count)$/u, '');

const sample = /^([a-z_][a-z0-9_]*)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (Na[nN]|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/u;

/** What Prometheus' own linter would say: each line a sample, said once, with help and type; totals and base units by their names. */
const faultsOfMetrics = (text: string): readonly string[] => {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gmu)].map(([, name = '', type = '']) => [name, type]));
  const helped = new Set([...text.matchAll(/^# HELP (\S+) \S.*$/gmu)].map(([, name]) => name));
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const series = samples.map((line) => line.slice(0, line.lastIndexOf(' ')));
  return [
    ...samples.filter((line) => !sample.test(line)).map((line) => `no sample: ${line}`),
    ...series.filter((one, at) => series.indexOf(one) !== at).map((one) => `said twice: ${one}`),
    ...series
      .map((one) => one.replace(/\{.*$/u, ''))
      .filter((name) => !types.has(name) && !['histogram', 'summary'].includes(types.get(familyOf(name)) ?? ''))
      .map((name) => `without a type: ${name}`),
    ...[...types.keys()].filter((name) => !helped.has(name)).map((name) => `without help: ${name}`),
    ...[...types]
      .filter(([name, type]) => name.startsWith('zaigang_') && (type === 'counter') !== name.endsWith('_total'))
      .map(([name, type]) => `a ${type} called ${name}`),
    ...[...types.keys()]
      .filter((name) => name.startsWith('zaigang_') && /_(?:ms|milliseconds|minutes|kilobytes|mb|percent)(?:_|$)/u.test(name))
      .map((name) => `not in a base unit: ${name}`),
  ];
};

it('has every metric that the alerts and the board speak of', { timeout: 60_000 }, async () => {
  const service = await startDemo();
  const text = await eventually(
    async () => (await fetch(`${service.url}metrics`)).text(),
    (all) => /^zaigang_ready 1$/mu.test(all),
    60_000,
  );
  const there = new Set([...text.matchAll(/^# TYPE (\S+)/gmu)].map(([, name]) => name!));
  expect(text).toMatch(/^zaigang_ready 1$/mu);
  expect(faultsOfMetrics(text)).toEqual([]);
  for (const file of ['prometheus-alerts.yml', 'grafana.json']) {
    const named = metricsIn(readFileSync(join(deploy, file), 'utf8'));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !there.has(name) && !there.has(familyOf(name)))).toEqual([]);
  }
  const board = JSON.parse(readFileSync(join(deploy, 'grafana.json'), 'utf8')) as {
    readonly panels: readonly { readonly targets: readonly unknown[] }[];
  };
  expect(board.panels.every(({ targets }) => targets.length > 0)).toBe(true);
});

it('is deployed with variables that there are, as npm start runs it', () => {
  const start = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: { readonly start: string } }).scripts
    .start;
  const [, ...args] = start.replace(/^exec /u, '').split(' ');
  const read = (file: string): string => readFileSync(join(deploy, file), 'utf8');
  expect(read('zaigang.service')).toContain(`ExecStart=/opt/zaigang/node_modules/.bin/node ${args.join(' ')}\n`);
  expect(read('Containerfile')).toContain(`ENTRYPOINT ["node_modules/.bin/node", ${args.map((one) => JSON.stringify(one)).join(', ')}]`);
  const known = new Set([...variableNames, 'WATCH_URLS']);
  const named = readdirSync(deploy).flatMap((file) =>
    [...read(file).matchAll(/\b(?:ZAIGANG|WATCH|HEARTBEAT|REDIS|DATA|CAMPAIGN|DIRECTLINE)_[A-Z_]+\b/gu)].map(([name]) => name),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
