import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../src/web/styles/tokens.css'), 'utf8');
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)');

type Colours = Record<string, string>;
const read = (text: string): Colours =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, value]) => [name, value]));

/** What a link of the chat opens comes without the page's sheets, and with its colours. */
it('are the same before somebody is signed in', () => {
  const sheet = /const style = `([^`]*)`/u.exec(
    readFileSync(join(import.meta.dirname, '../../adapters/http/sign-in-page.ts'), 'utf8'),
  )?.[1];
  const used = sheet?.match(/#[\da-f]{3,8}\b/gu) ?? [];
  expect(used.length).toBeGreaterThan(8);
  expect(used.filter((colour) => !css.includes(`${colour};`))).toEqual([]);
});

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG 2.2, "contrast ratio". */
const contrast = (a = '#000000', b = '#000000'): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const states = ['green', 'waiting', 'escalated', 'missed', 'empty'];
const texts: [string, string][] = [
  ...['paper', 'surface', 'raised', 'sunken'].flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-soft', ground],
  ]),
  ...states.flatMap((state): [string, string][] => [
    [state, `${state}-tint`],
    [state, 'surface'],
    [state, 'paper'],
    ['ink', `${state}-tint`],
  ]),
  ['accent-ink', 'accent'],
];
const marks: [string, string][] = ['waiting', 'escalated', 'missed', 'empty'].map((state) => [`${state}-edge`, `${state}-tint`]);

describe.each([
  ['light', read(lightCss)],
  ['dark', { ...read(lightCss), ...read(darkCss) }],
])('colours, %s', (_, colours) => {
  it.each(texts)('%s on %s reads at 4.5 to 1', (text, ground) => {
    expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(marks)('%s on %s shows at 3 to 1', (mark, ground) => {
    expect(contrast(colours[mark], colours[ground])).toBeGreaterThanOrEqual(3);
  });
});
