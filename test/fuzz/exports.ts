import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { writeWorkbook } from '../../adapters/excel/write-workbook.ts';
import type { Sheet } from '../../src/ports/write-workbook.ts';
import type { Fuzz } from './fuzz.ts';
import { longText, oddText } from './hostile.ts';

const like = fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '|', '%'), oddText).map((parts) => parts.join(''));
const text = fc.oneof({ weight: 4, arbitrary: like }, { weight: 4, arbitrary: oddText }, { weight: 1, arbitrary: longText(32_767) });
const value = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.double() });

const sheet: fc.Arbitrary<Sheet> = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.record(
    {
      name: text,
      title: text,
      subtitle: text,
      page: text,
      headings: fc.array(text, { minLength: columns, maxLength: columns }),
      rows: fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { maxLength: 4 }),
      foot: fc.array(text, { maxLength: 2 }),
      widths: fc.constant(Array.from({ length: columns }, () => 12)),
    },
    { requiredKeys: ['name', 'headings', 'rows', 'widths'] },
  ),
);

/** What XML 1.0 can't say at all: Excel calls such a file damaged. */
const unsayable = /[^\t\n\r\u007F-\u009F\P{Cc}]|[\uFFFE\uFFFF]/u;

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  isArray: (name) => ['row', 'c', 'f'].includes(name),
  processEntities: false,
});

type Cell = { readonly f?: unknown; readonly v?: unknown; readonly '@_t'?: string; readonly '@_s'?: string };
type Parsed = { readonly worksheet?: { readonly sheetData?: { readonly row?: readonly { readonly c?: readonly Cell[] }[] } } };

/**
 * No text becomes a formula: whatever begins like one is quoted, so that it stays text where somebody edits the cell. Saved as CSV by
 * another program it has no such mark any more. Each part is XML that every reader takes.
 */
export const exports: Fuzz = {
  name: 'exports',
  cases: 25,
  open: async () => ({
    property: fc.asyncProperty(fc.uniqueArray(sheet, { minLength: 1, maxLength: 2, selector: ({ name }) => name }), async (sheets) => {
      const parts = unzipSync(await writeWorkbook(sheets));
      const partOf = (name: string): string => Buffer.from(parts[name] ?? []).toString('utf8');
      const firsts = [...partOf('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([^<]?)/gu)].map(([, first = '']) => first);
      const formats = /<cellXfs[^>]*>([\s\S]*)<\/cellXfs>/u.exec(partOf('xl/styles.xml'))?.[1] ?? '';
      const isQuoted = [...formats.matchAll(/<xf [^>]*>/gu)].map(([format]) => format.includes('quotePrefix="1"'));
      for (const [name, bytes] of Object.entries(parts)) {
        const xml = Buffer.from(bytes).toString('utf8');
        if (!/\.(?:xml|rels)$/u.test(name)) continue;
        if (unsayable.test(xml)) throw new Error(`${name} says what XML cannot`);
        const valid = XMLValidator.validate(xml);
        if (valid !== true) throw new Error(`${name} is no XML: ${valid.err.msg}`);
        if (!name.startsWith('xl/worksheets/sheet')) continue;
        const { worksheet } = parser.parse(xml) as Parsed;
        const cells = (worksheet?.sheetData?.row ?? []).flatMap(({ c = [] }) => c);
        if (cells.some(({ f }) => f !== undefined)) throw new Error(`${name} holds a formula`);
        for (const cell of cells) {
          const first = cell['@_t'] === 's' ? firsts[Number(cell.v)] : undefined;
          if (first !== undefined && /^[=+\-@\t]/u.test(first) && !isQuoted[Number(cell['@_s'])])
            throw new Error(`${name} has a live text`);
        }
        const types = new Set(cells.map((cell) => cell['@_t'] ?? 'n'));
        for (const type of types) if (!['s', 'n', 'inlineStr'].includes(type)) throw new Error(`${name} has a cell of type ${type}`);
      }
    }),
    close: async () => {},
  }),
};
