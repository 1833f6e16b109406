/** Which files are taken, how large and under which names: data, so that every door holds to the same. */

export const fileLimits = {
  fileBytes: 20 * 1024 * 1024,
  filesPerMessage: 10,
  nameLength: 200,
} as const;

/** How somebody calls a file and what they say it is: nothing to rely on. */
export type FileAbout = { readonly name: string; readonly mime: string };

export type FileFault = 'empty' | 'tooLarge' | 'kindUnknown' | 'notWhatItSays';

type FileKind = {
  /** Extension to what it is called on the wire. */
  readonly types: { readonly [extension: string]: string };
  /** What its first kilobyte looks like, a character for each byte. */
  readonly looks: RegExp;
};

const openXml = 'application/vnd.openxmlformats-officedocument';

const images: readonly FileKind[] = [
  { types: { png: 'image/png' }, looks: /^\x89PNG\r\n/ },
  { types: { jpg: 'image/jpeg', jpeg: 'image/jpeg' }, looks: /^\xff\xd8\xff/ },
  { types: { gif: 'image/gif' }, looks: /^GIF8/ },
  { types: { webp: 'image/webp' }, looks: /^RIFF[^]{4}WEBP/ },
  { types: { bmp: 'image/bmp' }, looks: /^BM/ },
  { types: { tif: 'image/tiff', tiff: 'image/tiff' }, looks: /^(?:II\*|MM[^]\*)/ },
  { types: { heic: 'image/heic', heif: 'image/heif' }, looks: /^[^]{4}ftyp/ },
];

const pdf: FileKind = { types: { pdf: 'application/pdf' }, looks: /%PDF-/ };

const fileKinds: readonly FileKind[] = [
  pdf,
  ...images,
  {
    types: {
      docx: `${openXml}.wordprocessingml.document`,
      xlsx: `${openXml}.spreadsheetml.sheet`,
      pptx: `${openXml}.presentationml.presentation`,
      doc: 'application/msword',
      xls: 'application/vnd.ms-excel',
      ppt: 'application/vnd.ms-powerpoint',
      wps: 'application/vnd.ms-works',
      et: 'application/wps-office.et',
      dps: 'application/wps-office.dps',
      ofd: 'application/ofd',
      rtf: 'application/rtf',
    },
    // the old container, the new one, and the texts that office systems save under the old names
    looks: /^(?:\xd0\xcf|PK|\{\\rtf|(?:\xef\xbb\xbf)?\s*<)/,
  },
  { types: { zip: 'application/zip' }, looks: /^PK/ },
  // without zero bytes, unless a mark says that it is UTF-16
  { types: { txt: 'text/plain', csv: 'text/csv' }, looks: /^(?:\xff\xfe|\xfe\xff|[^\0]*$)/ },
];

/** For a file chooser: `.pdf,.png,…`. */
export const acceptedFiles = fileKinds.flatMap(({ types }) => Object.keys(types).map((extension) => `.${extension}`)).join(',');

const headBytes = 1024;
const headOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, headBytes));

const extensionOf = (name: string): string => /\.([^.]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';

// controls, signs that turn the direction of a text (and hide an extension), and what file systems forbid
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu;

/** A name to show and to save under: no path, nothing invisible, at most `fileLimits.nameLength` characters with its extension. */
export const cleanFileName = (name: string): string => {
  const last = name.normalize('NFC').toWellFormed().split(/[/\\]/u).at(-1) ?? '';
  const clean = last.replace(unfit, '').replaceAll(/^[\s.]+|[\s.]+$/gu, '') || 'file';
  if (clean.length <= fileLimits.nameLength) return clean;
  const extension = extensionOf(clean);
  const end = extension === '' ? '' : clean.slice(-extension.length - 1);
  return clean.slice(0, fileLimits.nameLength - end.length).replace(/[\ud800-\udbff]$/u, '') + end;
};

/** By its name; where that says nothing, by what it is called on the wire. */
const findKind = ({ name, mime }: FileAbout): { readonly kind: FileKind; readonly extension: string; readonly isNamed: boolean } | null => {
  const named = extensionOf(name);
  for (const kind of fileKinds) if (Object.hasOwn(kind.types, named)) return { kind, extension: named, isNamed: true };
  if (named !== '') return null;
  const [bare = ''] = mime.toLowerCase().split(';');
  for (const kind of fileKinds)
    for (const [extension, type] of Object.entries(kind.types)) if (type === bare.trim()) return { kind, extension, isNamed: false };
  return null;
};

/** Whether a file may come in, and what it is to be called from then on. */
export const checkFile = (bytes: Uint8Array, about: FileAbout): FileAbout | FileFault => {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > fileLimits.fileBytes) return 'tooLarge';
  const name = cleanFileName(about.name);
  const found = findKind({ name, mime: about.mime });
  if (!found) return 'kindUnknown';
  const { kind, extension, isNamed } = found;
  if (!kind.looks.test(headOf(bytes))) return 'notWhatItSays';
  return { name: isNamed ? name : cleanFileName(`${name}.${extension}`), mime: kind.types[extension] ?? '' };
};

/** What a browser may be told about kept bytes, from the bytes alone; null for what it should only save. */
export const shownAs = (bytes: Uint8Array): string | null => {
  const head = headOf(bytes);
  const kind = [...images, pdf].find(({ looks }) => looks.test(head));
  return kind ? (Object.values(kind.types)[0] ?? null) : null;
};
