import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  readArchiveLine,
  readPersonalLine,
  readRow,
  writePersonalLine,
  writeRowLine,
  writeSealLine,
} from '../../../src/domain/ledger/archive-line.ts';
import type { LedgerRow } from '../../../src/domain/ledger/event.ts';
import { sealRow } from '../../../src/domain/ledger/sealed-row.ts';
import { fc } from '../../support/property.ts';

const sha256 = (text: string): string => hash('sha256', text);
const values = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
const row = fc.record(
  {
    seq: fc.integer({ min: 1, max: 1e15 }),
    at: fc.nat(),
    bureau: fc.string(),
    event: fc.constant('StepFired' as const),
    data: values,
    personal: values,
    actor: fc.string(),
  },
  { requiredKeys: ['seq', 'at', 'bureau', 'event', 'data'] },
);

it('a row comes back from its lines as it went in', () => {
  fc.assert(
    fc.property(row, (raw) => {
      const given: LedgerRow = JSON.parse(JSON.stringify(raw));
      const sealed = sealRow(given, () => 'c2FsdA', sha256);
      const line = readArchiveLine(writeRowLine(sealed));
      const personal = sealed.personal ? readPersonalLine(writePersonalLine(sealed.personal)) : undefined;
      expect(line?.kind).toBe('row');
      if (line?.kind !== 'row') return;
      expect(line.hash).toBe(sha256(line.text));
      expect(readRow(line, personal)).toEqual(given);
    }),
  );
});

it('nothing that names a person is in the sealed text', () => {
  const sealed = sealRow({ seq: 1, at: 0, bureau: 'jn', event: 'AnswerRecorded', data: {}, personal: { text: '在岗' } }, () => 's', sha256);
  expect(sealed.text).not.toContain('在岗');
  expect(sealed.text).toContain(sha256('s{"text":"在岗"}'));
});

it('another spelling of the same seal is no line', () => {
  const line = writeSealLine({ bureau: 'jn', from: 1, to: 2, at: 3, hash: 'h', previous: 'p', signature: 's' });
  expect(readArchiveLine(line)?.kind).toBe('seal');
  for (const other of [
    line.replace(':1', ': 1'),
    line.replace('"jn"', String.raw`"\u006an"`),
    `${line} `,
    line.replace('"at":3,', '"at":3,"also":1,'),
  ])
    expect(readArchiveLine(other)).toBeUndefined();
});
