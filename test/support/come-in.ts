import type { Page } from 'playwright-core';
import type { Demo } from './demo.ts';
import { connectDirectLine } from './direct-line.ts';

const linkIn = /https?:[^"\\\s]*\/sign-in\/[^"\\\s)\]]+/u;

/** What the chat gives somebody who asks for the board there. */
const askForLink = async ({ url }: Pick<Demo, 'url'>, mobile: string): Promise<string> => {
  const client = await connectDirectLine({ origin: new URL(url).origin, mobile: mobile.replaceAll('-', '') });
  const sentAs = `link ${performance.now()}`;
  await client.says('看板', { channelData: { clientActivityID: sentAs } });
  const answer = await client.sees(({ channelData }) => (channelData as { inReplyTo?: string } | undefined)?.inReplyTo === sentAs);
  client.end();
  return linkIn.exec(JSON.stringify(answer))![0];
};

/** Somebody on the page as themselves, by a link of the chat that opens once; looking at `hash`, where it is given. */
export const comeIn = async (
  demo: Pick<Demo, 'url'>,
  { mobile }: { readonly mobile: string },
  visit: (link: string) => Promise<Page>,
  hash = '',
): Promise<Page> => {
  const page = await visit(await askForLink(demo, mobile));
  await page.getByRole('button', { name: '进入值守大屏' }).click({ timeout: 60_000 });
  await page.locator('.account summary').waitFor({ timeout: 60_000 });
  if (hash !== '') await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  return page;
};

/** In the other language, for good. */
export const inEnglish = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'English' }).click();
  await page.locator('html[lang=en]').waitFor();
};
