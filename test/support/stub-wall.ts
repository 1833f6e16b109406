import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Post, Wall, WallNews } from '../../src/web/data/types.ts';

const webRoot = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const types: { readonly [extension: string]: string } = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const at = '2021-08-27T10:00:00+08:00';

export const postOf = (number: number, color: Post['color'] = 'green', unit = `第${Math.ceil(number / 100)}区`): Post => ({
  subject: `p${number}`,
  color,
  lastContactAt: '2021-08-27T09:41:00+08:00',
  unit,
  post: `岗${number}`,
  onDuty: [`甲${number}`],
  coDuty: [`乙${number}`],
  shiftLeader: [],
  ...(color === 'green'
    ? {}
    : {
        obligation: {
          id: `o${number}`,
          kind: 'check',
          stepNo: 2,
          openedAt: at,
          answerBy: at,
          nextAt: '2021-08-27T10:03:00+08:00',
          status: 'open',
        },
      }),
});

export const wallOf = (posts: readonly Post[], more: Partial<Wall> = {}): Wall => ({
  at,
  clockScale: 1,
  mode: 'production',
  campaign: '测试',
  posts,
  standing: [],
  office: [],
  counts: { green: 0, waiting: 0, escalated: 0, empty: 0, missed: 0, posts: posts.length, standing: 0, open: 0 },
  ...more,
});

export const newsOf = (news: Partial<WallNews>): WallNews => ({
  at,
  office: [],
  counts: { green: 0, waiting: 0, escalated: 0, empty: 0, missed: 0, posts: 0, standing: 0, open: 0 },
  posts: [],
  standing: [],
  gone: [],
  rows: [],
  ...news,
});

/** The built page before a wall that the test fills, where no service is of interest. `may`: what whoever is in may do; `lists`: by path, what is listed there. */
export const startStubWall = async (
  wall: Wall,
  may: readonly string[] = [],
  lists: { readonly [path: string]: readonly object[] } = {},
) => {
  const walls = new Set<ServerResponse>();
  const asked: string[] = [];
  let script = '';
  let isIn = true;
  const write = (response: ServerResponse, event: string, data: object): void =>
    void response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const inside = {
    mode: 'production',
    isSignedIn: true,
    personId: 'm1',
    name: '办公室',
    units: [],
    roles: ['office'],
    may,
    hasOpenId: false,
  };
  const outside = { mode: 'production', isSignedIn: false, roles: [], may: [], hasOpenId: false };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://stub').pathname;
    asked.push(path);
    if (!isIn && path.startsWith('/api/') && path !== '/api/session') {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    if (path === '/api/wall/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 200\n\n');
      write(response, 'wall', wall);
      walls.add(response);
      response.on('close', () => walls.delete(response));
      return;
    }
    // of single things it knows nothing
    if (/^\/api\/\w+\/./.test(path)) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    if (path.startsWith('/api/')) {
      const answer = path === '/api/session' ? (isIn ? inside : outside) : { items: lists[path] ?? [], next: null };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    const file = join(webRoot, path === '/' ? 'index.html' : path);
    try {
      const bytes =
        path === '/' && script !== '' ? readFileSync(file, 'utf8').replace(/assets\/index-[\w-]+\.js/, script) : readFileSync(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    tell: (news: WallNews): void => {
      for (const each of walls) write(each, 'news', news);
    },
    /** Every connection breaks off; each comes back by itself. */
    breakOff: (): void => {
      for (const each of walls) each.destroy();
    },
    /** From now on it is another build's page: this script is no longer the one that it names. */
    renew: (name: string): void => void (script = name),
    /** Whoever looks is signed in no longer. */
    endSession: (): void => {
      isIn = false;
      for (const each of walls) each.destroy();
    },
    asked: (path: string): number => asked.filter((each) => each === path).length,
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
