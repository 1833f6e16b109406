import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macs = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The system's own browser. A machine without one fails here, with what to do. */
export const openBrowser = async (): Promise<Browser> => {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...macs].find(isThere);
  if (!found) throw new Error('no Chromium found: install the package chromium, or Google Chrome; the page is tested in a real browser');
  return chromium.launch({
    executablePath: found,
    // without a language it saves no file under a name of Chinese characters, and CI has none
    env: { ...process.env, LANG: process.env['LANG'] ?? 'C.UTF-8' },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
};
