import type { Drawing } from './drawing.ts';
import type { Palette } from './palette.ts';

/** Room for the name of a unit beside its bar, px; longer names are cut, and whole in the table. */
export const labelWidth = 92;

/** What all charts share: the page's own type and colours. */
export const base = (palette: Palette) => ({
  textStyle: { fontFamily: palette.sans, color: palette.ink },
  tooltip: {
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette['line-strong'],
    textStyle: { color: palette.ink, fontSize: 13 },
  },
});

type Bars = {
  readonly names: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly color: string;
    readonly values: readonly number[];
    readonly stack?: string;
  }[];
  readonly unit?: (value: number) => string;
};

/** Lying bars, one row for each name, the first on top. */
export const drawBars = ({ names, series, unit = String }: Bars, palette: Palette): Drawing => ({
  height: names.length * (series.some(({ stack }) => stack === undefined) ? 18 * series.length + 10 : 28) + 84,
  option: {
    ...base(palette),
    tooltip: {
      ...base(palette).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => unit(Number(value)),
    },
    legend: { top: 0, left: 0, textStyle: { color: palette['ink-soft'] }, icon: 'rect', itemHeight: 10, itemWidth: 16 },
    grid: { left: 8, right: 24, top: 44, bottom: 8, containLabel: true },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: palette['ink-soft'], hideOverlap: true, formatter: (value: number) => unit(value) },
      splitLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette['line-strong'] } },
      axisLabel: { color: palette.ink, width: labelWidth, overflow: 'truncate', interval: 0 },
    },
    series: series.map(({ name, color, values, stack }) => ({
      name,
      type: 'bar',
      ...(stack === undefined ? {} : { stack }),
      barMaxWidth: 18,
      itemStyle: { color },
      data: values,
    })),
  },
});
