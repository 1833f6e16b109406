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

type Known = readonly (readonly [name: RegExp, family?: string])[];

/** Fonts of open licences that have the characters, the best first: Noto and Source Han (OFL), WenQuanYi (GPL with the font exception). */
const plain: Known = [
  [/^NotoSansCJK-Regular\.ttc$/u, 'NotoSansCJKsc-Regular'],
  [/^(?:NotoSans(?:CJK)?sc|NotoSansSC|SourceHanSans(?:SC|CN))-Regular\.(?:otf|ttf)$/iu],
  [/^NotoSerifCJK-Regular\.ttc$/u, 'NotoSerifCJKsc-Regular'],
  [/^wqy-microhei\.ttc$/u, 'WenQuanYiMicroHei'],
  [/^wqy-zenhei\.ttc$/u, 'WenQuanYiZenHei'],
  [/^DroidSansFallback(?:Full)?\.ttf$/u],
];

/**
 * What official documents are set in (GB/T 9704-2012): 小标宋 for the title, 仿宋 for the text, 黑体 for headings. A machine
 * that has them uses its own; else what comes nearest.
 */
const faces = {
  plain,
  title: [
    [/^(?:FZXBSJW|FZXiaoBiaoSong[\w-]*)\.(?:ttf|otf)$/iu],
    [/^NotoSerifCJK-Bold\.ttc$/u, 'NotoSerifCJKsc-Bold'],
    [/^(?:NotoSerifSC|SourceHanSerif(?:SC|CN))-Bold\.(?:otf|ttf)$/iu],
    ...plain,
  ],
  body: [
    [/^(?:simfang|FangSong|FZFSK|FZFSJW|STFangsong)[\w-]*\.(?:ttf|otf)$/iu],
    [/^NotoSerifCJK-Regular\.ttc$/u, 'NotoSerifCJKsc-Regular'],
    [/^(?:NotoSerifSC|SourceHanSerif(?:SC|CN))-Regular\.(?:otf|ttf)$/iu],
    ...plain,
  ],
} satisfies { readonly [face: string]: Known };

export type Face = keyof typeof faces;

const deepest = 4;

const filesIn = (folder: string, depth = deepest): readonly string[] => {
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path, depth - 1) : [path];
  });
};

const found = new Map<Face, Font>();

/** The best font of this machine with Chinese characters. Throws ZG_NO_FONT where there is none. */
export const findFont = (face: Face = 'plain'): Font => {
  const known = found.get(face);
  if (known && existsSync(known.path)) return known;
  const font = findFontIn(folders, face);
  found.set(face, font);
  return font;
};

export const findFontIn = (places: readonly string[], face: Face = 'plain'): Font => {
  const files = places.flatMap((folder) => filesIn(folder));
  for (const [name, family] of faces[face] satisfies Known) {
    const path = files.find((file) => name.test(file.slice(file.lastIndexOf('/') + 1)));
    if (path === undefined) continue;
    return family === undefined ? { path } : { path, family };
  }
  throw new Fault('ZG_NO_FONT');
};
