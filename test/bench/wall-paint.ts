import { createTokens } from '../../adapters/webchat/verify.ts';
import { conversationOf } from '../../adapters/webchat/conversation-id.ts';
import { loadServerSecret } from '../../adapters/redis/server-secret.ts';
import { openBrowser } from '../support/browser.ts';
import { startAnswering } from './answers.ts';
import { officeOf } from './bureau.ts';
import { type Figure, percentile, toFigure } from './figure.ts';

export type PaintSize = {
  readonly posts: number;
  /** How often the page is opened, each time in a browser that has seen nothing. */
  readonly visits: number;
  /** Answers of which each is timed until the page shows it. */
  readonly updates: number;
};

/** Notes when the first tile is painted, and when each tile of somebody who is asked goes. Instants of the page, ms. */
const noting = `
  window.noted = { tileAt: null, goneAt: {} };
  const keysOf = (node) => node.nodeType === 1 ? [node, ...node.querySelectorAll('*')].map((one) => one.dataset?.key).filter(Boolean) : [];
  new MutationObserver((changes) => {
    const { noted } = window;
    if (noted.tileAt === null && document.querySelector('.wall-body .tile, .wall-body .unit')) {
      noted.tileAt = -1;
      requestAnimationFrame(() => setTimeout(() => (noted.tileAt = performance.now())));
    }
    const now = performance.timeOrigin + performance.now();
    for (const { removedNodes } of changes) for (const node of removedNodes) for (const key of keysOf(node)) noted.goneAt[key] = now;
  }).observe(document, { childList: true, subtree: true });
`;

const patience = { timeout: 120_000 };
const shownWithinMs = 5_000;

/**
 * A wall of `posts` posts in a real browser. `wall.paint`: from the navigation until the first tile is on the screen,
 * the slowest visit, ms. `wall.interactive`: until a press is answered too. `wall.script`: what was loaded of script by then,
 * packed as it came, kB. `wall.shown`: from the instant at which somebody who reads the ledger sees an answer until the page
 * shows it, p99, ms.
 */
export const measurePaint = async ({ posts, visits, updates }: PaintSize): Promise<readonly Figure[]> => {
  const answering = await startAnswering(Math.max(posts, updates));
  const { port, stage } = answering;
  const browser = await openBrowser();
  try {
    const personId = officeOf(Math.max(posts, updates));
    const tokens = createTokens(await loadServerSecret(stage.redis, stage.settings.bureau, 'directline'));
    const token = tokens.issue({ personId, conversation: conversationOf(personId) });
    const visit = async () => {
      const context = await browser.newContext({
        viewport: { width: 2560, height: 1440 },
        extraHTTPHeaders: { authorization: `Bearer ${token}` },
      });
      const page = await context.newPage();
      await page.addInitScript(noting);
      await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'commit' });
      await page.locator('.wall-body .tile, .wall-body .unit').first().waitFor(patience);
      const paintedMs = await page.evaluate<number>(`new Promise((resolve) => {
        const look = () => (noted.tileAt > 0 ? resolve(noted.tileAt) : setTimeout(look, 1));
        look();
      })`);
      const interactiveMs = await page.evaluate<number>(`new Promise((resolve) => {
        document.querySelector('.count').click();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      })`);
      await page.locator('.count').first().click();
      const scriptBytes = await page.evaluate<number>(
        `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
      );
      return { page, context, paintedMs, interactiveMs, scriptKb: scriptBytes / 1_000 };
    };
    const seen: Awaited<ReturnType<typeof visit>>[] = [];
    for (let count = 0; count < visits; count++) {
      const one = await visit();
      seen.push(one);
      if (count < visits - 1) await one.context.close();
    }
    const { page } = seen.at(-1)!;
    const { durableAt } = await answering.answer(updates, 10, 0);
    await new Promise((resolve) => setTimeout(resolve, shownWithinMs));
    const goneAt = await page.evaluate<Record<string, number>>('window.noted.goneAt');
    const shown = [...durableAt].flatMap(([post, at]) => (goneAt[post] === undefined ? [] : [goneAt[post] - at]));
    const slowest = (of: 'paintedMs' | 'interactiveMs' | 'scriptKb'): number => Math.max(...seen.map((one) => one[of]));
    const painted = seen.map(({ paintedMs }) => paintedMs);
    return [
      toFigure({
        name: 'wall.paint',
        value: slowest('paintedMs'),
        unit: 'ms',
        n: visits,
        p50: percentile(painted, 0.5),
        p99: slowest('paintedMs'),
      }),
      toFigure({ name: 'wall.interactive', value: slowest('interactiveMs'), unit: 'ms', n: visits }),
      toFigure({ name: 'wall.script', value: slowest('scriptKb'), unit: 'kB', n: visits }),
      toFigure({
        name: 'wall.shown',
        value: percentile(shown, 0.99),
        unit: 'ms',
        n: shown.length,
        p50: percentile(shown, 0.5),
        p99: percentile(shown, 0.99),
      }),
    ];
  } finally {
    await browser.close();
    await answering.end();
  }
};
