import { useId } from 'preact/hooks';
import type { PageImportTexts } from '../../messages/page-setup-import-texts.ts';
import { put } from '../logic/put.ts';
import type { DrawnCell, DrawnSheet, Found } from './import-types.ts';

type FaultsProps = {
  readonly errors: readonly Found[];
  readonly warnings: readonly Found[];
  readonly sheets: readonly DrawnSheet[];
  readonly words: PageImportTexts;
};

type Mark = Found & { readonly isError: boolean };

const keyOf = (sheet: string, cell: string): string => `${sheet}!${cell}`;

const byCell = (errors: readonly Found[], warnings: readonly Found[]): ReadonlyMap<string, readonly Mark[]> =>
  Map.groupBy(
    [...errors.map((one) => ({ ...one, isError: true })), ...warnings.map((one) => ({ ...one, isError: false }))].filter(
      ({ cell }) => cell !== '',
    ),
    ({ sheet, cell }) => keyOf(sheet, cell),
  );

/** The sheets as they look around each fault, and beside them the list of faults, each leading to its cell. */
export const Faults = ({ errors, warnings, sheets, words }: FaultsProps) => {
  const base = useId();
  const marks = byCell(errors, warnings);
  const idOf = (sheet: string, cell: string): string => `${base}-${sheets.findIndex(({ name }) => name === sheet)}-${cell}`;
  const show = (sheet: string, cell: string): void => {
    const place = document.getElementById(idOf(sheet, cell));
    place?.scrollIntoView({ block: 'center', inline: 'center' });
    place?.focus({ preventScroll: true });
  };
  const drawn = new Set(sheets.flatMap(({ name, rows }) => rows.flatMap(({ cells }) => cells.map(({ cell }) => keyOf(name, cell)))));
  const lists = [
    [words.faults, errors, true],
    [put(words.warningCount, { count: warnings.length }), warnings, false],
  ] as const;
  return (
    <div class={`import-faults ${sheets.length === 0 ? 'without-sheets' : ''}`}>
      <div class="import-lists">
        {lists.map(
          ([title, list, isError]) =>
            list.length > 0 && (
              <section key={title} aria-label={title} class={isError ? 'is-missed' : 'is-waiting'}>
                <h3>{isError ? `${title} ${list.length}` : title}</h3>
                <ol class="fault-list">
                  {list.map((one, index) => (
                    <FaultLine
                      key={`${index}`}
                      found={one}
                      isDrawn={drawn.has(keyOf(one.sheet, one.cell))}
                      words={words}
                      onShow={() => show(one.sheet, one.cell)}
                    />
                  ))}
                </ol>
              </section>
            ),
        )}
      </div>
      {sheets.length > 0 && (
        <div class="import-sheets">
          <p class="import-hint">{words.sheetHint}</p>
          {sheets.map((sheet) => (
            <Sheet key={sheet.name} sheet={sheet} marks={marks} idOf={(cell) => idOf(sheet.name, cell)} words={words} />
          ))}
        </div>
      )}
    </div>
  );
};

type FaultLineProps = { readonly found: Found; readonly isDrawn: boolean; readonly words: PageImportTexts; readonly onShow: () => void };

const FaultLine = ({ found: { sheet, cell, message }, isDrawn, words, onShow }: FaultLineProps) => {
  const place = cell === '' ? sheet || words.inWhole : put(words.goto, { sheet, cell });
  return (
    <li>
      {isDrawn ? (
        <button type="button" class="fault-place" onClick={onShow}>
          {place}
        </button>
      ) : (
        <span class="fault-place">{place}</span>
      )}
      <span>{message}</span>
    </li>
  );
};

type SheetProps = {
  readonly sheet: DrawnSheet;
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
  readonly idOf: (cell: string) => string;
  readonly words: PageImportTexts;
};

const Sheet = ({ sheet, marks, idOf, words }: SheetProps) => (
  <figure class="sheet">
    <figcaption>{put(words.sheet, { name: sheet.name })}</figcaption>
    <div class="sheet-scroll" tabIndex={0} role="region" aria-label={put(words.sheet, { name: sheet.name })}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">{words.rowHead}</span>
            </th>
            {sheet.columns.map((letter) => (
              <th scope="col" key={letter}>
                {letter}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map(({ row, cells }, index) => (
            <>
              {index > 0 && row - (sheet.rows[index - 1]?.row ?? row) > 1 && (
                <tr class="sheet-gap" key={`gap ${row}`}>
                  <td colSpan={sheet.columns.length + 1}>{put(words.skipped, { count: row - (sheet.rows[index - 1]?.row ?? row) - 1 })}</td>
                </tr>
              )}
              <tr key={row}>
                <th scope="row">{row}</th>
                {inSpans(cells).map(([cell, span]) => (
                  <Cell
                    key={cell.cell}
                    cell={cell}
                    span={span}
                    marks={marks.get(keyOf(sheet.name, cell.cell)) ?? []}
                    id={idOf(cell.cell)}
                  />
                ))}
              </tr>
            </>
          ))}
        </tbody>
      </table>
    </div>
    {sheet.left > 0 && <p class="import-hint">{put(words.left, { count: sheet.left })}</p>}
  </figure>
);

/** Cells of one merged range beside each other are one, as people see them. */
const inSpans = (cells: readonly DrawnCell[]): readonly (readonly [cell: DrawnCell, span: number])[] => {
  const spans: [DrawnCell, number][] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    const first = last && (last[0].master ?? last[0].cell);
    if (last && cell.master !== undefined && cell.master === first) last[1] += 1;
    else spans.push([cell, 1]);
  }
  return spans;
};

type CellProps = { readonly cell: DrawnCell; readonly span: number; readonly marks: readonly Mark[]; readonly id: string };

const Cell = ({ cell: { text, master }, span, marks, id }: CellProps) => {
  const more = span > 1 ? { colSpan: span } : {};
  if (marks.length === 0)
    return (
      <td {...more} class={master === undefined ? undefined : 'is-merged'}>
        {text}
      </td>
    );
  const isError = marks.some((mark) => mark.isError);
  return (
    <td {...more} id={id} tabIndex={-1} class={`has-fault ${isError ? 'is-missed' : 'is-waiting'}`}>
      {text !== '' && <span class="cell-text">{text}</span>}
      <ul class="cell-faults">
        {marks.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </td>
  );
};
