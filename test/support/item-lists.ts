import { importBatch, importRequests } from '../../src/app/items/intake/import-batch.ts';
import type { ItemImportOptions } from '../../src/app/items/intake/import-batch.ts';
import type { ImportOutcome } from '../../src/app/roster/import-outcome.ts';
import { openItemDesk } from './item-desk.ts';
import type { ItemDesk } from './item-desk.ts';
import { workbookOf } from './workbooks.ts';
import type { SheetSpec, Value } from './workbooks.ts';

/** Lists of items as offices write them, and what becomes of them. */

export type Tried = { readonly desk: ItemDesk; readonly outcome: ImportOutcome };

export const batch = async (
  sheets: readonly SheetSpec[],
  options: ItemImportOptions = {},
  fileName = 'book.xlsx',
  desk?: ItemDesk,
): Promise<Tried> => {
  const own = desk ?? (await openItemDesk());
  return { desk: own, outcome: await importBatch(own, await workbookOf(sheets, fileName), options) };
};

export const requests = async (
  rows: readonly (readonly Value[])[],
  options: ItemImportOptions = {},
  fileName = 'book.xlsx',
): Promise<Tried> => {
  const desk = await openItemDesk();
  return { desk, outcome: await importRequests(desk, await workbookOf([{ name: '清单', rows }], fileName), options) };
};

export const codes = (outcome: ImportOutcome): readonly string[] => outcome.errors.map(({ code, cell }) => `${code} ${cell}`);
export const warned = (outcome: ImportOutcome): readonly string[] => outcome.warnings.map(({ code, cell }) => `${code} ${cell}`);

export const header = ['序号', '受理编号', '交办问题基本情况', '行政区域', '污染类型', '责任单位', '办理时限', '备注'];
export const titled = (
  rows: readonly (readonly Value[])[],
  title = '转办清单(第2批,2021年8月28日)',
  head: readonly string[] = header,
): readonly SheetSpec[] => [{ name: 'Sheet1', rows: [[title], head, ...rows], merges: ['A1:H1'] }];
export const line = (
  no: number,
  number: string,
  over: Partial<Record<'text' | 'district' | 'pollution' | 'units' | 'limit' | 'remark', Value>> = {},
): readonly Value[] => [
  no,
  number,
  over.text ?? `第${no}件扬尘问题。`,
  over.district ?? '历下区',
  over.pollution ?? '大气',
  over.units ?? '历下区住建部门',
  over.limit ?? '3日内',
  over.remark ?? '',
];
export const one = 'D2SD202108280001';
export const two = 'X2SD202108280002';
