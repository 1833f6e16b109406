import { useEffect, useState } from 'preact/hooks';

/** The colours of the page as they are now: a canvas cannot read style sheets by itself. */
export type Palette = { readonly [name in (typeof names)[number]]: string };

const names = [
  'ink',
  'ink-soft',
  'line',
  'surface',
  'sunken',
  'sans',
  'accent',
  'green',
  'green-tint',
  'waiting-edge',
  'escalated-edge',
  'missed-edge',
  'empty-edge',
  'line-strong',
] as const;

const readPalette = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Palette;
};

/** Changes with light and dark. */
export const usePalette = (): Palette => {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const look = (): void => setPalette(readPalette());
    dark.addEventListener('change', look);
    return () => dark.removeEventListener('change', look);
  }, []);
  return palette;
};
