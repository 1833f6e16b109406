import { describe, expect, it } from 'vitest';
import { createChecklist, type KnownFacts } from '../../../src/app/set-up/read-facts.ts';
import type { ChecklistStep } from '../../../src/domain/setting-up/checklist.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { at, campaignFrom, idOf, organisation, roster } from '../../support/invented.ts';
import { startService, type ServiceOptions } from '../../support/service.ts';
import { known } from '../../support/set-up.ts';

const open = async (options: ServiceOptions = {}, more: Partial<KnownFacts> = {}) => {
  const service = await startService({ at: '2021-08-28T09:59', ...options });
  const { store, world } = service;
  const ledger = {
    rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
    lastSeq: async () => store.rows().at(-1)?.seq ?? 0,
  };
  const read = createChecklist({ world, ledger, known: { ...known, ...more } });
  return {
    ...service,
    line: async (step: ChecklistStep) => (await read()).lines.find((line) => line.step === step)!,
    tell: (event: Pick<LedgerEvent, 'event'> & Partial<LedgerEvent>) => store.append([{ at: world.clock.now(), data: {}, ...event }]),
  };
};

const withPeople = (change: (person: (typeof organisation.people)[number]) => object) => ({
  ...organisation,
  people: organisation.people.map((person) => ({ ...person, ...change(person) })),
});

describe('whoever has no phone', () => {
  const noPhone = (id: string, isDisabled: boolean) => withPeople((person) => (person.id === id ? { mobile: '-', isDisabled } : {}));

  it('is named, but for those who have left', async () => {
    const here = await open({ organisation: noPhone(idOf('西副班'), false) });
    expect(await here.line('contacts')).toMatchObject({ about: 'noPhone', names: ['西副班'], counts: { noPhone: 1 } });
    const gone = await open({ organisation: noPhone(idOf('西副班'), true) });
    expect(await gone.line('contacts')).toMatchObject({ state: 'done', counts: { noPhone: 0 } });
  });
});

describe('a unit without a liaison', () => {
  const ending = (of: string, until: number) => ({
    ...organisation,
    appointments: organisation.appointments.map((one) => (one.role === 'liaison' && one.of === of ? { ...one, to: until } : one)),
  });

  it('is named once the term is over, and the bureau itself needs none', async () => {
    const over = await open({ organisation: ending('u3', at('2021-08-28T08:00')) });
    expect(await over.line('contacts')).toMatchObject({ about: 'noLiaison', names: ['西城区'], counts: { units: 2 } });
    const going = await open({ organisation: ending('u3', at('2021-08-28T18:00')) });
    expect(await going.line('contacts')).toMatchObject({ about: 'all' });
    const ofBureau = await open({ organisation: ending('u1', at('2021-08-28T08:00')) });
    expect(await ofBureau.line('contacts')).toMatchObject({ about: 'all' });
  });
});

describe('gaps of the roster', () => {
  const without = (postId: string, from: number) => ({
    ...roster,
    shifts: roster.shifts.filter((shift) => shift.postId !== postId || shift.from !== from),
  });

  it('are those that are still to come', async () => {
    const past = await open({ roster: without('p2', campaignFrom) });
    expect(await past.line('roster')).toMatchObject({ about: 'all', counts: { gaps: 0 } });
    const ahead = await open({ roster: without('p2', at('2021-09-01T08:30')) });
    expect(await ahead.line('roster')).toMatchObject({ about: 'gaps', names: ['东城区'], counts: { gaps: 1 } });
  });

  it('before the campaign begins are none of its', async () => {
    const early = await open({ at: '2021-08-20T09:00' });
    expect(await early.line('roster')).toMatchObject({ about: 'all', counts: { gaps: 0 } });
  });

  it('are nothing to speak of where no shift is ahead', async () => {
    const over = await open({ roster: { ...roster, shifts: roster.shifts.filter(({ to }) => to < at('2021-08-28T09:00')) } });
    expect(await over.line('roster')).toMatchObject({ state: 'todo', about: 'none', counts: { ahead: 0 } });
  });
});

describe('a channel', () => {
  it('is tested once a test of it went out, and the newest test counts, also one that comes after the list was read', async () => {
    const { line, tell } = await open({}, { channels: () => ['wecom', 'feishu'] });
    expect(await line('channels')).toMatchObject({ about: 'untested', names: ['wecom', 'feishu'] });
    await tell({ event: 'ChannelTested', channel: 'wecom', data: { result: 'sent' } });
    expect(await line('channels')).toMatchObject({ about: 'untested', names: ['feishu'] });
    await tell({ event: 'ChannelTested', channel: 'feishu', data: { result: 'refused' } });
    expect(await line('channels')).toMatchObject({ state: 'todo', about: 'failed', names: ['feishu'] });
    await tell({ event: 'ChannelTested', channel: 'feishu', data: { result: 'sent' } });
    expect(await line('channels')).toMatchObject({ state: 'done' });
    await tell({ event: 'ChannelTested', channel: 'wecom', data: { result: 'refused' } });
    expect(await line('channels')).toMatchObject({ about: 'failed', names: ['wecom'] });
  });
});

describe('accounts', () => {
  it('are asked for only where a platform knows people by them, of those who are in force', async () => {
    const needless = await open({}, { channels: () => ['aliyun-sms'] });
    expect(await needless.line('accounts')).toMatchObject({ state: 'done', about: 'notNeeded' });
    const needed = await open({ organisation: withPeople(({ id }) => (id === idOf('西副班') ? { isDisabled: true } : {})) });
    const { counts } = await needed.line('accounts');
    expect(counts).toMatchObject({ people: organisation.people.length - 1, unbound: organisation.people.length - 1 });
  });
});

describe('what else is found out', () => {
  it('is when something was rehearsed, how old the last backup is, and who of the office can come in', async () => {
    const backupAt = Date.parse('2021-08-28T00:00:00Z');
    const { line, tell } = await open({}, { lastBackupAt: async () => backupAt, realNow: () => backupAt + 30 * 3_600_000 });
    expect(await line('backup')).toMatchObject({ about: 'old', counts: { hours: 30 } });
    expect(await line('rehearsal')).toMatchObject({ state: 'unknown' });
    await tell({ event: 'CampaignRehearsed' });
    expect(await line('rehearsal')).toMatchObject({ state: 'done' });
    expect(await line('signIn')).toMatchObject({ about: 'noWay', counts: { office: 2, reachable: 0 } });
  });
});
