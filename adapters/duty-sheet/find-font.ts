import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../src/ports/fault.ts';

/** A file of a font, and which of the fonts in it where it is a collection. */
export type Font = { readonly path: string; readonly family?: string };

const folders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(process.env['HOME'] ?? '/', '.fonts'),
  join(process.env['HOME'] ?? '/', '.local/share/fonts'),
  '/Library/Fonts',
  '/System/Library/Fonts',
];

/** Fonts of open licences that have the characters, the best first: Noto and Source Han (OFL), WenQuanYi (GPL with the font exception). */
const known: readonly (readonly [name: RegExp, family?: string])[] = [
  [/^NotoSansCJK-Regular\.ttc$/u, 'NotoSansCJKsc-Regular'],
  [/^(?:NotoSans(?:CJK)?sc|NotoSansSC|SourceHanSans(?:SC|CN))-Regular\.(?:otf|ttf)$/iu],
  [/^NotoSerifCJK-Regular\.ttc$/u, 'NotoSerifCJKsc-Regular'],
  [/^wqy-microhei\.ttc$/u, 'WenQuanYiMicroHei'],
  [/^wqy-zenhei\.ttc$/u, 'WenQuanYiZenHei'],
  [/^DroidSansFallback(?:Full)?\.ttf$/u],
];

const deepest = 4;

const filesIn = (folder: string, depth = deepest): readonly string[] => {
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path, depth - 1) : [path];
  });
};

let found: Font | undefined;

/** The best font of this machine with Chinese characters. Throws ZG_NO_FONT where there is none. */
export const findFont = (): Font => {
  if (!found || !existsSync(found.path)) found = findFontIn(folders);
  return found;
};

export const findFontIn = (places: readonly string[]): Font => {
  const files = places.flatMap((folder) => filesIn(folder));
  for (const [name, family] of known) {
    const path = files.find((file) => name.test(file.slice(file.lastIndexOf('/') + 1)));
    if (path === undefined) continue;
    return family === undefined ? { path } : { path, family };
  }
  throw new Fault('ZG_NO_FONT');
};
