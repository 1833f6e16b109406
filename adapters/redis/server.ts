import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const names = ['redis-server', 'valkey-server'];

/** Where package managers put servers that PATH may lack, in a service or an editor's shell. */
const usualFolders = ['/usr/local/bin', '/usr/bin', '/usr/local/sbin', '/usr/sbin', '/opt/homebrew/bin', '/opt/local/bin', '/snap/bin'];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a redis-server or valkey-server. Throws ZG_NO_REDIS where there is none. */
export const findRedisServer = (path = process.env['PATH'] ?? ''): string => {
  const folders = [...path.split(delimiter).filter(Boolean), ...usualFolders];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found) return found;
  throw new Error(
    'ZG_NO_REDIS: there is no redis-server or valkey-server here. Install one (apt-get install redis-server), or set REDIS_URL.',
  );
};

/** The kernel takes 108 bytes on Linux and 104 on macOS, the closing zero among them. */
const longestSocketPath = 100;

const recordedSocket = (dir: string): string | null => {
  try {
    return readFileSync(join(dir, 'socket'), 'utf8').trim() || null;
  } catch {
    return null;
  }
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Where the server of this folder listens, or would listen; null before it was first started. */
export const socketOf = (dir: string): string | null => recordedSocket(dir);

/** The socket's path, recorded in the folder: inside it where that is short enough, else in a private folder of the system's. */
export const chooseSocket = (dir: string): string => {
  const inside = join(dir, 'redis.sock');
  const recorded = recordedSocket(dir);
  const isUsable = Buffer.byteLength(inside) <= longestSocketPath;
  if (recorded !== null && (recorded === inside || !isUsable) && isFolder(dirname(recorded))) return recorded;
  const temporary = Buffer.byteLength(tmpdir()) < longestSocketPath / 2 ? tmpdir() : '/tmp';
  const socket = isUsable ? inside : join(mkdtempSync(join(temporary, 'zaigang-')), 'redis.sock');
  writeFileSync(join(dir, 'socket'), socket);
  return socket;
};

const mostLogBytes = 5_000_000;

const makeRoomInLog = (log: string): void => {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > mostLogBytes) renameSync(log, `${log}.1`);
};

const serverArguments = (dir: string, socket: string): readonly string[] =>
  [
    ['--dir', dir],
    ['--unixsocket', socket],
    ['--unixsocketperm', '700'],
    ['--port', '0'],
    ['--appendonly', 'yes'],
    ['--appendfsync', 'always'],
    // a power cut may leave half a command at the end: it was never confirmed
    ['--aof-load-truncated', 'yes'],
    ['--maxmemory-policy', 'noeviction'],
    ['--save', ''],
    ['--pidfile', join(dir, 'redis.pid')],
    ['--logfile', join(dir, 'redis.log')],
  ].flat();

/** Starts a server on the folder, which must be locked. In a group of its own: Ctrl-C is for us, and we end it in order. */
export const spawnServer = (binary: string, dir: string, socket: string): ChildProcess => {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  makeRoomInLog(join(dir, 'redis.log'));
  const child = spawn(binary, serverArguments(dir, socket), { stdio: 'ignore', detached: true });
  child.unref();
  // at once, so that whoever comes after a crash finds it
  if (child.pid !== undefined) writeFileSync(join(dir, 'redis.pid'), `${child.pid}\n`);
  return child;
};

const lastLines = 8;

/** The end of the server's own log, for whoever must find out why it doesn't start. */
export const tailLog = (dir: string): string => {
  try {
    return readFileSync(join(dir, 'redis.log'), 'utf8').trimEnd().split('\n').slice(-lastLines).join('\n');
  } catch {
    return '(no log)';
  }
};
