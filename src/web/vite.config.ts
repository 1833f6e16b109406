import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { pageTexts } from '../messages/page-texts.ts';

const isText = (name: string): boolean => /\.(js|css|svg|html)$/.test(name);

/** Packs what is text once, beside it: the service only hands it out. */
const packed: Plugin = {
  name: 'packed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter(isText)) {
      const bytes = await readFile(join(dir, name));
      await writeFile(join(dir, `${name}.br`), brotliCompressSync(bytes));
      await writeFile(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

const readSheet = (name: string): Promise<string> => readFile(join(import.meta.dirname, 'styles', name), 'utf8');

const { 'zh-CN': own, en: other } = pageTexts;
const words: { readonly [place: string]: string } = {
  htmlLang: own.htmlLang,
  product: own.product,
  opening: own.opening,
  'other.htmlLang': other.htmlLang,
  'other.opening': other.opening,
};

const pageSheet = '<link rel="stylesheet" ';

/**
 * Paints before the page runs: over a slow line that takes seconds. A small sheet holds up nothing but this paint; the page's
 * own keeps its place behind it and holds up nothing until the page switches it on.
 */
const opening: Plugin = {
  name: 'opening',
  apply: 'build',
  async buildStart() {
    const source = (await Promise.all(['tokens.css', 'opening.css'].map(readSheet))).join('\n');
    this.emitFile({ type: 'asset', name: 'opening.css', source });
  },
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const sheet = Object.keys(bundle).find((name) => /opening-[^/]*\.css$/u.test(name));
      if (sheet === undefined || html.split(pageSheet).length !== 2) throw new Error('the page has no sheet of its own, or several');
      return html
        .replace(pageSheet, `<link rel="stylesheet" href="./${sheet}">\n    <link rel="stylesheet" id="page-sheet" media="not all" `)
        .replace(/\{\{([\w.]+)\}\}/gu, (_, place: string) => words[place]!);
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [opening, packed],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // inlined data: URLs would need exceptions in the content security policy
    assetsInlineLimit: 0,
    // the chat's half: the Direct Line client and the cards, loaded when the first conversation is opened
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
  },
});
