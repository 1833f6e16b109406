import { describe, expect, it } from 'vitest';
import { checkFile, cleanFileName, fileLimits, shownAs } from '../../../src/domain/items/file-rules.ts';
import { fc } from '../../support/property.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const png = bytes('\x89PNG\r\n\x1a\n....');
const ole = bytes('\xd0\xcf\x11\xe0....');

describe('the name of a file', () => {
  it.each([
    ['整改报告.pdf', '整改报告.pdf'],
    ['C:\\Users\\张\\扬尘.jpg', '扬尘.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['.htaccess', 'htaccess'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['line\nbreak?.txt', 'linebreak.txt'],
    ['  spaced .txt ', 'spaced .txt'],
    ['..', 'file'],
    ['', 'file'],
    ['/', 'file'],
  ])('%j becomes %j', (given, wanted) => expect(cleanFileName(given)).toBe(wanted));

  it('is never a path, never too long, never empty, keeps its extension, and is clean after one cleaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.constantFrom('pdf', 'docx', 'txt'), (stem, extension) => {
        const name = cleanFileName(`${stem}x.${extension}`);
        expect(name).not.toMatch(/[/\\\p{Cc}]/u);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(fileLimits.nameLength);
        expect(name.endsWith(`.${extension}`)).toBe(true);
        expect(name.isWellFormed()).toBe(true);
        expect(cleanFileName(name)).toBe(name);
      }),
    );
  });
});

describe('whether a file may come in', () => {
  it.each([
    ['现场.PNG', 'application/octet-stream', png, { name: '现场.PNG', mime: 'image/png' }],
    ['blob', 'image/png', png, { name: 'blob.png', mime: 'image/png' }],
    ['旧表.xls', '', ole, { name: '旧表.xls', mime: 'application/vnd.ms-excel' }],
    ['说明.txt', 'text/plain', new TextEncoder().encode('已清运'), { name: '说明.txt', mime: 'text/plain' }],
    ['记事本.txt', '', bytes('\xff\xfeh\0i\0'), { name: '记事本.txt', mime: 'text/plain' }],
    ['a.zip', '', bytes('PK\x03\x04'), { name: 'a.zip', mime: 'application/zip' }],
  ])('%s of type %j may', (name, mime, content, wanted) => expect(checkFile(content, { name, mime })).toEqual(wanted));

  it.each([
    ['run.exe', 'application/pdf', bytes('MZ'), 'kindUnknown'],
    ['page.html', 'text/html', bytes('<html>'), 'kindUnknown'],
    ['drawing.svg', 'image/svg+xml', bytes('<svg>'), 'kindUnknown'],
    ['constructor', '', bytes('x'), 'kindUnknown'],
    ['a.constructor', '', bytes('x'), 'kindUnknown'],
    ['scan.pdf', 'application/pdf', bytes('MZ\x90\0'), 'notWhatItSays'],
    ['scan.jpg', 'image/jpeg', png, 'notWhatItSays'],
    ['scan.pdf', 'application/pdf', bytes(''), 'empty'],
    ['scan.pdf', 'application/pdf', new Uint8Array(fileLimits.fileBytes + 1), 'tooLarge'],
  ])('%s of type %j may not', (name, mime, content, fault) => expect(checkFile(content, { name, mime })).toBe(fault));
});

it('shows pictures and PDF as what their content is, and nothing else', () => {
  expect(shownAs(png)).toBe('image/png');
  expect(shownAs(bytes('%PDF-1.4'))).toBe('application/pdf');
  expect(shownAs(bytes('<script>'))).toBeNull();
  expect(shownAs(bytes('PK\x03\x04'))).toBeNull();
});
