import { createHash, hash, verify as verifySignature } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchiveFiles } from '../../../../adapters/archive/open-files.ts';
import { openSigner, readPublicKey } from '../../../../adapters/archive/signer.ts';
import { makeZip } from '../../../../adapters/zip/make-zip.ts';
import { packEvidence } from '../../../../src/app/items/records/evidence.ts';
import { createSealer } from '../../../../src/app/ledger/seal-ledger.ts';
import { verifyEvidence } from '../../../../src/app/ledger/verify-evidence.ts';
import { handOver } from '../../../../src/domain/items/decide-handing-over.ts';
import { evolveItem } from '../../../../src/domain/items/evolve-item.ts';
import { shippedKinds } from '../../../../src/domain/items/item-kind.ts';
import { sealHashOf, type Seal } from '../../../../src/domain/ledger/seal.ts';
import type { LedgerEvent, LedgerRow } from '../../../../src/domain/ledger/event.ts';
import { buildDirectory } from '../../../../src/domain/organisation/directory.ts';
import { organisation, roster } from '../../../support/invented.ts';
import { eventFor, openWorkshop, standingStream, startedAt, type Workshop } from '../../../support/ledger.ts';
import { join } from 'node:path';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop.remove());

const bytes = new TextEncoder().encode('a report');
const sha256 = hash('sha256', bytes);
const lost = 'f'.repeat(64);
const context = {
  directory: buildDirectory(organisation, roster),
  timeZone: 'Asia/Shanghai',
  kindOf: () => shippedKinds[0]!,
};
const opened = handOver(
  {
    id: 'iD1',
    kind: 'petition',
    number: 'D1',
    text: '扬尘',
    pollution: [],
    isSpecial: false,
    handedOverAt: startedAt,
    unitIds: ['u2'],
    limits: [{ level: 'unit', at: startedAt + 1_000, countedFromAt: startedAt, rule: { type: 'instant' } }],
  },
  context,
  startedAt,
);
const drafted: LedgerEvent = {
  at: startedAt + 1,
  event: 'HandInDrafted',
  itemId: 'iD1',
  actor: 'm1',
  data: {
    no: 1,
    outcome: 'done',
    files: [
      { sha256, bytes: bytes.length, mime: 'text/plain' },
      { sha256: lost, bytes: 1, mime: 'text/plain' },
    ],
  },
  personal: { text: '已整改', names: ['报告.txt', '遗失.txt'] },
};
/** Another item whose id begins with the same letters, and much else. */
const other: LedgerEvent = { ...drafted, itemId: 'iD12', personal: { text: '别的事', names: [] } };

const rows: readonly LedgerRow[] = [eventFor(1), opened, eventFor(3), other, drafted, eventFor(6)].map((event, index) => ({
  ...event,
  seq: index + 1,
  bureau: 'jn',
}));

const item = [opened, drafted].reduce<ReturnType<typeof evolveItem>>((before, event) => evolveItem(before, event), undefined)!;

const pack = async () => {
  const stream = standingStream(rows);
  await createSealer({ ...(await workshop.parts(stream)), batchRows: 4 }).sealNow();
  const { publicKeyPem } = await openSigner(join(workshop.dir, 'keys'));
  const entries = await packEvidence(item, {
    archive: await openArchiveFiles(workshop.folder),
    unsealed: [],
    files: { get: async (wanted) => (wanted === sha256 ? bytes : undefined) },
    publicKeyPem,
    sha256: (content) => hash('sha256', content),
    nameOf: (id) => (id === 'm1' ? '东联络' : undefined),
  });
  return unzipSync(await makeZip(entries));
};

const textOf = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);
const linesOf = (content: Uint8Array | undefined): readonly string[] => textOf(content).split('\n').slice(0, -1);

