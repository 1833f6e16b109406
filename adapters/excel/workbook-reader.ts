import type { ReadGrids } from '../../src/ports/sheet-grid.ts';
import type { ItemListReader, WorkbookReader } from '../../src/ports/workbook.ts';
import { interpretContacts } from './contacts.ts';
import { interpretItemList } from './item-list.ts';
import { createReadApart } from './read-apart.ts';
import { interpretRoster } from './roster.ts';

const readWorkbook = createReadApart();

/** The reader for Excel workbooks. All of a process share one thread, which begins with the first file. */
export const createWorkbookReader = (): WorkbookReader & ItemListReader => ({
  readContacts: async (source) => {
    const { workbook, findings } = await readWorkbook(source);
    if (!workbook) return { list: null, findings };
    const reading = interpretContacts(workbook);
    return { list: reading.list, findings: [...findings, ...reading.findings] };
  },
  readRoster: async (source, hints) => {
    const { workbook, findings } = await readWorkbook(source);
    if (!workbook) return { list: null, findings };
    const reading = interpretRoster(workbook, hints);
    return { list: reading.list, findings: [...findings, ...reading.findings] };
  },
  readItemList: async (source, kind) => {
    const { workbook, findings } = await readWorkbook(source);
    if (!workbook) return { list: null, findings };
    const reading = interpretItemList(workbook, kind);
    return { list: reading.list, findings: [...findings, ...reading.findings] };
  },
});

export const readGrids: ReadGrids = async (source) => {
  const { workbook } = await readWorkbook(source);
  return (workbook?.sheets ?? []).map(({ name, cells }) => ({
    name,
    rows: cells.map((line, index) => ({
      row: index + 1,
      cells: line.map(({ address, raw, text, merged }) => ({
        cell: address,
        text: raw ?? text,
        ...(merged === undefined || merged === address ? {} : { master: merged }),
      })),
    })),
  }));
};
