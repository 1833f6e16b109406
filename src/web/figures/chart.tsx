import { BarChart, CustomChart, HeatmapChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

export type Drawing = { readonly option: EChartsCoreOption; readonly height: number };

type ChartProps = {
  readonly drawing: Drawing;
  /** Read out in place of the picture. */
  readonly label: string;
  readonly handle: RefObject<ECharts | null>;
};

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

export const Chart = ({ drawing, label, handle }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = place.current;
    if (!node) return undefined;
    const chart = init(node);
    handle.current = chart;
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(node);
    return () => {
      watch.disconnect();
      chart.dispose();
      handle.current = null;
    };
  }, [handle]);
  useEffect(() => {
    handle.current?.setOption({ animation: !calm(), animationDuration: 250, ...drawing.option }, { notMerge: true });
    handle.current?.resize();
  }, [drawing, handle]);
  return <div class="chart" role="img" aria-label={label} ref={place} style={{ height: `${drawing.height}px` }} />;
};
