import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importBatch, importRequests } from '../../../../src/app/items/intake/import-batch.ts';
import { emptyOrganisation } from '../../../../src/domain/organisation/organisation.ts';
import { emptyRoster } from '../../../../src/domain/roster/roster.ts';
import { fixture, openItemDesk } from '../../../support/item-desk.ts';

const expected = JSON.parse(readFileSync(fixture('expected.json').path, 'utf8'));

describe('the batch', () => {
  it('gives the items that are expected of it', async () => {
    const desk = await openItemDesk();
    const outcome = await importBatch(desk, fixture('batch-2021-08-28.xlsx'));
    const { items, specialAttention, sharedByTwoUnits, normalisedNumbers } = expected.batch;
    expect(outcome).toMatchObject({ ok: true, errors: [], warnings: [], counts: { items, specialAttention, sharedByTwoUnits } });
    expect(desk.handedOver.map(({ number }) => number)).toEqual(normalisedNumbers);
    for (const [number, at] of Object.entries<string>(expected.batch.dueAt)) expect(desk.dueAt(desk.draft(number))).toBe(at.slice(0, 16));
    expect(desk.unitsOf(desk.draft('X2SD202108280003'))).toBe('槐荫区 市中区');
    expect(desk.draft('D2SD202108280031')).toMatchObject({
      id: 'iD2SD202108280031',
      kind: 'petition',
      pollution: ['噪声', '水'],
      hasHour: false,
      batch: '第2批',
    });
    expect(desk.handedOver.filter(({ isSpecial }) => isSpecial).map(({ number }) => number)).toEqual([
      'D2SD202108280040',
      'D2SD202108280101',
    ]);
  });

  it('knows people’s other names for areas', async () => {
    const desk = await openItemDesk();
    await importBatch(desk, fixture('batch-2021-08-28.xlsx'));
    const { organisation } = await desk.store.loadCampaign();
    const full = (number: string) => organisation.units.find(({ id }) => id === desk.draft(number).unitIds[0])?.name;
    expect(full('D2SD202108280066')).toBe(expected.batch.aliases['先行区']);
    expect(full('X2SD202108280070')).toBe(expected.batch.aliases['南山区']);
    expect(full('D2SD202108280061')).toBe(expected.batch.aliases['高新区']);
  });

  it('doubles nothing when it comes again', async () => {
    const desk = await openItemDesk();
    await importBatch(desk, fixture('batch-2021-08-28.xlsx'));
    const again = await importBatch(desk, fixture('batch-2021-08-28.xlsx'));
    expect(again.counts).toMatchObject({ items: 12, added: 0, updated: 0, unchanged: 12 });
    expect(desk.handedOver).toHaveLength(12);
  });

  it('counts from the hour that was said', async () => {
    const desk = await openItemDesk();
    await importBatch(desk, fixture('batch-2021-08-28.xlsx'), { handedOverAt: Date.parse('2021-08-29T08:00:00+08:00') });
    expect(desk.draft('X2SD202108280003')).toMatchObject({ hasHour: true, handedOverAt: Date.parse('2021-08-29T08:00:00+08:00') });
    expect(desk.dueAt(desk.draft('X2SD202108280003'))).toBe('2021-09-02T00:00');
  });

  it('wants the contacts first', async () => {
    const desk = await openItemDesk();
    const store = { loadCampaign: async () => ({ organisation: emptyOrganisation, roster: emptyRoster, version: 0 }) };
    expect((await importBatch({ ...desk, store }, fixture('batch-2021-08-28.xlsx'))).errors.map(({ code }) => code)).toEqual([
      'ZG_CONTACTS_FIRST',
    ]);
  });

  it('points out corrections of what is closed already', async () => {
    const desk = await openItemDesk();
    await importBatch(desk, fixture('batch-2021-08-28.xlsx'));
    const loadItems: typeof desk.loadItems = async (ids) =>
      new Map(
        [...(await desk.loadItems(ids))].map(([id, item]) => [id, { ...item, status: 'confirmed' as const, text: `${item.text}。` }]),
      );
    const outcome = await importBatch({ ...desk, loadItems }, fixture('batch-2021-08-28.xlsx'));
    expect(outcome).toMatchObject({ ok: true, counts: { added: 0, updated: 0, unchanged: 12 } });
    expect(desk.corrections).toEqual([]);
    expect(new Set(outcome.warnings.map(({ code }) => code))).toEqual(new Set(['ZG_ITEM_ENDED']));
  });

  it('changes nothing in a rehearsal', async () => {
    const desk = await openItemDesk();
    const outcome = await importBatch(desk, fixture('batch-2021-08-28.xlsx'), { isDryRun: true });
    expect(outcome).toMatchObject({ ok: true, dryRun: true, counts: { items: 12 } });
    expect(desk.handedOver).toEqual([]);
  });
});

