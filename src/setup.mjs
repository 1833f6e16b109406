// Makes a fresh clone ready: modules, the pinned Node, Redis, for tests a browser, for people the page. Plain JavaScript for any
// Node from 20 on, because it runs before anything is installed. Speaks on stderr, never asks, and is silent when all is there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const purpose = process.argv[2] ?? 'start';

class SetupError extends Error {}

const say = (text) => process.stderr.write(`set-up: ${text}\n`);
const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const digest = (text) => createHash('sha256').update(text).digest('hex');
const readIfThere = (file) => {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
};

// Everything these programs say goes to stderr: stdout belongs to the command that comes after us.
const run = (command, args, { isQuiet = false, env = process.env } = {}) =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', isQuiet ? 'pipe' : 2, isQuiet ? 'pipe' : 2] });
    const keep = (chunk) => (output = (output + chunk).slice(-8000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ isGood: false, output: error.message }));
    child.once('close', (code) => resolve({ isGood: code === 0, output }));
  });

// ---- programs on this machine

const usualFolders = ['/usr/local/bin', '/usr/bin', '/usr/local/sbin', '/usr/sbin', '/opt/homebrew/bin', '/opt/local/bin', '/snap/bin'];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const find = (names) => {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...usualFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
};

const macBrowsers = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

const fontFolders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(process.env.HOME ?? '/', '.fonts'),
  join(process.env.HOME ?? '/', '.local/share/fonts'),
];
const chineseFont = /cjk|wqy|source-?han|droid.*fallback|hei|song|fang|kai|ming/i;

// Those that a PDF can be written with, as `adapters/paper/find-font.ts` looks for them.
const sheetFont =
  /^(?:Noto(?:Sans|Serif)CJK-Regular|NotoSans(?:CJK)?sc-Regular|SourceHanSans(?:SC|CN)-Regular|wqy-(?:microhei|zenhei)|DroidSansFallback(?:Full)?)\./i;

const holdsFont = (folder, wanted, depth = 4) => {
  if (depth === 0 || !existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? holdsFont(join(folder, entry.name), wanted, depth - 1)
      : wanted.test(entry.name) && /\.(?:tt[cf]|otf)$/i.test(entry.name),
  );
};

// `packages`: by package manager, what to install, the first that works.
const programs = {
  redis: {
    name: 'redis-server',
    isThere: () => find(['redis-server', 'valkey-server']) !== undefined,
    packages: {
      'apt-get': ['redis-server', 'valkey-server'],
      dnf: ['redis', 'valkey'],
      apk: ['redis', 'valkey'],
      brew: ['redis', 'valkey'],
    },
    otherwise: 'or set REDIS_URL to a Redis that runs with appendonly yes and appendfsync always',
  },
  chromium: {
    name: 'chromium',
    isThere: () =>
      find(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) !== undefined || macBrowsers.some(isExecutable),
    packages: { 'apt-get': ['chromium', 'chromium-browser'], dnf: ['chromium'], apk: ['chromium'], brew: ['chromium'] },
    otherwise: 'or install Google Chrome; the tests look at the page in a real browser',
  },
  font: {
    name: 'a font with Chinese characters',
    isThere: () => process.platform === 'darwin' || fontFolders.some((folder) => holdsFont(folder, chineseFont)),
    packages: {
      'apt-get': ['fonts-noto-cjk', 'fonts-wqy-microhei'],
      dnf: ['google-noto-sans-cjk-fonts', 'google-noto-sans-cjk-vf-fonts'],
      apk: ['font-noto-cjk'],
    },
    otherwise: 'the tests look at the page, which is in Chinese, and duty sheets are written with it',
  },
};

