import { describe, expect, it } from 'vitest';
import { strippedOf } from '../../../src/app/ledger/forget-state.ts';
import { hashOfWords, keepCampaign, takeInFile } from '../../../src/app/set-up/campaign-of-record.ts';
import { campaignRecordId } from '../../../src/app/set-up/take-in-campaign.ts';
import { evolveCampaignRecord } from '../../../src/domain/campaign-record/campaign-record.ts';
import { replayLedger } from '../../../src/app/ledger/replay-ledger.ts';
import { refreshWorld, type World } from '../../../src/app/world.ts';
import { readCampaign } from '../../../src/config/campaign.ts';
import type { CampaignWords } from '../../../src/domain/campaign-record/campaign-record.ts';
import { idOf } from '../../support/invented.ts';
import { startService } from '../../support/service.ts';
import { desksOf, fileWords } from '../../support/set-up.ts';
import { changesOf } from '../../support/changes-of.ts';

const read = (words: CampaignWords) => readCampaign(words).settings;
const office = idOf('冯主任');

/** A service whose file is the invented one, and another instance beside it. */
const open = async () => {
  const service = await startService();
  const instance = (): World => ({ ...service.world, settings: { ...read(fileWords) }, readCampaign: read });
  const [world, other] = [instance(), instance()];
  const { campaign } = desksOf({ world, files: service.files });
  return { ...service, world, other, desk: campaign };
};

const applied = async (desk: Awaited<ReturnType<typeof open>>['desk'], change: CampaignWords, by?: string) => {
  const { shown } = await desk.view();
  const draft = { ...shown, ...change };
  const { hash, version, faults } = await desk.preview({ draft });
  expect(faults).toEqual([]);
  return desk.apply({ draft, hash, version }, by);
};

