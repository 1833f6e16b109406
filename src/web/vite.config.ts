import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

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

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [packed],
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