const hasRedisUrl = () => Boolean(process.env.REDIS_URL) || /^\s*(?:export\s+)?REDIS_URL\s*=\s*['"]?[^\s'"]/m.test(readIfThere('.env'));

const neededPrograms = () => {
  if (purpose === 'test') return [programs.redis, programs.chromium, programs.font];
  if (purpose === 'bench' || purpose === 'fuzz') return [programs.redis];
  return (purpose === 'start' || purpose === 'zaigang') && !hasRedisUrl() ? [programs.redis] : [];
};

const missingPrograms = () => neededPrograms().filter((program) => !program.isThere());

const installArguments = {
  'apt-get': ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
  dnf: ['install', '-y', '-q'],
  apk: ['add', '--no-cache', '--quiet'],
  brew: ['install', '--quiet'],
};

const findManager = () => {
  const name = Object.keys(installArguments).find((each) => find([each]) !== undefined);
  if (name === undefined) return null;
  if (name === 'brew' || process.getuid?.() === 0) return { name, prefix: [] };
  const mayBecomeRoot = find(['sudo']) !== undefined && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return mayBecomeRoot ? { name, prefix: ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] } : null;
};

const byHand = (program) => {
  const hints = Object.entries(program.packages).map(
    ([manager, [first]]) => `${manager} ${manager === 'apk' ? 'add' : 'install'} ${first}`,
  );
  return `${program.name} is missing and can't be installed from here. As an administrator: ${hints.join(', or ')}; ${program.otherwise}.`;
};

// A fresh machine has no list of packages yet; a failure shows when the package can't be found.
let isUpdated = false;
const update = async (manager) => {
  if (manager.name !== 'apt-get' || isUpdated) return;
  isUpdated = true;
  const [command, ...rest] = [...manager.prefix, 'apt-get', 'update', '-q', '-o', 'DPkg::Lock::Timeout=300'];
  await run(command, rest, { isQuiet: true });
};

