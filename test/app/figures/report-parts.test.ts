import { describe, expect, it } from 'vitest';
import { heatBands } from '../../../src/app/figures/heat-bands.ts';
import { reportTexts } from '../../../src/messages/report-texts.ts';
import { fc } from '../../support/property.ts';

describe('the legend of the hours of the week', () => {
  it('says each count that may occur once, warmest from half of the most on', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), (most) => {
        const bands = heatBands(most);
        const told = bands.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
        expect(told).toEqual(Array.from({ length: most + 1 }, (_, count) => count));
        expect(bands.find(({ to }) => most <= to)?.heat).toBe(most === 0 ? 'calm' : 'hot');
      }),
    );
  });

  it('is written as people say it', () => {
    expect(heatBands(5).map(({ heat, text }) => `${heat} ${text}`)).toEqual(['calm 0 次', 'warm 1–2 次', 'hot 3–5 次']);
    expect(heatBands(1).map(({ text }) => text)).toEqual(['0 次', '1 次']);
  });
});

it('names the annex that has the gaps which the text leaves out by the name that stands above it', () => {
  expect(reportTexts.gapsMore).toContain(`“${reportTexts.annexes.coverage}”`);
});
