import { describe, expect, it } from 'vitest';
import { handOver } from '../../../src/domain/items/decide-handing-over.ts';
import { evolveItem } from '../../../src/domain/items/evolve-item.ts';
import { shippedKinds, type ItemKind } from '../../../src/domain/items/item-kind.ts';
import type { Item, ItemStatus } from '../../../src/domain/items/item.ts';
import { archiveTopics, draftsForReadiness, readinessItemId, readinessOf } from '../../../src/domain/items/readiness.ts';
import { dailyDrafts, phaseEndDrafts, type Recurring } from '../../../src/domain/items/recurring.ts';
import { phasesEndedBetween, type PhaseSpan } from '../../../src/domain/items/phase.ts';
import { validateDraft } from '../../../src/domain/items/validate-draft.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import type { Organisation, Unit } from '../../../src/domain/organisation/organisation.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import { at, roster } from '../../support/invented.ts';
import { draftOf, handedOverAt, itemContext, itemOrganisation, limit } from '../../support/items.ts';

const kindNamed = (name: string): ItemKind => shippedKinds.find((kind) => kind.name === name)!;

describe('a draft', () => {
  const everything: Pick<ItemKind, 'requiredFields'> = {
    requiredFields: ['text', 'number', 'district', 'pollution', 'limit', 'source'],
  };

  it('may be handed over when its kind’s fields, a unit and the unit’s own limit are there', () => {
    expect(validateDraft(draftOf({ district: '东城区', source: '来电' }), everything)).toEqual([]);
    for (const kind of shippedKinds) expect(validateDraft(draftOf(), kind)).toEqual([]);
  });

  it('names everything that it lacks', () => {
    const bare = draftOf({ text: ' ', number: '', district: '', pollution: [' '], limits: [], unitIds: [], handedOverAt: Number.NaN });
    expect(validateDraft(bare, everything)).toEqual([
      'text',
      'number',
      'district',
      'pollution',
      'limit',
      'source',
      'units',
      'handedOverAt',
    ]);
    expect(validateDraft(bare, kindNamed('assigned'))).toEqual(['text', 'limit', 'units', 'handedOverAt']);
  });

  it('needs a limit of the unit’s own, and instants', () => {
    expect(validateDraft(draftOf({ limits: [limit('team', '2021-09-05T00:00')] }), kindNamed('assigned'))).toEqual(['limit']);
    const never = { ...limit('team', '2021-09-05T00:00'), at: Number.POSITIVE_INFINITY };
    expect(validateDraft(draftOf({ limits: [limit('unit', '2021-09-01T00:00'), never] }), kindNamed('assigned'))).toEqual(['limit']);
  });
});

describe('readiness before arrival', () => {
  const department: Unit = { id: 'u4', name: '质量安全处', aliases: [], kind: 'department' };
  const organisation: Organisation = { ...itemOrganisation, units: [...itemOrganisation.units, department] };
  const directory = buildDirectory(organisation, roster);
  const dueAt = at('2021-08-25T18:00');
  const opening = {
    dueAt,
    handedOverAt,
    known: new Map(),
    words: (need: string, { name }: Unit) => ({ number: need, text: `${name} ${need}` }),
  };
  const drafts = draftsForReadiness(directory, organisation.units, opening);
  const itemsAs = (status: ItemStatus): Map<string, Item> =>
    new Map(drafts.map((draft) => [draft.id, { ...evolveItem(undefined, handOver(draft, itemContext, handedOverAt))!, status }]));

  it('asks districts for six papers, departments for four and the people that nobody has named, the bureau’s own for none, each valid and to the date', () => {
    const count = (unitId: string) => drafts.filter(({ unitIds }) => unitIds[0] === unitId).length;
    expect(['u1', 'u2', 'u3', 'u4'].map(count)).toEqual([0, 6, 6, 6]);
    expect(drafts.filter(({ kind }) => kind === 'unitPeople').map(({ id }) => id)).toEqual(['iR.u4.liaison', 'iR.u4.contact']);
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(drafts.length);
    for (const draft of drafts) {
      expect(validateDraft(draft, kindNamed(draft.kind))).toEqual([]);
      expect(draft.limits[0]!.at).toBe(dueAt);
    }
    expect(drafts.find(({ id }) => id === 'iR.u2.implementationPlan')?.kind).toBe('implementationPlan');
    expect(drafts.find(({ id }) => id === 'iR.u2.organisation')?.kind).toBe('unitOrganisation');
    expect(drafts.filter(({ kind }) => kind === 'archiveList').map(({ id }) => id)).toContain(readinessItemId('u4', archiveTopics[0]));
  });

  it('opens only what is not there, withdrawn or not', () => {
    const known = itemsAs('withdrawn');
    expect(draftsForReadiness(directory, organisation.units, { ...opening, known })).toEqual([]);
    known.delete('iR.u3.problems');
    expect(draftsForReadiness(directory, organisation.units, { ...opening, known }).map(({ id }) => id)).toEqual(['iR.u3.problems']);
  });

  it('counts what is accepted and who is named, and says what is missing', () => {
    const papers = ['organisation', 'implementationPlan', ...archiveTopics];
    expect(readinessOf(directory, new Map(), handedOverAt)).toEqual([
      { unitId: 'u2', done: 2, of: 8, missing: papers },
      { unitId: 'u3', done: 2, of: 8, missing: papers },
      { unitId: 'u4', done: 0, of: 6, missing: [...archiveTopics, 'liaison', 'contact'] },
    ]);
    for (const status of ['submitted', 'interim', 'returned'] as const)
      expect(readinessOf(directory, itemsAs(status), handedOverAt)[0]!.done).toBe(2);
    const items = itemsAs('accepted');
    items.set('iR.u2.decisions', { ...items.get('iR.u2.decisions')!, status: 'withdrawn' });
    items.set('iR.u3.decisions', { ...items.get('iR.u3.decisions')!, status: 'returned' });
    expect(readinessOf(directory, items, handedOverAt)).toEqual([
      { unitId: 'u2', done: 7, of: 7, missing: [] },
      { unitId: 'u3', done: 7, of: 8, missing: ['decisions'] },
      { unitId: 'u4', done: 4, of: 6, missing: ['liaison', 'contact'] },
    ]);
  });

  it('takes two liaisons for none', () => {
    const twice = { role: 'liaison' as const, of: 'u2', personId: 'm7', from: 0 };
    const doubled = buildDirectory({ ...organisation, appointments: [...organisation.appointments, twice] }, roster);
    expect(readinessOf(doubled, itemsAs('closed'), handedOverAt)[0]!.missing).toEqual(['liaison']);
  });
});

