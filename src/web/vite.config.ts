import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
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
