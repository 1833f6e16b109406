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
    /** Pictures stay as they were drawn while they are printed: a sheet is told what for, and turns those of a dark screen. */
    const look = (): void => {
      if (matchMedia('print').matches) return;
      document.documentElement.dataset['drawn'] = dark.matches ? 'dark' : 'light';
      setPalette(readPalette());
    };
    look();
    dark.addEventListener('change', look);
    return () => dark.removeEventListener('change', look);
  }, []);
  return palette;
};
