import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../src/ports/fault.ts';

const hashed = `${sep}assets${sep}`;

/** The built page at `/`. Names of assets carry a hash of what is in them, so they never change; the page does. */
export const registerPage = (server: FastifyInstance, webRoot: string): void => {
  if (!existsSync(join(webRoot, 'index.html'))) {
    server.get('/', async () => {
      throw new Fault('ZG_NO_PAGE');
    });
    return;
  }
  server.register(fastifyStatic, {
    root: webRoot,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      response.header('cache-control', path.includes(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};
