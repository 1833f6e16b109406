import { inflateSync } from 'node:zlib';

/** What a PDF of ours says, page by page: enough of the format to read back what pdfkit writes, and no more. */

const utf16 = (hex: string): string => {
  let text = '';
  for (let at = 0; at + 4 <= hex.length; at += 4) text += String.fromCharCode(Number.parseInt(hex.slice(at, at + 4), 16));
  return text;
};

type Objects = ReadonlyMap<number, { readonly dictionary: string; readonly stream?: string }>;

const readObjects = (bytes: Uint8Array): Objects => {
  const whole = Buffer.from(bytes).toString('latin1');
  const objects = new Map<number, { dictionary: string; stream?: string }>();
  for (const [, no, body] of whole.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/gu)) {
    const [dictionary = '', ...rest] = body!.split(/\nstream\n/u);
    const packed = rest.join('\nstream\n').replace(/\nendstream$/u, '');
    const isStream = rest.length > 0;
    const isDeflated = dictionary.includes('/FlateDecode');
    const stream = isStream ? (isDeflated ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1') : packed) : undefined;
    objects.set(Number(no), { dictionary, ...(stream === undefined ? {} : { stream }) });
  }
  return objects;
};

/** Code to text, of a font's ToUnicode table. */
const readCodes = (table: string): ReadonlyMap<number, string> => {
  const codes = new Map<number, string>();
  for (const [, from, , list] of table.matchAll(/<([\da-f]+)> <([\da-f]+)> \[([^\]]*)\]/giu)) {
    const first = Number.parseInt(from!, 16);
    for (const [index, [, hex]] of [...list!.matchAll(/<([\da-f]*)>/giu)].entries()) codes.set(first + index, utf16(hex!));
  }
  return codes;
};

const refIn = (dictionary: string, name: string): number => Number(new RegExp(`/${name} (\\d+) 0 R`, 'u').exec(dictionary)?.[1] ?? -1);

const fontsOf = (objects: Objects, page: string): ReadonlyMap<string, ReadonlyMap<number, string>> => {
  const resources = objects.get(refIn(page, 'Resources'))?.dictionary ?? page;
  const fonts = /\/Font <<([\s\S]*?)>>/u.exec(resources)?.[1] ?? '';
  return new Map(
    Array.from(fonts.matchAll(/\/(F\d+) (\d+) 0 R/gu), ([, name, no]) => {
      const table = objects.get(refIn(objects.get(Number(no))?.dictionary ?? '', 'ToUnicode'))?.stream ?? '';
      return [name!, readCodes(table)];
    }),
  );
};

const decode = (hex: string, codes: ReadonlyMap<number, string>): string => {
  let text = '';
  for (let at = 0; at + 4 <= hex.length; at += 4) text += codes.get(Number.parseInt(hex.slice(at, at + 4), 16)) ?? '?';
  return text;
};

export type PdfPage = { readonly width: number; readonly height: number; readonly lines: readonly string[] };

/** Sizes in points; each line is one piece of text as it was put down. */
export const readPdf = (bytes: Uint8Array): readonly PdfPage[] => {
  const objects = readObjects(bytes);
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b/u.test(dictionary))
    .map(({ dictionary }) => {
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u.exec(dictionary) ?? [];
      const fonts = fontsOf(objects, dictionary);
      const content = objects.get(refIn(dictionary, 'Contents'))?.stream ?? '';
      const lines = Array.from(content.matchAll(/BT\n([\s\S]*?)ET/gu), ([, block]) => {
        const codes = fonts.get(/\/(F\d+) /u.exec(block!)?.[1] ?? '') ?? new Map<number, string>();
        return Array.from(block!.matchAll(/<([\da-f]+)>/giu), ([, hex]) => decode(hex!, codes)).join('');
      });
      return { width: Number(width), height: Number(height), lines };
    });
};
