import excel from 'exceljs';
import type { ImportDeps } from '../../src/app/roster/import-contacts.ts';
import type { RosterImportDeps, RosterSettings } from '../../src/app/roster/import-roster.ts';
import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import type { WorkbookSource } from '../../src/ports/workbook.ts';
import type { Campaign, Store } from '../../src/ports/store.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import { emptyOrganisation } from '../../src/domain/organisation/organisation.ts';
import { emptyRoster } from '../../src/domain/roster/roster.ts';

export type Value = string | number | Date | null | excel.CellValue;

export type SheetSpec = {
  readonly name: string;
  readonly rows: readonly (readonly Value[])[];
  /** A1 ranges. */
  readonly merges?: readonly string[];
  readonly isHidden?: boolean;
  /** Number formats by address. */
  readonly formats?: Readonly<Record<string, string>>;
};

/** A workbook as people would have made it, in memory. */
export const workbookOf = async (sheets: readonly SheetSpec[], fileName = 'book.xlsx'): Promise<WorkbookSource> => {
  const workbook = new excel.Workbook();
  for (const { name, rows, merges = [], isHidden = false, formats = {} } of sheets) {
    const sheet = workbook.addWorksheet(name, { state: isHidden ? 'hidden' : 'visible' });
    for (const row of rows) sheet.addRow([...row]);
    for (const range of merges) sheet.mergeCells(range);
    for (const [address, format] of Object.entries(formats)) sheet.getCell(address).numFmt = format;
  }
  return { bytes: new Uint8Array(await workbook.xlsx.writeBuffer()), fileName };
};

export const settings: RosterSettings = {
  timeZone: 'Asia/Shanghai',
  shiftHours: { fromMinute: 510, toMinute: 510 },
  minimumHeadcount: 1,
  holidays: [],
  makeUpWorkdays: [],
};

export type Desk = RosterImportDeps &
  ImportDeps & { readonly campaign: () => Campaign; readonly events: LedgerEvent[]; at: (iso: string) => void };

/** What an import needs, with the campaign in a variable: committing is comparing the version and replacing. */
export const openDesk = (own: Partial<RosterSettings> = {}): Desk => {
  let campaign: Campaign = { organisation: emptyOrganisation, roster: emptyRoster, version: 0 };
  let now = Date.parse('2021-08-20T08:00:00+08:00');
  const events: LedgerEvent[] = [];
  const store: Pick<Store, 'loadCampaign' | 'commitCampaign'> = {
    loadCampaign: async () => campaign,
    commitCampaign: async (next, expected, told) => {
      if (expected !== campaign.version) return 'conflict';
      campaign = { ...next, version: expected + 1 };
      events.push(...told);
      return 'committed';
    },
  };
  return {
    store,
    clock: { now: () => now },
    workbooks: createWorkbookReader(),
    settings: { ...settings, ...own },
    campaign: () => campaign,
    events,
    at: (iso) => {
      now = Date.parse(iso);
    },
  };
};

export const mobileOf = (number: number): string => `1380000${String(number).padStart(4, '0')}`;

const liaisonHeader = ['单位', '主要负责人', '手机', '联络人', '手机', '联系人', '手机'];

/** A contact list of units with their officers, names and numbers made up in order. */
export const contactsOf = (officers: Readonly<Record<string, readonly string[]>>, bureau: readonly string[] = []): readonly SheetSpec[] => {
  let number = 1;
  const next = (): string => mobileOf(number++);
  const units = Object.keys(officers).map((unit, index) =>
    [unit, `钱一${index}`, next(), `孙二${index}`, next(), `李三${index}`, next()].map((text) => toName(text)),
  );
  const people = [...Object.entries(officers), ...(bureau.length > 0 ? [['局机关', bureau] as const] : [])].flatMap(([unit, names]) =>
    names.map((name) => [unit, name, next(), name.startsWith('领') ? '带班领导' : '值班员']),
  );
  return [
    { name: '联络人名单', rows: [liaisonHeader, ...units] },
    { name: '值班人员', rows: [['单位', '姓名', '手机', '可担任'], ...people] },
  ];
};

const digits = '甲乙丙丁戊己庚辛壬癸';

/** Numbers in made-up names become characters, as names have none. */
const toName = (text: string): string => (/^\D{2}\d+$/.test(text) ? text.replace(/\d/g, (digit) => digits[Number(digit)] ?? '') : text);
