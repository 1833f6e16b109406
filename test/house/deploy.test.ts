import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, 'deploy', name), 'utf8');

/** What comes from the machine that builds, without what another stage has made. */
const copied = [...read('Containerfile').matchAll(/^COPY (?!--)(.+) \S+$/gmu)].flatMap(([, names = '']) => names.split(' '));

it('copies into the image by name what the program is made of, and nothing that is a machine’s own', () => {
  expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  expect(['src', 'adapters', 'jobs'].filter((room) => !copied.includes(room))).toEqual([]);
  const own = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  expect(copied.filter((name) => name === '.' || own.includes(`/${name}/`) || own.includes(name))).toEqual([]);
});

const made = ['/var/lib/zaigang'];
const units = readdirSync(join(root, 'deploy')).filter((name) => name.endsWith('.service'));

/** systemd starts nothing where the account, or a folder that is to stay writable, is missing. */
const neededBy = (name: string): readonly string[] => {
  const text = read(name);
  const user = /^User=(\w+)$/mu.exec(text)?.[1];
  const folders = (/^ReadWritePaths=(.+)$/mu.exec(text)?.[1] ?? '').split(' ').filter((one) => one !== '' && !made.includes(one));
  return [
    ...(text.includes('StateDirectory=') ? [`useradd --system --home-dir /var/lib/zaigang --shell /usr/sbin/nologin ${user}`] : []),
    ...folders.map((folder) => `install -d -o ${user} -g ${user} -m 0700 ${folder}`),
  ];
};

it('says in each unit how to make what must be there first', () => {
  expect(units.flatMap(neededBy)).toHaveLength(2);
  expect(units.flatMap((name) => neededBy(name).filter((command) => !read(name).includes(command)))).toEqual([]);
});

const alertsIn = fileURLToPath(new URL('../fixtures/alerts.test.yml', import.meta.url));
const promtool = (...args: readonly string[]) => spawnSync('promtool', args, { encoding: 'utf8' });

it.skipIf(promtool('--version').error !== undefined)('has alerts that fire when they should, where Prometheus is at hand to say so', () => {
  const { status, stdout, stderr } = promtool('test', 'rules', alertsIn);
  expect(`${stdout}${stderr}`).toContain('SUCCESS');
  expect(status).toBe(0);
});