const install = async (program, manager) => {
  await update(manager);
  const runManaged = (args) => {
    const [command, ...rest] = [...manager.prefix, manager.name, ...args];
    return run(command, rest, { isQuiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  let output = '';
  for (const name of program.packages[manager.name] ?? []) {
    say(`installing ${name} with ${manager.name}`);
    ({ output } = await runManaged([...installArguments[manager.name], name]));
    if (program.isThere()) return;
  }
  throw new SetupError(`${byHand(program)}\n${output.trim()}`);
};

const installPrograms = async () => {
  const missing = missingPrograms();
  if (missing.length === 0) return;
  const manager = findManager();
  if (manager === null) throw new SetupError(missing.map(byHand).join('\n'));
  for (const program of missing) await install(program, manager);
  if (missing.includes(programs.redis) && manager.name === 'apt-get' && existsSync('/run/systemd/system')) {
    // Debian starts what it installs; ours is a child of the service, and nobody asked for a second one
    const [command, ...rest] = [...manager.prefix, 'systemctl', 'disable', '--now', 'redis-server'];
    await run(command, rest, { isQuiet: true });
  }
};

// What a start can do without: tried once, with the modules, and said where it can't be had.
const installWanted = async () => {
  const font = { ...programs.font, isThere: () => fontFolders.some((folder) => holdsFont(folder, sheetFont)) };
  if (purpose !== 'start' || process.platform === 'darwin' || font.isThere()) return;
  const manager = findManager();
  try {
    if (manager === null) throw new SetupError(byHand(font));
    await install(font, manager);
  } catch (error) {
    say(`going on without: duty sheets can't be had as PDF, only as Excel. ${error instanceof Error ? error.message : String(error)}`);
  }
};

// ---- modules

const stampFile = 'node_modules/.zaigang-lock';
const lockDigest = () => digest(`${process.platform} ${process.arch} ${readIfThere('package-lock.json')}`);

// npm's own note of what is installed: true also where somebody ran npm by hand. Optional packages are those of other systems.
const isInstalledAsLocked = () => {
  try {
    const installed = readJson('node_modules/.package-lock.json').packages;
    return Object.entries(readJson('package-lock.json').packages).every(
      ([path, wanted]) => path === '' || wanted.optional || wanted.peer || installed[path]?.version === wanted.version,
    );
  } catch {
    return false;
  }
};

const areModulesThere = () => {
  if (readIfThere(stampFile) === lockDigest()) return true;
  if (!isInstalledAsLocked()) return false;
  writeFileSync(join(root, stampFile), lockDigest());
  return true;
};

// By the Node that runs npm, not by the pinned one, which is about to be replaced.
const npm = (args) => {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? run(process.env.npm_node_execpath ?? process.execPath, [script, ...args]) : run('npm', args);
};

const installModules = async () => {
  if (areModulesThere()) return;
  say('installing modules with npm ci; the first time takes about a minute');
  const { isGood } = await npm(['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund']);
  if (!isGood) throw new SetupError('npm ci has failed, see above. Check that the registry can be reached (npm ping), then try again.');
  writeFileSync(join(root, stampFile), lockDigest());
};

const pinnedNode = join(root, 'node_modules/.bin/node');
const isNodeRight = () => {
  const wanted = `v${readJson('package.json').dependencies.node}`;
  return spawnSync(pinnedNode, ['-v'], { encoding: 'utf8' }).stdout?.trim() === wanted;
};

const checkNode = async () => {
  if (isNodeRight()) return;
  say('fetching the pinned Node');
  await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  if (isNodeRight()) return;
  throw new SetupError(
    'the pinned Node is not in node_modules/.bin. Its install script must run: npm config set ignore-scripts false, remove node_modules, try again.',
  );
};

// ---- the page

const pageConfig = 'src/web/vite.config.ts';
const pageStamp = 'dist/web.stamp';

const listFiles = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true })
        .map((name) => join(folder, String(name)))
        .sort()
    : [];

const pageDigest = () => {
  // the words speak of the limits of files, which are rules
  const files = ['src/web', 'src/messages', 'src/domain/items'].flatMap(listFiles);
  const facts = files.map((file) => {
    const { size, mtimeMs } = statSync(join(root, file));
    return `${file} ${size} ${mtimeMs}`;
  });
  return digest([lockDigest(), ...facts].join('\n'));
};

const isPageThere = () =>
  !(purpose === 'start' || purpose === 'test') ||
  !existsSync(join(root, pageConfig)) ||
  !existsSync(join(root, 'src/web/index.html')) ||
  (existsSync(join(root, 'dist/web/index.html')) && readIfThere(pageStamp) === pageDigest());

const buildPage = async () => {
  if (isPageThere()) return;
  say('building the page');
  const built = pageDigest();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { isGood, output } = await run(pinnedNode, [vite, 'build', '--config', pageConfig, '--logLevel', 'warn'], { isQuiet: true });
  if (!isGood) throw new SetupError(`the page can't be built:\n${output.trim()}`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, pageStamp), built);
};

// ---- one at a time: npm start and npm test may begin together in one clone

const lockFile = join(root, 'dist/.setup-lock');
const refreshMs = 1000;
const staleMs = 15_000;

const tryLock = () => {
  mkdirSync(dirname(lockFile), { recursive: true });
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

// The holder touches it every second, so silence means that it died; renaming makes sure that one waiter alone clears it away.
const clearStaleLock = () => {
  try {
    if (Date.now() - statSync(lockFile).mtimeMs < staleMs) return;
    const aside = `${lockFile}.${process.pid}`;
    renameSync(lockFile, aside);
    rmSync(aside, { force: true });
  } catch {
    // let go or cleared this instant
  }
};

const withLock = async (work) => {
  for (let waited = 0; !tryLock(); waited += 1) {
    if (waited === 0) say('waiting for another set-up in this folder');
    clearStaleLock();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const touch = setInterval(() => utimesSync(lockFile, new Date(), new Date()), refreshMs);
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  try {
    await work();
  } finally {
    clearInterval(touch);
    release();
    process.removeListener('exit', release);
  }
};

const isAllThere = () => areModulesThere() && isNodeRight() && missingPrograms().length === 0 && isPageThere();

try {
  if (!isAllThere()) {
    await withLock(async () => {
      const isFresh = !areModulesThere();
      await installModules();
      await checkNode();
      await installPrograms();
      if (isFresh) await installWanted();
      await buildPage();
    });
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
