import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../../adapters/excel/inspect-file.ts';
import { createReadApart } from '../../../adapters/excel/read-apart.ts';
import { readWorkbook } from '../../../adapters/excel/read-workbook.ts';
import { readZipDirectory, unpackEntry } from '../../../adapters/excel/zip-directory.ts';
import type { WorkbookSource } from '../../../src/ports/workbook.ts';
import { workbookOf } from '../../support/workbooks.ts';
import { workbookWith } from '../../support/raw-workbook.ts';
import type { Value } from '../../support/workbooks.ts';

const bytes = (text: string | Uint8Array, fileName = 'a.xlsx'): WorkbookSource => ({ bytes: Buffer.from(text), fileName });

const codeOf = async (source: WorkbookSource): Promise<string | undefined> => {
  const { workbook, findings } = await readWorkbook(source);
  expect(workbook === null).toBe(findings.some(({ severity }) => severity === 'error'));
  return findings.find(({ severity }) => severity === 'error')?.code;
};

type Entry = { readonly name: string; readonly text: string; readonly declared?: number; readonly flags?: number };

/** A zip by hand, so that its directory can lie. */
const zip = (entries: readonly Entry[]): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, declared, flags = 0 } of entries) {
    const data = deflateRawSync(Buffer.from(text));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(declared ?? Buffer.byteLength(text), 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
};

const workbookXml = { name: 'xl/workbook.xml', text: '<workbook/>' };

describe('what is no workbook', () => {
  it.each<[string, () => WorkbookSource | Promise<WorkbookSource>, string]>([
    ['a file that is not there', () => ({ path: '/nowhere/a.xlsx' }), 'ZG_FILE_MISSING'],
    ['a folder', () => ({ path: '/' }), 'ZG_FILE_MISSING'],
    ['nothing', () => bytes(''), 'ZG_FILE_EMPTY'],
    ['a text', () => bytes('日期,值班员\n8月27日,赵明'), 'ZG_NOT_A_WORKBOOK'],
    [
      'an old workbook',
      () => bytes(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), 'a.xls'),
      'ZG_OLD_WORKBOOK',
    ],
    [
      'one with a password',
      () => bytes(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')])),
      'ZG_WORKBOOK_LOCKED',
    ],
    ['a document', () => bytes(zip([{ name: 'word/document.xml', text: '<w/>' }])), 'ZG_NOT_A_WORKBOOK'],
    ['a binary workbook', () => bytes(zip([{ name: 'xl/workbook.bin', text: 'x' }])), 'ZG_OLD_WORKBOOK'],
    ['an encrypted zip', () => bytes(zip([{ ...workbookXml, flags: 1 }])), 'ZG_WORKBOOK_LOCKED'],
    [
      'a bomb that says so',
      () => bytes(zip([workbookXml, { name: 'xl/worksheets/sheet1.xml', text: 'x', declared: 3_000_000_000 }])),
      'ZG_FILE_UNPACKS_TOO_LARGE',
    ],
    [
      'a bomb that lies',
      () => bytes(zip([workbookXml, { name: 'xl/worksheets/sheet1.xml', text: ' '.repeat(5_000_000), declared: 10 }])),
      'ZG_WORKBOOK_DAMAGED',
    ],
    [
      'a merged range without end',
      () => bytes(zip([workbookXml, { name: 'xl/worksheets/sheet1.xml', text: '<mergeCell ref="A1:XFD1048576"/>' }])),
      'ZG_SHEET_TOO_LARGE',
    ],
    ['one with nothing in it', async () => workbookOf([{ name: '空', rows: [] }]), 'ZG_WORKBOOK_EMPTY'],
  ])('%s', async (_name, make, code) => expect(await codeOf(await make())).toBe(code));

  it('one that is cut off, anywhere', async () => {
    const whole = await workbookOf([{ name: '表', rows: [['日期', '值班员']] }]);
    const all = 'bytes' in whole ? whole.bytes : new Uint8Array();
    for (const length of [3, 40, 400, all.length - 30, all.length - 1])
      expect(await codeOf(bytes(all.subarray(0, length)))).toBe('ZG_WORKBOOK_DAMAGED');
  });

  it('an entry is unpacked as far as it says it goes, and no further', () => {
    const unpacked = (text: string, declared?: number): string | undefined => {
      const file = zip([{ name: 'a.xml', text, ...(declared === undefined ? {} : { declared }) }]);
      const [entry] = readZipDirectory(file) ?? [];
      return entry && unpackEntry(file, entry)?.toString();
    };
    expect(unpacked('<a/>')).toBe('<a/>');
    expect(unpacked(' '.repeat(5_000_000), 10)).toBeUndefined();
    expect(unpacked('<a/>', 3)).toBeUndefined();
    expect(unpacked('<a/>', 5)).toBeUndefined();
  });

  it('a cell far below everything', async () => {
    const book = await workbookOf([{ name: '表', rows: [['甲'], ...Array.from({ length: 6_000 }, () => [null]), ['乙']] }]);
    expect(await codeOf(book)).toBe('ZG_SHEET_TOO_LARGE');
  });
});

describe('cells', () => {
  const textsOf = async (rows: readonly (readonly Value[])[], merges: readonly string[] = []) => {
    const { workbook, findings } = await readWorkbook(await workbookOf([{ name: '表', rows, merges }]));
    return { cells: workbook?.sheets[0]?.cells ?? [], findings };
  };

  it('a date is wall-clock time', async () => {
    const { cells } = await textsOf([[new Date('2021-08-31T09:00:00Z'), new Date('2021-08-27T00:00:00Z')]]);
    expect(cells[0]?.map(({ date }) => date)).toEqual([
      { year: 2021, month: 8, day: 31, hour: 9, minute: 0 },
      { year: 2021, month: 8, day: 27, hour: 0, minute: 0 },
    ]);
  });

  it('formulas by their result, rich text joined, links by their text', async () => {
    const { cells, findings } = await textsOf([
      [
        { formula: 'A2', result: '赵明' },
        { richText: [{ text: '赵' }, { text: '明' }] },
        { text: '赵明', hyperlink: 'http://example.org' },
        { error: '#N/A' },
        'ＡＢ１２（甲）',
      ],
    ]);
    expect(cells[0]?.map(({ text }) => text)).toEqual(['赵明', '赵明', '赵明', '', 'AB12(甲)']);
    expect(findings).toMatchObject([{ code: 'ZG_CELL_UNREADABLE', place: { cell: 'D1' } }]);
  });

  it('a merged range shows its first cell everywhere', async () => {
    const { cells } = await textsOf(
      [
        ['甲', '', '乙'],
        ['', '', '丙'],
      ],
      ['A1:B2'],
    );
    expect(cells.map((row) => row.map(({ text, merged }) => `${text}${merged ?? ''}`))).toEqual([
      ['甲A1', '甲A1', '乙'],
      ['甲A1', '甲A1', '丙'],
    ]);
  });
});

describe('what is read in a thread of its own', () => {
  const small = workbookOf([{ name: '表', rows: [['日期', '值班员']] }]);

  it('is what is read at once', async () => {
    expect(await createReadApart()(await small)).toEqual(await readWorkbook(await small));
  });

  it('is given up where it takes too long or too much memory, and the next is read', async () => {
    const read = createReadApart({ readMs: 1, readMb: 1_024 });
    expect(await read(await small)).toMatchObject({ workbook: null, findings: [{ code: 'ZG_SHEET_TOO_LARGE' }] });
    const cramped = createReadApart({ readMs: 60_000, readMb: 64 });
    const rows = `<row r="1">${'<c r="A1"><v>1</v></c>'.repeat(700_000)}</row>`;
    expect(await cramped({ bytes: workbookWith(rows), fileName: 'b.xlsx' })).toMatchObject({ findings: [{ code: 'ZG_SHEET_TOO_LARGE' }] });
    expect((await cramped(await small)).workbook).not.toBeNull();
  });
});

describe('what others would read otherwise', () => {
  const real = async (): Promise<Buffer> => {
    const made = await workbookOf([{ name: '表', rows: [['日期', '值班员']] }]);
    return Buffer.from('bytes' in made ? made.bytes : []);
  };
  const endOf = (file: Buffer): number => file.lastIndexOf(Buffer.from('504b0506', 'hex'));

  it('a directory that counts less than it lists, or points to another', async () => {
    const fewer = await real();
    fewer.writeUInt16LE(fewer.readUInt16LE(endOf(fewer) + 10) - 1, endOf(fewer) + 10);
    expect(await codeOf(bytes(fewer))).toBe('ZG_WORKBOOK_DAMAGED');
    const elsewhere = await real();
    elsewhere.writeUInt16LE(0xffff, endOf(elsewhere) + 4);
    expect(await codeOf(bytes(elsewhere))).toBe('ZG_WORKBOOK_DAMAGED');
  });

  it('whatever is no XML is not unpacked at all', async () => {
    const text = 'x'.repeat(5_000_000);
    const file = workbookWith('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>', { 'xl/embeddings/a.bin': Buffer.from(text) });
    expect((await readWorkbook({ bytes: file, fileName: 'a.xlsx' })).workbook?.sheets[0]?.cells[0]?.[0]?.text).toBe('甲');
    expect(openFile(file).length).toBeLessThan(5_000);
  });

  it.each([
    ['more elements than any list has', () => '<row/>'.repeat(3_000_001)],
    ['a row beyond all rows', () => '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'],
  ])('%s', async (_what, rows) => {
    expect(await codeOf({ bytes: workbookWith(rows()), fileName: 'a.xlsx' })).toMatch(/ZG_SHEET_TOO_LARGE|ZG_WORKBOOK_DAMAGED/u);
  });

  it('a name for every cell there is', async () => {
    const names = '<definedNames><definedName name="n">a!$A$1:$XFD$1048576</definedName></definedNames>';
    const file = workbookWith('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>', {}, names);
    expect(await readWorkbook({ bytes: file, fileName: 'a.xlsx' })).toMatchObject({ findings: [] });
  });
});
