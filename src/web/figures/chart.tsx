import { BarChart, CustomChart, HeatmapChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Drawing } from './drawing.ts';

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

type ChartProps = {
  readonly drawing: Drawing;
  /** Read out in place of the picture. */
  readonly label: string;
  readonly handle: RefObject<ECharts | null>;
};

/** The text of a sheet of A4, px: a picture that was drawn for a wall would be too fine to read, and a longer one be cut. */
const sheet = { width: 700, mostHeight: 860 } as const;

/** Drawn anew for paper before it is printed, in one piece and at once: layers of a picture are painted frame by frame. */
const followPrinting = (chart: ECharts): (() => void) => {
  let drawn: HTMLCanvasElement | undefined;
  const toSheet = (): void => {
    chart.resize({ width: sheet.width, height: Math.min(chart.getHeight(), sheet.mostHeight) });
    drawn?.remove();
    drawn = chart.renderToCanvas({ pixelRatio: 2 });
    drawn.className = 'chart-sheet';
    chart.getDom().append(drawn);
  };
  const toScreen = (): void => {
    drawn?.remove();
    chart.resize({ width: 'auto', height: 'auto' });
  };
  addEventListener('beforeprint', toSheet);
  addEventListener('afterprint', toScreen);
  return () => {
    removeEventListener('beforeprint', toSheet);
    removeEventListener('afterprint', toScreen);
  };
};

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

export const Chart = ({ drawing, label, handle }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = place.current;
    if (!node) return undefined;
    const chart = init(node);
    handle.current = chart;
    const watch = new ResizeObserver(() => !matchMedia('print').matches && chart.resize());
    watch.observe(node);
    const endPrinting = followPrinting(chart);
    return () => {
      watch.disconnect();
      endPrinting();
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
