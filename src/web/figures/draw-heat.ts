import type { FigureTexts } from '../../messages/figure-texts.ts';
import type { Drawing } from './drawing.ts';
import { base } from './draw-base.ts';
import { percent } from './format.ts';
import type { Palette } from './palette.ts';
import type { Figures, HeatCell } from './types.ts';

type Shown = { readonly data: { readonly cell: HeatCell } };

/** The hours of the week in which checks stay unanswered. An hour in which nobody was asked stays blank. */
export const drawHeat = ({ heat }: Figures, texts: FigureTexts, palette: Palette): Drawing => ({
  height: 330,
  option: {
    ...base(palette),
    tooltip: {
      ...base(palette).tooltip,
      formatter: ({ data: { cell } }: Shown) =>
        `${texts.weekdays[cell.weekday - 1]} ${cell.hour}:00 ${texts.columns.unanswered} ${cell.unanswered}/${cell.counted} (${percent(cell.unanswered / cell.counted)})`,
    },
    grid: { left: 8, right: 8, top: 8, bottom: 56, containLabel: true },
    xAxis: {
      type: 'category',
      data: Array.from({ length: 24 }, (_, hour) => String(hour)),
      axisTick: { show: false },
      axisLabel: { color: palette['ink-soft'] },
      splitArea: { show: false },
    },
    yAxis: { type: 'category', inverse: true, data: texts.weekdays, axisTick: { show: false }, axisLabel: { color: palette.ink } },
    visualMap: {
      min: 0,
      max: 1,
      calculable: false,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 120,
      text: ['100%', '0%'],
      textStyle: { color: palette['ink-soft'] },
      inRange: { color: [palette['green-tint'], palette['waiting-edge'], palette['missed-edge']] },
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: palette.surface, borderWidth: 2 },
        label: {
          show: true,
          color: palette.ink,
          fontSize: 10,
          formatter: ({ data: { cell } }: Shown) => (cell.unanswered > 0 ? String(cell.unanswered) : ''),
        },
        data: heat
          .filter(({ counted }) => counted > 0)
          .map((cell) => ({ value: [cell.hour, cell.weekday - 1, cell.unanswered / cell.counted], cell })),
      },
    ],
  },
});
