import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFontIn } from '../../../adapters/paper/find-font.ts';
import { faultTable } from '../../../adapters/http/faults.ts';

const setup = readFileSync(join(import.meta.dirname, '../../../src/setup.mjs'), 'utf8');
const [, source = '', flags = ''] = /const sheetFont =\s*\/(.+)\/(\w*);/u.exec(setup) ?? [];

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'zg-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), '');
};

describe('the font of a PDF', () => {
  it('is the best of the machine, wherever a distribution keeps it', () => {
    put('truetype/wqy/wqy-zenhei.ttc');
    expect(findFontIn([root])).toEqual({ path: join(root, 'truetype/wqy/wqy-zenhei.ttc'), family: 'WenQuanYiZenHei' });
    put('opentype/noto/NotoSansCJK-Regular.ttc');
    expect(findFontIn([join(root, 'none'), root])).toMatchObject({ family: 'NotoSansCJKsc-Regular' });
  });

  it('is missed in so many words, with what to install', () => {
    put('truetype/dejavu/DejaVuSans.ttf');
    expect(() => findFontIn([root])).toThrow('ZG_NO_FONT');
    expect(faultTable.ZG_NO_FONT.whatToDo).toMatch(/fonts-noto-cjk.*Excel/u);
  });

  it('is looked for by the set-up under the same names', () => {
    const names = [
      'NotoSansCJK-Regular.ttc',
      'NotoSansCJKsc-Regular.otf',
      'NotoSansSC-Regular.otf',
      'SourceHanSansSC-Regular.otf',
      'SourceHanSansCN-Regular.ttf',
      'NotoSerifCJK-Regular.ttc',
      'wqy-microhei.ttc',
      'wqy-zenhei.ttc',
      'DroidSansFallback.ttf',
      'DroidSansFallbackFull.ttf',
    ];
    const others = ['NotoSansCJK-VF.ttc', 'NotoSansCJK-Bold.ttc', 'simhei.ttf', 'DejaVuSans.ttf'];
    const isFound = (name: string): boolean => {
      rmSync(root, { recursive: true, force: true });
      put(name);
      try {
        return findFontIn([root]).path.endsWith(name);
      } catch {
        return false;
      }
    };
    expect(names.filter((name) => !isFound(name))).toEqual([]);
    expect(others.filter(isFound)).toEqual([]);
    expect([...names, ...others].filter((name) => new RegExp(source, flags).test(name))).toEqual(names);
  });
});