describe('what opens by itself', () => {
  const daily: ItemKind = { ...kindNamed('dailyReport'), opens: { type: 'daily', phases: ['onSite'] } };
  const zero: ItemKind = { ...kindNamed('zeroReport'), opens: { type: 'daily', phases: ['during', 'onSite'] } };
  const asked: ItemKind = { ...daily, name: 'ownLimit', limit: { type: 'asked' } };
  const recurring: Recurring = {
    kinds: [daily, zero, asked, kindNamed('assigned'), kindNamed('rectificationPlan'), kindNamed('rectificationReport')],
    timeZone: 'Asia/Shanghai',
    calendar: officialDays,
    words: (kind, ownerId, date) => ({ number: `${date} ${ownerId}`, text: kind.name }),
  };
  const spans: readonly PhaseSpan[] = [
    { phase: 'before', fromAt: at('2021-08-20T00:00'), toAt: at('2021-08-26T00:00') },
    { phase: 'during', fromAt: at('2021-08-26T00:00'), toAt: at('2021-09-26T00:00') },
    { phase: 'onSite', fromAt: at('2021-08-29T10:00'), toAt: at('2021-08-31T15:00'), unitId: 'u2' },
  ];
  const idsOn = (text: string): readonly string[] => dailyDrafts(itemOrganisation.units, spans, at(text), recurring).map(({ id }) => id);

  it('is a report of each district unit for each day of its phase, the same however often it is asked', () => {
    expect(idsOn('2021-08-25T12:00')).toEqual([]);
    expect(idsOn('2021-08-28T00:00')).toEqual(['izeroReport20210828.u2', 'izeroReport20210828.u3']);
    expect(idsOn('2021-08-28T23:59')).toEqual(idsOn('2021-08-28T00:00'));
    expect(idsOn('2021-08-29T00:00')).toEqual(['idailyReport20210829.u2', 'izeroReport20210829.u2', 'izeroReport20210829.u3']);
    // still there until it falls due at three
    expect(idsOn('2021-08-31T08:00')[0]).toBe('idailyReport20210831.u2');
    expect(idsOn('2021-09-01T08:00')).toEqual(['izeroReport20210901.u2', 'izeroReport20210901.u3']);
    expect(idsOn('2021-09-26T08:00')).toEqual([]);
  });

  it('is due at its minute, needs no receipt, and is valid', () => {
    const [first] = dailyDrafts(itemOrganisation.units, spans, at('2021-08-28T12:00'), recurring);
    expect(first!.limits).toEqual([
      { level: 'unit', at: at('2021-08-28T15:00'), countedFromAt: at('2021-08-28T00:00'), rule: { type: 'daily', minute: 900 } },
    ]);
    expect(validateDraft(first!, zero)).toEqual([]);
    const item = evolveItem(undefined, handOver(first!, { ...itemContext, kindOf: () => zero }, at('2021-08-28T08:00')))!;
    expect(item).toMatchObject({ status: 'received', parts: [{ unitId: 'u2', receivedAt: at('2021-08-28T08:00') }] });
  });

  it('is the plan and the report of the office when the inspection is over, once, wherever its end is moved', () => {
    const ended = phasesEndedBetween(spans, at('2021-09-25T12:00'), at('2021-09-26T00:00'));
    const drafts = phaseEndDrafts(ended, 'g1', recurring);
    expect(drafts.map(({ id, unitIds, limits }) => [id, unitIds, limits[0]!.at])).toEqual([
      ['irectificationPlan20210826.g1', ['g1'], at('2021-10-27T00:00')],
      ['irectificationReport20210826.g1', ['g1'], at('2022-03-26T00:00')],
    ]);
    const moved = ended.map((span) => ({ ...span, endAt: at('2021-09-30T00:00') }));
    expect(phaseEndDrafts(moved, 'g1', recurring).map(({ id }) => id)).toEqual(drafts.map(({ id }) => id));
    expect(phaseEndDrafts(phasesEndedBetween(spans, at('2021-08-25T00:00'), at('2021-08-31T15:00')), 'g1', recurring)).toEqual([]);
  });
});
