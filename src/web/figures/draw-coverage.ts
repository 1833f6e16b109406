import type { FigureTexts } from '../../messages/figure-texts.ts';
import { put } from '../logic/put.ts';
import type { Drawing } from './drawing.ts';
import { base, labelWidth } from './draw-base.ts';
import { shortTime, wallMs } from './format.ts';
import type { Palette } from './palette.ts';
import type { Figures, StretchKind } from './types.ts';

/** Rows of a picture at most: more is read in the table. */
export const mostRows = 60;

const kinds: readonly StretchKind[] = ['held', 'heldOver', 'short', 'unheard', 'absent', 'gap'];

/** Nobody is known to have been on post. */
export const isLost = (kind: StretchKind): boolean => kind === 'unheard' || kind === 'absent' || kind === 'gap';

const colorsIn = (palette: Palette): { readonly [kind in StretchKind]: string } => ({
  held: palette.green,
  heldOver: palette['waiting-edge'],
  short: palette['escalated-edge'],
  unheard: palette['missed-edge'],
  absent: palette['missed-edge'],
  gap: palette['missed-edge'],
});

/** What is wrong is drawn taller than what is right: it is seen without its colour. */
const heights: { readonly [kind in StretchKind]: number } = {
  held: 0.42,
  heldOver: 0.6,
  short: 0.6,
  unheard: 0.72,
  absent: 0.86,
  gap: 0.86,
};

type Api = {
  readonly value: (index: number) => number;
  readonly coord: (at: readonly number[]) => readonly [number, number];
  readonly size: (of: readonly number[]) => readonly [number, number];
};

/** Who held each post, hour by hour. */
export const drawCoverage = ({ coverage, from, asOf }: Figures, texts: FigureTexts, palette: Palette): Drawing => {
  const posts = coverage.slice(0, mostRows);
  const colors = colorsIn(palette);
  const begins = posts.flatMap(({ stretches }) => (stretches[0] ? [wallMs(stretches[0].from)] : []));
  const beginsAt = begins.reduce((one, other) => Math.min(one, other), begins[0] ?? wallMs(from));
  const series = kinds.map((kind) => ({
    name: texts.stretches[kind],
    type: 'custom',
    itemStyle: { color: colors[kind] },
    encode: { x: [1, 2], y: 0 },
    data: posts.flatMap((post, row) =>
      post.stretches.flatMap((stretch) =>
        stretch.kind === kind
          ? [
              {
                value: [row, wallMs(stretch.from), wallMs(stretch.to)],
                name: `${post.post} ${shortTime(stretch.from)} – ${shortTime(stretch.to)} ${texts.stretches[kind]} ${stretch.people.map(({ name }) => name).join(' ') || texts.nobody}`,
              },
            ]
          : [],
      ),
    ),
    renderItem: (_: unknown, api: Api) => {
      const [x, y] = api.coord([api.value(1), api.value(0)]);
      const [end] = api.coord([api.value(2), api.value(0)]);
      const height = api.size([0, 1])[1] * heights[kind];
      return { type: 'rect', shape: { x, y: y - height / 2, width: Math.max(1.5, end - x), height }, style: { fill: colors[kind] } };
    },
  }));
  return {
    height: posts.length * 26 + 90,
    option: {
      ...base(palette),
      color: kinds.map((kind) => colors[kind]),
      legend: { top: 0, left: 0, textStyle: { color: palette['ink-soft'] }, icon: 'rect', itemHeight: 10, itemWidth: 16 },
      tooltip: { ...base(palette).tooltip, trigger: 'item', formatter: ({ name }: { readonly name: string }) => put('{name}', { name }) },
      grid: { left: 8, right: 16, top: 52, bottom: 8, containLabel: true },
      useUTC: true,
      xAxis: {
        type: 'time',
        min: beginsAt,
        max: Math.max(wallMs(asOf), beginsAt + 3_600_000),
        axisLabel: { color: palette['ink-soft'], hideOverlap: true },
        splitLine: { show: true, lineStyle: { color: palette.line } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: posts.map(({ post }) => post),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: palette.ink, width: labelWidth, overflow: 'truncate' },
      },
      series,
    },
  };
};
