import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { postOf, startStubWall, wallOf } from '../support/stub-wall.ts';
import { createVisitor } from '../support/visitor.ts';

/**
 * What the page looks like, beside a picture of it that somebody has looked at. Fonts differ from machine to machine, so both
 * are made small first: a tile that is gone, a colour or a column that has moved is seen, a letter that is drawn otherwise is not.
 */

const kept = join(import.meta.dirname, '../fixtures/screens');
/** Where they lie to be looked at, and to be kept where they are right. */
const seen = join(import.meta.dirname, '../../reports/screens');
const patience = { timeout: 60_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
let stub: Awaited<ReturnType<typeof startStubWall>>;
const { visit, leave } = createVisitor(() => browser);

const colors = ['missed', 'empty', 'escalated', 'waiting', 'green', 'green', 'green', 'green', 'green', 'green', 'green', 'green'] as const;
const counts = { green: 8, waiting: 1, escalated: 1, empty: 1, missed: 1, posts: 12, standing: 0, open: 4 };
const timeline = {
  stretches: [
    { at: '2021-08-27T08:00:00+08:00', rounds: 1, asked: 12, answered: 9, late: 1, undelivered: 1, noAnswer: 1, steps: { 2: 3 } },
    { at: '2021-08-27T09:50:00+08:00', asked: 3, answered: 2, open: 1 },
  ],
  moments: [{ seq: 7, at: '2021-08-27T08:29:00+08:00', what: 'noAnswer', subject: 'p1', obligationId: 'o1' }],
} as const;

beforeAll(async () => {
  browser = await openBrowser();
  const posts = colors.map((color, index) => postOf(index + 1, color, `第${index + 1}区`));
  // a clock that stands still
  stub = await startStubWall(wallOf(posts, { counts, timeline, clockScale: 0 }));
  mkdirSync(seen, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await stub.stop();
});
afterEach(() => leave(/ERR_|Failed to load/));

/** By how much two pictures differ, 0 to 255: of the cell that differs most, and on average. Drawn small by the browser itself. */
const compare = (page: Page, one: Buffer, other: Buffer): Promise<{ readonly most: number; readonly mean: number }> =>
  page.evaluate(`(async () => {
    const [columns, rows] = [48, 27];
    const small = async (data) => {
      const image = new Image();
      image.src = 'data:image/png;base64,' + data;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: columns, height: rows });
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, columns, rows);
      return context.getImageData(0, 0, columns, rows).data;
    };
    const [a, b] = [await small('${one.toString('base64')}'), await small('${other.toString('base64')}')];
    const gaps = Array.from({ length: columns * rows }, (_, cell) =>
      Math.max(...[0, 1, 2].map((channel) => Math.abs(a[cell * 4 + channel] - b[cell * 4 + channel]))));
    return { most: Math.max(...gaps), mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length };
  })()`);

const mostOfACell = 90;
const mostOnAverage = 4;

it.each([
  ['phone', '', 390, 844, 'light'],
  ['desk', '', 1440, 900, 'light'],
  ['desk-dark', '', 1440, 900, 'dark'],
  ['wall', '', 2560, 1440, 'light'],
  ['big', '#/wall', 1920, 1080, 'dark'],
] as const)('looks as it was found good: %s', async (name, hash, width, height, colorScheme) => {
  const page = await visit(`${stub.url}${hash}`, { viewport: { width, height }, colorScheme, reducedMotion: 'reduce', locale: 'zh-CN' });
  await page.getByText('第1区').first().waitFor(patience);
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot();
  writeFileSync(join(seen, `${name}.png`), picture);
  const { most, mean } = await compare(await visit('about:blank'), picture, readFileSync(join(kept, `${name}.png`)));
  expect({ name, isLike: most <= mostOfACell && mean <= mostOnAverage, most, mean }).toMatchObject({ isLike: true });
});
