import { reportTexts } from '../../messages/report-texts.ts';
import type { ReportPaper } from '../../ports/report.ts';

type Band = ReportPaper['heat']['bands'][number];

const { band: words } = reportTexts;
const put = (from: number, to: number): string =>
  (from === to ? words.one : words.span).replace('{from}', String(from)).replace('{to}', String(to));

/** None, up to half of the most there is, and from there on: what an hour is coloured by, and what the legend says. */
export const heatBands = (most: number): readonly Band[] => {
  const half = Math.ceil(most / 2);
  const bands = [
    { heat: 'calm', from: 0, to: 0 },
    { heat: 'warm', from: 1, to: half - 1 },
    { heat: 'hot', from: half, to: most },
  ] as const;
  return bands
    .filter(({ heat, from, to }) => (heat === 'hot' ? most > 0 : from <= to))
    .map((one) => ({ ...one, text: put(one.from, one.to) }));
};
