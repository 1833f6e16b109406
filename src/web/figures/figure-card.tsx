import type { ECharts } from 'echarts/core';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Definition } from '../../messages/figure-texts.ts';
import type { PageFigureTexts } from '../../messages/page-figure-texts.ts';
import { ApiError } from '../data/api.ts';
import { recall, remember } from '../data/remember.ts';
import { Chart } from './chart.tsx';
import type { Drawing, Table } from './drawing.ts';
import type { Palette } from './palette.ts';

export type FigureCardProps = {
  readonly name: string;
  readonly title: string;
  readonly definition: Definition;
  readonly table: Table;
  readonly draw: () => Drawing;
  /** Says in one sentence what the picture shows. */
  readonly summary: string;
  readonly note?: string | undefined;
  readonly words: PageFigureTexts;
  readonly palette: Palette;
  readonly isTableFirst?: boolean;
  /** Tells the service that the picture is taken away, before it is; undefined for whoever may take none. Rejects with ApiError. */
  readonly tellTaken: ((name: string) => Promise<unknown>) | undefined;
};

const save = (chart: ECharts | null, name: string, palette: Palette): void => {
  if (!chart) return;
  const link = document.createElement('a');
  link.href = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: palette.surface });
  link.download = `${name}.png`;
  link.click();
};

/** Saves the picture once the ledger has it: one that nobody could find there is not given away. */
const useTaking = (name: string, tellTaken: FigureCardProps['tellTaken'], keep: () => void) => {
  const [fault, setFault] = useState<keyof PageFigureTexts['notTaken']>();
  const [isBusy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    if (isBusy || tellTaken === undefined) return;
    setBusy(true);
    setFault(undefined);
    try {
      await tellTaken(name);
      keep();
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 0;
      setFault(status === 401 || status === 403 ? 'refused' : status === 429 ? 'tooOften' : 'lost');
    }
    setBusy(false);
  };
  return { take, fault, isBusy };
};

/** One figure: as a picture, as a table, and what it is. */
export const FigureCard = (props: FigureCardProps) => {
  const { name, title, definition, table, draw, summary, note, words, palette, isTableFirst, tellTaken } = props;
  const chosen = recall(`figure.${name}`);
  const [isTable, setTable] = useState(chosen === null ? isTableFirst === true : chosen === 'table');
  const handle = useRef<ECharts | null>(null);
  const drawing = useMemo(draw, [draw]);
  const { take, fault, isBusy } = useTaking(name, tellTaken, () => save(handle.current, name, palette));
  const turn = (): void => {
    remember(`figure.${name}`, isTable ? 'chart' : 'table');
    setTable(!isTable);
  };
  const isEmpty = table.rows.length === 0;
  return (
    <section class={`figure figure-${name}`} aria-labelledby={`figure-${name}`}>
      <header class="figure-head">
        <h3 id={`figure-${name}`}>{title}</h3>
        <div class="figure-buttons">
          {!isEmpty && !isTable && tellTaken && (
            <button
              type="button"
              class="quiet-button"
              onClick={() => void take()}
              aria-busy={isBusy}
              aria-label={`${words.picture}: ${title}`}
            >
              {words.picture}
            </button>
          )}
          {!isEmpty && (
            <button
              type="button"
              class="quiet-button"
              aria-label={`${isTable ? words.showChart : words.showTable}: ${title}`}
              onClick={turn}
            >
              {isTable ? words.chart : words.table}
            </button>
          )}
        </div>
      </header>
      {fault && (
        <p class="figures-fault" role="alert">
          {words.notTaken[fault]}
        </p>
      )}
      <Meaning definition={definition} words={words} />
      {isEmpty && <p class="nothing">{words.empty}</p>}
      {!isEmpty && !isTable && <Chart drawing={drawing} label={`${title}. ${summary}`} handle={handle} />}
      {!isEmpty && !isTable && note !== undefined && <p class="figure-note">{note}</p>}
      {!isEmpty && isTable && <TableView title={`${words.table}: ${title}`} table={table} />}
    </section>
  );
};

const Meaning = ({ definition, words }: { readonly definition: Definition; readonly words: PageFigureTexts }) => (
  <details class="figure-meaning">
    <summary>{words.meaning}</summary>
    <p>{definition.meaning}</p>
    <dl>
      <dt>{words.numerator}</dt>
      <dd>{definition.numerator}</dd>
      <dt>{words.denominator}</dt>
      <dd>{definition.denominator}</dd>
    </dl>
  </details>
);

const TableView = ({ title, table }: { readonly title: string; readonly table: Table }) => (
  // focusable, for it scrolls: a keyboard must be able to
  <div class="figure-table" tabIndex={0} role="region" aria-label={title}>
    <table>
      <thead>
        <tr>
          {table.headings.map((heading) => (
            <th scope="col" key={heading}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column} class={typeof cell === 'number' || /^[\d.–-]/.test(cell) ? 'is-number' : ''}>
                <Cell cell={cell} link={table.links?.column === column ? table.links.of[index] : undefined} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

type CellProps = { readonly cell: string | number; readonly link: { readonly href: string; readonly label: string } | undefined };

const Cell = ({ cell, link }: CellProps) =>
  link ? (
    <a href={link.href} title={link.label}>
      {cell}
    </a>
  ) : (
    <>{cell}</>
  );