describe('the list of documents', () => {
  it('asks for what it leaves open, all at once, and hands nothing over', async () => {
    const desk = await openItemDesk();
    const outcome = await importRequests(desk, fixture('document-requests-03.xlsx'));
    expect(outcome.ok).toBe(false);
    expect(outcome.errors.map(({ code, cell }) => `${code} ${cell}`)).toEqual([
      'ZG_UNIT_AMBIGUOUS C5',
      'ZG_HANDED_OVER_NEEDED D5',
      'ZG_HANDED_OVER_NEEDED D6',
      'ZG_UNIT_AMBIGUOUS C7',
    ]);
    expect(outcome.errors[0]?.message).toContain('--map 办公室');
    expect(outcome.errors[1]?.message).toContain('--handed-over-at');
    expect(desk.handedOver).toEqual([]);
  });

  it('gives a request for each line and unit, each with its clock', async () => {
    const desk = await openItemDesk();
    const options = { map: { 办公室: '局办公室' }, handedOverAt: Date.parse('2021-08-29T08:00:00+08:00') };
    const outcome = await importRequests(desk, fixture('document-requests-03.xlsx'), options);
    expect(outcome).toMatchObject({ ok: true, errors: [], counts: { lines: 5, requests: 6 } });
    expect(outcome.warnings.map(({ code, cell }) => `${code} ${cell}`)).toEqual(['ZG_LIMIT_CLOSE D7']);
    const due = (id: string) => desk.dueAt(desk.drafts.get(id)!);
    const { line1, line3, line4 } = expected.documentRequests.with.dueAt;
    expect(due('iDR3.1')).toBe(line1.slice(0, 16));
    expect(due('iDR3.3')).toBe(line3.slice(0, 16));
    const shared = desk.handedOver.filter(({ number }) => number === '调阅3-4');
    expect(shared.map((draft) => [desk.unitsOf(draft), desk.dueAt(draft)])).toEqual([
      ['历城区', line4.slice(0, 16)],
      ['章丘区', line4.slice(0, 16)],
    ]);
    expect(new Set(desk.drafts.keys()).size).toBe(6);
    expect(desk.drafts.get('iDR3.3')).toMatchObject({ kind: 'documentRequest', remark: '须主要负责人签字并加盖公章' });
  });

  it('refuses other files in its place, and the batch’s', async () => {
    const desk = await openItemDesk();
    for (const name of ['contacts.xlsx', 'roster.xlsx', 'document-requests-03.xlsx'])
      expect((await importBatch(desk, fixture(name))).errors.map(({ code }) => code)).toEqual(['ZG_NOTHING_RECOGNISED']);
    for (const name of ['contacts.xlsx', 'roster.xlsx', 'batch-2021-08-28.xlsx'])
      expect((await importRequests(desk, fixture(name))).errors.map(({ code }) => code)).toEqual(['ZG_NOTHING_RECOGNISED']);
  });
});