describe('a change of the campaign', () => {
  it('is shown before it counts, and changes nothing by being shown', async () => {
    const { desk, store, world } = await open();
    const rows = store.rows().length;
    const { shown, version, source } = await desk.view();
    expect([version, source, shown['minimumHeadcount'], shown['quietHours']]).toEqual([0, 'file', 1, { from: '22:00', to: '07:00' }]);
    const preview = await desk.preview({ draft: { ...shown, quietHours: { from: '21:00', to: '07:00' } } });
    expect(preview).toMatchObject({ version: 0, faults: [], changes: [{ member: 'quietHours.from', before: '22:00', after: '21:00' }] });
    expect([store.rows().length, world.settings.quietHours.fromMinute]).toEqual([rows, 22 * 60]);
  });

  it('counts for every instance, with who, when and what in the ledger, from which it is rebuilt', async () => {
    const { desk, store, world, other } = await open();
    const held = other.settings;
    const view = await applied(desk, { name: 'Flood', quietHours: { from: '21:00', to: '07:00' } }, office);
    expect(view).toMatchObject({ version: 1, source: 'page', changedBy: '冯主任' });
    await refreshWorld(other);
    for (const { settings } of [world, other]) expect([settings.name, settings.quietHours.fromMinute]).toEqual(['Flood', 21 * 60]);
    // whoever was handed the settings at the start has those that count now
    expect(held.name).toBe('Flood');
    const row = store.rows().at(-1);
    expect(row).toMatchObject({ event: 'CampaignChanged', actor: office, channel: 'page', data: { version: 1, source: 'page' } });
    expect(changesOf(row)).toEqual([
      ['name', 'Campaign', 'Flood'],
      ['quietHours', null, { from: '21:00', to: '07:00' }],
    ]);
    const ledger = {
      rows: async (after: number, limit: number) => store.rows(after).slice(0, limit),
      lastSeq: async () => store.rows().length,
    };
    const { differences, compared } = await replayLedger({ store, reader: ledger, sha256: world.secrets.sha256 });
    expect([differences.filter(({ aggregate }) => aggregate === 'campaign'), compared.campaign]).toEqual([[], 1]);
  });

  it('makes whatever was being decided by the old rules be decided again', async () => {
    const { desk, store, other } = await open();
    await refreshWorld(other);
    const { campaignVersion } = other;
    await applied(desk, { name: 'Flood' });
    const [result] = await store.commit([{ writes: [], events: [], notices: [] }], campaignVersion);
    expect(result).toBe('stale');
    await refreshWorld(other);
    expect(await store.commit([{ writes: [], events: [], notices: [] }], other.campaignVersion)).toEqual(['committed']);
  });

  it('is refused to the second of two offices, who sees what has become of it', async () => {
    const { desk } = await open();
    const { shown } = await desk.view();
    const mine = { draft: { ...shown, name: 'Mine' } };
    const { hash, version } = await desk.preview(mine);
    await applied(desk, { name: 'Theirs' });
    await expect(desk.apply({ ...mine, hash, version }, office)).rejects.toMatchObject({ code: 'ZG_MOVED_ON' });
    expect((await desk.view()).shown['name']).toBe('Theirs');
  });

  it('is exactly what was shown', async () => {
    const { desk } = await open();
    const { shown } = await desk.view();
    const { hash, version } = await desk.preview({ draft: { ...shown, name: 'Shown' } });
    await expect(desk.apply({ draft: { ...shown, name: 'Another' }, hash, version }, office)).rejects.toMatchObject({
      code: 'ZG_MOVED_ON',
    });
  });

  it('has each fault at its member, and is not applied with any', async () => {
    const { desk, store } = await open();
    const { shown } = await desk.view();
    const draft = { ...shown, quietHours: { from: '25:00', to: '07:00' }, minimumHeadcount: 0, timeZone: 'Europe/Berlin' };
    const { faults, hash } = await desk.preview({ draft });
    expect(faults.map(({ name }) => name).toSorted()).toEqual(['minimumHeadcount', 'quietHours.from', 'timeZone']);
    expect(hash).toBe('');
    const rows = store.rows().length;
    await expect(desk.apply({ draft, hash, version: 0 }, office)).rejects.toMatchObject({ code: 'ZG_BAD_CAMPAIGN' });
    expect(store.rows().length).toBe(rows);
  });

  it('has those of reports and appeals at their members, and makes them count', async () => {
    const { desk, world } = await open();
    const { shown } = await desk.view();
    const reports = { ...(shown['reports'] as CampaignWords), daily: '5 pm', weekly: { day: 'friday', at: '' }, within: 'PT0S' };
    const { faults } = await desk.preview({ draft: { ...shown, reports, appeals: { within: '' } } });
    expect(faults.map(({ name }) => name).toSorted()).toEqual(['appeals.within', 'reports.daily', 'reports.weekly.at', 'reports.within']);
    await applied(desk, { reports: { ...reports, daily: null, weekly: { day: 'monday', at: '09:00' }, within: 'PT2H' } }, office);
    expect(world.settings.reports).toEqual({ weekly: { weekday: 1, minute: 540 }, hasCampaign: true, withinMs: 7_200_000 });
    await applied(desk, { appeals: { within: 'PT12H' } }, office);
    expect(world.settings.appealWithinMs).toBe(12 * 3_600_000);
  });

  it('may be a whole file, which brings neither another bureau nor other workbooks', async () => {
    const { desk, world } = await open();
    const { name: _, contacts = '', roster = '', ...rest } = fileWords;
    const whole: CampaignWords = { ...rest, name: 'From a file', digestAt: ['08:00'] };
    expect((await desk.preview({ whole: { ...whole, bureau: 'elsewhere' } })).faults.map(({ name }) => name)).toEqual(['bureau']);
    const { hash, version } = await desk.preview({ whole });
    await desk.apply({ whole, hash, version }, office);
    expect([world.settings.name, world.settings.digestMinutes]).toEqual(['From a file', [480]]);
    const taken = await desk.take(office);
    expect(taken).toEqual({ ...whole, contacts, roster });
  });
});

