import { describe, expect, it } from 'vitest';
import type { Access } from '../../../src/domain/access/access.ts';
import { lookingFor, seesRow } from '../../../src/domain/access/in-sight.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { at, idOf, organisation, roster, type Name } from '../../support/invented.ts';

const now = at('2021-08-27T10:00');
const directory = buildDirectory(organisation, roster);
const of = (name: Name, access: Access['held']) => lookingFor({ personId: idOf(name), held: access }, 'seeLedger', directory, now);
const liaison = of('东联络', [{ role: 'liaison', unitId: 'u2' }]);
const sees = (row: Parameters<typeof seesRow>[1], looking = liaison): boolean => seesRow(looking, row, new Map());

describe('a row of the ledger is seen by a unit', () => {
  it.each<readonly [string, Parameters<typeof seesRow>[1], boolean]>([
    ['of its own post', { data: { subject: 'p2' } }, true],
    ['of another’s', { data: { subject: 'p3' } }, false],
    ['of what its people did elsewhere', { actor: idOf('东主班'), data: { subject: 'p3' } }, true],
    ['of what others did elsewhere', { actor: idOf('西主班'), data: { subject: 'p3' } }, false],
    ['of what others did with its post', { actor: idOf('冯主任'), data: { subject: 'p2' } }, true],
    ['that was sent to its people', { data: { to: idOf('东主班') } }, true],
    ['that was sent to others', { data: { to: idOf('西主班') } }, false],
    ['of itself', { data: { unitId: 'u2' } }, true],
    ['of oneself', { data: { by: idOf('东联络') } }, true],
    ['about nobody', { data: { text: 'u2' } }, false],
  ])('%s', (_, row, isSeen) => expect(sees(row)).toBe(isSeen));

  it('by whoever sees everything in any case, and by whoever sees nothing never', () => {
    const row = { actor: idOf('西主班'), data: { subject: 'p3' } };
    expect(sees(row, of('冯主任', [{ role: 'office' }]))).toBe(true);
    expect(sees(row, of('外人' as Name, []))).toBe(false);
  });
});
