import { createMemoryFiles } from '../../adapters/memory/memory-files.ts';
import type { ChatWorkbooks } from '../../src/app/roster-change/workbook-in-chat.ts';
import type { FileRef } from '../../src/domain/items/item.ts';
import type { RosterList } from '../../src/domain/roster/roster-list.ts';
import type { WorkbookSource } from '../../src/ports/workbook.ts';

/** Workbooks that say just what they are to be read as: how cells become days and names is tried elsewhere. */

export const asWorkbook = (list: RosterList): Extract<WorkbookSource, { readonly bytes: unknown }> => ({
  bytes: new TextEncoder().encode(JSON.stringify(list)),
  fileName: '值班表.xlsx',
});

export type Workbooks = {
  readonly inChat: ChatWorkbooks;
  readonly write: (list: RosterList) => Promise<FileRef>;
  readonly listOf: (sha256: string) => RosterList | undefined;
};

export const createWorkbooks = (): Workbooks => {
  const files = createMemoryFiles();
  const lists = new Map<string, RosterList>();
  return {
    inChat: {
      files,
      reader: {
        readContacts: async () => ({ list: null, findings: [] }),
        readRoster: async (source) => ({
          list: 'bytes' in source ? (JSON.parse(new TextDecoder().decode(source.bytes)) as RosterList) : null,
          findings: [],
        }),
      },
    },
    write: async (list) => {
      const { bytes, fileName } = asWorkbook(list);
      const file = await files.put(bytes, { name: fileName, mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
      lists.set(file.sha256, list);
      return file;
    },
    listOf: (sha256) => lists.get(sha256),
  };
};
