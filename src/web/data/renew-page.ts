import { pageStore } from './store.ts';

const scriptIn = /assets\/index-[\w-]+\.js/;

/** The script that this page runs; its name says what is in it. */
const ownScript = (): string | undefined =>
  [...document.scripts].map(({ src }) => scriptIn.exec(src)?.[0]).find((script) => script !== undefined);

/** Whoever is in the middle of a sentence keeps it. */
const isWriting = (): boolean =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type=file]), textarea')].some(
    ({ value }) => value !== '',
  );

let isFirst = true;

/** After a break the service may be another, with another page: a wall that nobody stands before takes it by itself. */
export const renewPage = async (): Promise<void> => {
  if (isFirst) {
    isFirst = false;
    return;
  }
  const page = await fetch('./', { headers: { accept: 'text/html' } }).catch(() => undefined);
  const script = page?.ok ? scriptIn.exec(await page.text())?.[0] : undefined;
  if (script === undefined || script === ownScript()) return;
  if (isWriting()) pageStore.set({ isOutdated: true });
  else location.reload();
};
