import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Visits pages with contexts of their own, and hears everything that a browser complains about or asks for elsewhere. */
export const createVisitor = (browser: () => Browser) => {
  let complaints: string[] = [];
  const visited: Page[] = [];
  return {
    visit: async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser().newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('request', (request) => {
        const { origin } = new URL(request.url());
        if (origin !== new URL(url).origin && !request.url().startsWith('data:')) complaints.push(`asked ${origin}`);
      });
      visited.push(page);
      await page.goto(url);
      return page;
    },
    /** Ends all visits. Throws what was complained about, but for what was to be expected. */
    leave: async (expected = /^$/): Promise<void> => {
      await Promise.all(visited.splice(0).map((page) => page.context().close()));
      const heard = complaints.filter((complaint) => !expected.test(complaint));
      complaints = [];
      if (heard.length > 0) throw new Error(`the browser complained:\n${heard.join('\n')}`);
    },
  };
};

type Violation = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
};

/** What axe finds wrong with a page as it stands, a line each: WCAG 2.2 A and AA, and its own good practice. */
export const findBarriers = async (page: Page): Promise<readonly string[]> => {
  // what is still coming in is seen through, and pale
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)))');
  // evaluated and not added as an element: the content security policy allows no script but the page's own
  await page.evaluate(axe.source);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 200)}\n${failureSummary}`),
  );
};
