import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { createWorkbookReader } from '../../adapters/excel/workbook-reader.ts';
import { buildUnitNames, findUnit } from '../../src/domain/organisation/unit-names.ts';
import type { ItemListKind } from '../../src/domain/items/batch-list.ts';
import { unitVocabulary } from '../../src/messages/workbook-vocabulary.ts';
import type { Reading, WorkbookSource } from '../../src/ports/workbook.ts';
import { rawWorkbook, sheetXml, stringsXml, workbookWith } from '../support/raw-workbook.ts';
import { organisation } from '../support/invented.ts';
import { type Fuzz, withinWork } from './fuzz.ts';
import { mutated, mutatedBytes, oddText } from './hostile.ts';

const fixture = (name: string): Uint8Array => readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)));
const real = ['contacts.xlsx', 'roster.xlsx', 'roster-flawed.xlsx', 'batch-2021-08-28.xlsx', 'document-requests-03.xlsx'].map(fixture);
const realBytes = fc.constantFrom(...real);

/** The parts of a real workbook, one of them no longer what it was. */
const brokenPart = fc.tuple(realBytes, fc.nat()).chain(([bytes, which]) => {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).filter((name) => /\.(?:xml|rels)$/u.test(name));
  const name = names[which % names.length]!;
  return mutated(fc.constant(Buffer.from(parts[name]!).toString('utf8'))).map((text) =>
    Buffer.from(zipSync({ ...parts, [name]: strToU8(text) })),
  );
});

const attribute = (text: string): string => text.replaceAll(/[<&"]/g, '');
const cell = fc.tuple(
  fc.constantFrom('A1', 'B2', 'XFD1', 'A1048576', 'A0', 'ZZZZ9', '', 'a1', 'A-1', 'A99999999999'),
  fc.constantFrom('s', 'str', 'inlineStr', 'b', 'e', 'n', 'd', ''),
  fc.constantFrom('<f>1+1</f>', '<f t="shared" si="0"/>', '<f t="array" ref="A1:XFD1048576">1</f>', '<f>[1]Sheet!A1</f>', ''),
  fc.oneof(oddText, fc.constantFrom('0', '1e999', '-5', '99999999', '2958466')),
);
const oddSheet = fc
  .array(cell, { maxLength: 12 })
  .map((cells) =>
    workbookWith(
      `<row r="1">${cells.map(([at, type, formula, value]) => `<c r="${at}" t="${type}">${formula}<v>${attribute(value)}</v></c>`).join('')}</row>`,
    ),
  );

/** Of one thing very much: what packs well, and what each reader walks. */
const bomb = fc
  .tuple(fc.constantFrom('<c/>', '<row/>', '<c r="A1"/>', '<c><v>1</v></c>', '<x>', ' ', 'a'), fc.integer({ min: 1, max: 4_000_000 }))
  .map(([piece, times]) => workbookWith(piece.repeat(times)));
const strings = fc.integer({ min: 1, max: 2_000_000 }).map((times) =>
  workbookWith('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {
    'xl/sharedStrings.xml': strToU8(stringsXml('<si><t>a</t></si>'.repeat(times))),
  }),
);
const entities = fc.integer({ min: 1, max: 12 }).map((levels) => {
  const names = Array.from({ length: levels }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`).join('');
  const types = `<!DOCTYPE w [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">${names}]>`;
  const sheet = sheetXml(`<row r="1"><c r="A1" t="str"><v>&e${levels};&file;</v></c></row>`);
  return rawWorkbook(sheet.replace('?>', () => `?>${types}`));
});
const wide = fc
  .tuple(fc.integer({ min: 1, max: 16_384 }), fc.integer({ min: 1, max: 40 }))
  .map(([columns, rows]) => workbookWith(Array.from({ length: rows }, () => `<row>${'<c><v>1</v></c>'.repeat(columns)}</row>`).join('')));
const manyEntries = fc
  .integer({ min: 1, max: 4_000 })
  .map((count) =>
    workbookWith(
      '',
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`xl/worksheets/s${index}.xml`, strToU8(sheetXml(''))])),
    ),
  );
const nested = fc.tuple(realBytes, fc.integer({ min: 1, max: 6 })).map(([bytes, times]) => {
  let inner: Buffer = Buffer.from(bytes);
  for (let level = 0; level < times; level++) inner = workbookWith('', { 'xl/embeddings/inner.xlsx': inner });
  return inner;
});

/** Told by how it was made: its bytes would fill the screen. */
const told = (how: string, made: fc.Arbitrary<Buffer>) =>
  made.map((bytes) => ({ bytes, [fc.toStringMethod]: () => `${how}, ${bytes.length} bytes, begins ${bytes.toString('latin1', 0, 40)}` }));

export const hostileWorkbook: fc.Arbitrary<{ readonly bytes: Buffer }> = fc.oneof(
  {
    weight: 2,
    arbitrary: told(
      'any bytes',
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    ),
  },
  {
    weight: 2,
    arbitrary: told(
      'bytes like a zip',
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes])),
    ),
  },
  { weight: 12, arbitrary: told('a workbook with bytes changed', mutatedBytes(realBytes)) },
  { weight: 12, arbitrary: told('a workbook with XML changed', brokenPart) },
  { weight: 8, arbitrary: told('odd cells', oddSheet) },
  { weight: 1, arbitrary: told('one thing very often', bomb) },
  { weight: 1, arbitrary: told('many strings', strings) },
  { weight: 1, arbitrary: told('entities of entities', entities) },
  { weight: 1, arbitrary: told('many columns', wide) },
  { weight: 1, arbitrary: told('many entries', manyEntries) },
  { weight: 1, arbitrary: told('workbooks in workbooks', nested) },
);

const names = buildUnitNames(organisation.units, organisation.groups, unitVocabulary);
type As = 'contacts' | 'roster' | ItemListKind;
const hints = { year: 2021, names, findUnit: (text: string) => findUnit(names, text), isKnownName: () => true };

const read = async (reader: ReturnType<typeof createWorkbookReader>, as: As, source: WorkbookSource): Promise<Reading<unknown>> => {
  if (as === 'contacts') return reader.readContacts(source);
  return as === 'roster' ? reader.readRoster(source, hints) : reader.readItemList(source, as);
};

/** Whatever bytes come, each reader answers with a list or with faults that say why not, after bounded work. */
export const workbooks: Fuzz = {
  name: 'workbooks',
  cases: 40,
  open: async () => {
    const reader = createWorkbookReader();
    return {
      property: fc.asyncProperty(
        hostileWorkbook,
        fc.constantFrom<As[]>('contacts', 'roster', 'batch', 'requests'),
        async ({ bytes }, as) => {
          const source = { bytes, fileName: 'a.xlsx' };
          const { list, findings } = await withinWork(bytes.length, { atLeast: 20_000, perKb: 20 }, () => read(reader, as, source));
          if (list === null && !findings.some(({ severity }) => severity === 'error')) throw new Error('no list, and no word why');
          for (const { code } of findings) if (!/^ZG_[A-Z_]+$/u.test(code)) throw new Error(`a finding without a name: ${code}`);
        },
      ),
      close: async () => {},
    };
  },
};