describe('the evidence pack of one item', () => {
  it('holds every row about it and none about anything else', async () => {
    const files = await pack();
    const found = linesOf(files['ledger.jsonl']).map((line) => JSON.parse(line));
    expect(found.map(({ row }) => [row.seq, row.event])).toEqual([
      [2, 'ItemHandedOver'],
      [5, 'HandInDrafted'],
    ]);
    expect(found[1].personal).toMatchObject({ text: '已整改' });
    expect(textOf(files['ledger.jsonl'])).not.toContain('别的事');
  });

  it('can be checked by itself: each row against its hash, each batch against its signed seal', async () => {
    const files = await pack();
    const publicKey = textOf(files['public-key.pem']);
    const seals: readonly { seal: Seal; rowHashes: readonly string[] }[] = linesOf(files['seals.jsonl']).map((line) => JSON.parse(line));
    expect(seals.length).toBeGreaterThan(0);
    for (const { seal, rowHashes } of seals) {
      const { hash: sealHash, signature, ...head } = seal;
      expect(sealHashOf(head, rowHashes, (text) => hash('sha256', text))).toBe(sealHash);
      expect(verifySignature(null, Buffer.from(sealHash), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    }
    for (const line of linesOf(files['ledger.jsonl'])) {
      const text = line.slice('{"row":'.length, line.indexOf(',"hash":"'));
      const { row, hash: rowHash, personal, salt } = JSON.parse(line);
      expect(createHash('sha256').update(text).digest('hex')).toBe(rowHash);
      const batch = seals.find(({ seal }) => seal.from <= row.seq && row.seq <= seal.to);
      expect(batch?.rowHashes[row.seq - (batch?.seal.from ?? 0)]).toBe(rowHash);
      expect(Object.keys(personal).length).toBeGreaterThan(0);
      expect(salt).not.toBe('');
    }
  });

  it('brings the files that are there, and names those that are not', async () => {
    const files = await pack();
    expect(files[`files/${sha256.slice(0, 16)}-报告.txt`]).toEqual(bytes);
    const manifest = JSON.parse(textOf(files['manifest.json']));
    expect(manifest.missing).toEqual([lost]);
    for (const { name, sha256: wanted } of manifest.files) expect(hash('sha256', files[name]!)).toBe(wanted);
  });

  it('says who is meant by the ids in its rows', async () => {
    expect(JSON.parse(textOf((await pack())['names.json']))).toEqual({ m1: '东联络' });
  });

  describe('checked offline', () => {
    const check = (files: Readonly<Record<string, Uint8Array>>, key = textOf(files['public-key.pem'])) =>
      verifyEvidence(new Map(Object.entries(files)), {
        sha256: (text) => hash('sha256', text),
        sha256OfBytes: (content) => hash('sha256', content),
        isSigned: readPublicKey(key),
      });
    const changed = (files: Record<string, Uint8Array>, name: string, from: string | RegExp, to: string) => ({
      ...files,
      [name]: new TextEncoder().encode(textOf(files[name]).replace(from, to)),
    });
    /** As somebody would who knows about the manifest. */
    const listed = (files: Record<string, Uint8Array>) => {
      const manifest = JSON.parse(textOf(files['manifest.json']));
      const list = manifest.files.map((file: { name: string }) => ({ ...file, sha256: hash('sha256', files[file.name]!) }));
      return { ...files, 'manifest.json': new TextEncoder().encode(JSON.stringify({ ...manifest, files: list })) };
    };
    const kinds = (files: Readonly<Record<string, Uint8Array>>) => check(files).faults.map(({ what }) => what);

    it('holds as it is, and where somebody’s words were taken out', async () => {
      const files = await pack();
      expect(check(files)).toMatchObject({ ok: true, rows: 2, personal: { checked: 2, removed: 0 } });
      const bare = listed(changed(files, 'ledger.jsonl', /,"personal":\{.*?\},"salt":"[^"]*"/, ''));
      expect(check(bare)).toMatchObject({ ok: true, personal: { checked: 1, removed: 1 } });
    });

    it('shows what was changed: a row, words, a seal, a file, the list of files, the key', async () => {
      const files = await pack();
      expect(kinds(changed(files, 'ledger.jsonl', '"outcome":"done"', '"outcome":"interim"'))).toEqual(['fileChanged', 'rowChanged']);
      expect(kinds(listed(changed(files, 'ledger.jsonl', '"outcome":"done"', '"outcome":"interim"')))).toEqual(['rowChanged']);
      expect(kinds(listed(changed(files, 'ledger.jsonl', '已整改', '未整改')))).toEqual(['personalChanged']);
      expect(kinds(listed(changed(files, 'seals.jsonl', '"bureau":"jn"', '"bureau":"qd"')))).toEqual(['batchChanged']);
      expect(kinds(listed(changed(files, 'seals.jsonl', /.*\n/, '')))).toContain('sealMissing');
      const report = `files/${sha256.slice(0, 16)}-报告.txt`;
      expect(kinds(changed(files, report, 'report', 'resort'))).toEqual(['fileChanged']);
      expect(kinds(listed(changed(files, report, 'report', 'resort')))).toEqual(['fileChanged']);
      const { [report]: _, ...without } = files;
      expect(kinds(without)).toEqual(['fileMissing']);
      expect(kinds({ ...files, 'files/more.txt': bytes })).toEqual(['fileChanged']);
      expect(kinds(changed(files, 'manifest.json', '{', ''))).toEqual(['lineUnreadable']);
    });
  });
});
