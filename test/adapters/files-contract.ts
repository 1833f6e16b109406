import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Files } from '../../src/ports/files.ts';

export type FilesUnderTest = {
  readonly files: Files;
  /** Changes the kept content behind the back of the files. */
  readonly spoil: (sha256: string) => Promise<void> | void;
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const pdf = { name: 'report.pdf', mime: 'application/pdf' };

/** What every keeper of files promises, the real one and its twin alike. */
export const describeFiles = (name: string, open: () => Promise<FilesUnderTest>): void => {
  describe(`${name} keeps what files are promised`, () => {
    let under: FilesUnderTest;
    beforeEach(async () => {
      under = await open();
    });

    it('gives back what it was given, under the hash of it', async () => {
      const content = bytesOf('%PDF-1.7');
      const ref = await under.files.put(content, pdf);
      expect(ref).toEqual({ ...pdf, sha256: createHash('sha256').update(content).digest('hex'), bytes: 8 });
      const kept = await under.files.get(ref.sha256);
      expect(Buffer.from(kept!).equals(content)).toBe(true);
    });

    it('keeps its own copy: what the caller does to theirs afterwards changes nothing', async () => {
      const content = bytesOf('%PDF-1.7');
      const { sha256 } = await under.files.put(content, pdf);
      content[0] = 0;
      const kept = (await under.files.get(sha256))!;
      kept[1] = 0;
      expect(Buffer.from((await under.files.get(sha256))!).toString()).toBe('%PDF-1.7');
    });

    it('takes the same content again, also at the same moment, as the same file under whatever name', async () => {
      const names = ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'];
      const refs = await Promise.all(names.map((each) => under.files.put(bytesOf('%PDF-same'), { ...pdf, name: each })));
      expect(new Set(refs.map(({ sha256 }) => sha256)).size).toBe(1);
      expect(refs.map((ref) => ref.name)).toEqual(names);
    });

    it('knows nothing of other hashes, and of what is none', async () => {
      expect(await under.files.get('0'.repeat(64))).toBeUndefined();
      for (const wrong of ['', '..', '../../etc/passwd', 'A'.repeat(64), '0'.repeat(63)])
        expect(await under.files.get(wrong)).toBeUndefined();
    });

    it('cleans the names it passes on', async () => {
      const { name: given } = await under.files.put(bytesOf('x'), { name: '../../a/b\\evil.txt', mime: 'text/plain' });
      expect(given).toBe('evil.txt');
    });

    it('finds and names a file whose content is no longer what it was, and does not write over it', async () => {
      const { sha256 } = await under.files.put(bytesOf('%PDF-true'), pdf);
      await under.spoil(sha256);
      await expect(under.files.get(sha256)).rejects.toMatchObject({ code: 'ZG_FILE_DAMAGED', detail: sha256 });
      await expect(under.files.put(bytesOf('%PDF-true'), pdf)).rejects.toMatchObject({ code: 'ZG_FILE_DAMAGED', detail: sha256 });
      await expect(under.files.get(sha256)).rejects.toMatchObject({ code: 'ZG_FILE_DAMAGED' });
    });
  });
};