describe('the file beside the page', () => {
  const startedWith = async (world: World, words: CampaignWords) => {
    const next: World = { ...world, settings: { ...read(words) }, campaignVersion: -1 };
    const members = await takeInFile(next, { words, hash: hashOfWords(world, words) });
    await refreshWorld(next);
    return { members, name: next.settings.name, world: next };
  };

  it('counts alone while the page has changed nothing', async () => {
    const { world } = await open();
    expect(await startedWith(world, { ...fileWords, name: 'Edited' })).toMatchObject({ members: undefined, name: 'Edited' });
  });

  it('stays behind the page while it is the file that the change was made from, over restarts', async () => {
    const { desk, world } = await open();
    await applied(desk, { name: 'From the page' });
    for (let starts = 0; starts < 2; starts += 1)
      expect(await startedWith(world, fileWords)).toMatchObject({ members: undefined, name: 'From the page' });
  });

  it('stays behind the page also once the numbers of people in both are forgotten, and the sealed row tells none by its hash', async () => {
    const { world, store } = await open();
    const words: CampaignWords = { ...fileWords, auditors: ['138-0000-0004'] };
    const file = { words, hash: hashOfWords(world, words) };
    const { auditors: _, ...bare } = words;
    const changed = { ...words, name: 'From the page' };
    const changedBare = { ...bare, name: 'From the page' };
    expect(await keepCampaign(world, undefined, { words: changed, before: words, source: 'page', file })).toBe('committed');
    const row = store.rows().at(-1)!;
    expect(row.data).toMatchObject({ hash: hashOfWords(world, changedBare), fileHash: hashOfWords(world, bare) });
    expect(JSON.stringify(row.data)).not.toContain(hashOfWords(world, changed));
    const [stored] = await store.load([campaignRecordId]);
    const { personal: __, ...left } = row;
    const told = { items: new Map(), campaign: evolveCampaignRecord(undefined, left) };
    expect(evolveCampaignRecord(undefined, row)).toEqual((stored!.aggregate as { readonly state: unknown }).state);
    expect(strippedOf(stored!, told, new Set(['people']))).toBe(stored!.aggregate);
    const aggregate = strippedOf(stored!, told, new Set());
    expect(aggregate).toEqual({ type: 'campaign', state: { ...told.campaign, words: changedBare } });
    const write = { id: campaignRecordId, expected: stored!.version, aggregate, dueAt: null };
    await store.commit([{ writes: [write], events: [], notices: [] }], await store.campaignVersion());
    expect(await startedWith(world, words)).toMatchObject({ members: undefined, name: 'From the page' });
  });

  it('takes the place of what the page had once it is edited, for every instance, and says so in the ledger', async () => {
    const { desk, world, other, store } = await open();
    await applied(desk, { name: 'From the page', digestAt: ['09:00'] });
    const edited = { ...fileWords, minimumHeadcount: 2 };
    const started = await startedWith(world, edited);
    expect(started.members?.toSorted()).toEqual(['digestAt', 'minimumHeadcount', 'name']);
    await refreshWorld(other);
    for (const { settings } of [started.world, other])
      expect([settings.name, settings.minimumHeadcount, settings.digestMinutes]).toEqual(['Campaign', 2, [420, 1080]]);
    expect(store.rows().at(-1)).toMatchObject({ event: 'CampaignChanged', data: { version: 2, source: 'file' } });
    expect(await startedWith(world, edited)).toMatchObject({ members: undefined });
  });
});

it('moves the rounds of everybody without a restart', async () => {
  const service = await startService({ at: '2021-08-27T08:00' });
  const words = {
    ...fileWords,
    checks: { posts: { bands: [{ name: 'all', from: '00:00', to: '24:00', fixed: ['10:00'], random: 0, silenceLimit: 'PT100H' }] } },
  };
  Object.assign(service.world, { readCampaign: read });
  Object.assign(service.world.settings, read(words));
  const { campaign } = desksOf(service, words);
  const roundsAt = (): readonly string[] =>
    service.store
      .rows()
      .flatMap(({ event, data, at }) =>
        event === 'RoundOpened' && data['target'] === 'posts' ? [new Date(at).toISOString().slice(11, 16)] : [],
      );
  const { shown } = await campaign.view();
  const checks = shown['checks'] as { readonly posts: { readonly bands: readonly [CampaignWords] } };
  const posts = { ...checks.posts, bands: [{ ...checks.posts.bands[0], fixed: ['11:00'] }] };
  await applied(campaign, { checks: { ...checks, posts } });
  await service.passTo(Date.parse('2021-08-27T11:30:00+08:00'));
  expect(roundsAt()).toEqual(['03:00']);
});
