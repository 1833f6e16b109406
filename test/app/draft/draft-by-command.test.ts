import { describe, expect, it } from 'vitest';
import { nodeSecrets } from '../../../adapters/secrets/node-secrets.ts';
import { createMemoryStore } from '../../../adapters/memory/memory-store.ts';
import { draftByCommand } from '../../../src/app/draft/draft-by-command.ts';
import { createRosterHistory } from '../../../src/app/roster/roster-history.ts';
import { listVersions, showVersion } from '../../../src/app/roster/roster-versions.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import { rosterEvents } from '../../../src/app/contact/campaign-events.ts';
import { compareRoster } from '../../../src/domain/ledger/compare-state.ts';
import { replay } from '../../../src/domain/ledger/replay.ts';
import { emptyRoster } from '../../../src/domain/roster/roster.ts';
import { at, idOf, organisation, roster, settings } from '../../support/invented.ts';

const start = async () => {
  const now = at('2021-08-27T10:00');
  const store = createMemoryStore({ bundleWindowMs: 0, now: () => now });
  const events = rosterEvents({ posts: roster.posts, shifts: roster.shifts, replaced: emptyRoster.shifts }, roster.version, now - 1_000);
  await store.commitCampaign({ organisation, roster }, 0, events);
  const deps = { store, clock: { now: () => now }, settings, sha256: nodeSecrets.sha256 };
  const draft = (more: Partial<Parameters<typeof draftByCommand>[1]> = {}) =>
    draftByCommand(deps, { from: '2021-09-01', to: '2021-09-03', unit: '东城区', isPublished: false, ...more });
  const history = createRosterHistory({
    lastSeq: async () => store.rows().length,
    rows: async (after, limit) => store.rows(after).slice(0, limit),
  });
  return { store, draft, history };
};

const easy = { wishes: [], away: [], posts: [], restHours: 0, mostInRow: 99 };

describe('a draft by command', () => {
  it('shows shifts, loads and gaps and changes nothing', async () => {
    const { store, draft } = await start();
    const answer = await draft();
    expect(answer).toMatchObject({ ok: true, published: false, from: '2021-09-01', to: '2021-09-03', errors: [] });
    expect(answer.shifts).toHaveLength(3);
    expect(answer.gaps).toMatchObject([
      { post: '东城区', date: '2021-09-01', role: 'coDuty' },
      { post: '东城区', date: '2021-09-03', role: 'coDuty' },
    ]);
    expect(answer.gaps[0]!.because).toEqual(
      expect.arrayContaining([
        { name: '东主班', obstacle: 'inRow' },
        { name: '次日班', obstacle: 'already' },
      ]),
    );
    expect(answer.loads.map(({ name }) => name)).toEqual(expect.arrayContaining(['东主班', '东副班', '次日班']));
    expect((await store.loadCampaign()).roster).toEqual(roster);
  });

  it('with a gap is not published', async () => {
    const { store, draft } = await start();
    expect(await draft({ isPublished: true })).toMatchObject({ ok: false, published: false, errors: [{ code: 'ZG_DRAFT_GAPS' }] });
    expect(store.rows().filter(({ event }) => event === 'RosterChanged')).toHaveLength(1);
  });

  it('is published whole: the ledger tells the same roster, both versions stay, each person is told once', async () => {
    const { store, draft, history } = await start();
    const answer = await draft({ isPublished: true, rules: easy });
    expect(answer).toMatchObject({ ok: true, published: true, version: 2 });
    const { roster: now } = await store.loadCampaign();
    expect(compareRoster(replay(store.rows()).roster, now)).toEqual([]);
    const naming = { organisation, iso: isoIn(settings.timeZone) };
    expect(listVersions(await history(), naming).versions.map(({ version }) => version)).toEqual([1, 2]);
    const first = showVersion(await history(), 1, naming);
    expect(first).toMatchObject({ ok: true, version: { shifts: roster.shifts.length } });
    const sent = (await store.outbox.take('x', 100, 0)).flatMap(({ notices }) => notices);
    const told = sent.filter(({ template }) => template === 'roster.changed').map(({ to }) => to);
    expect(told.toSorted()).toEqual([...new Set(told)].toSorted());
    expect(told).toContain(idOf('次日班'));
    expect(told).toHaveLength(answer.told!);
  });

  it.each([
    [{ unit: '月球区' }, 'ZG_UNIT_UNKNOWN'],
    [{ from: '2021-09-03', to: '2021-09-01' }, 'ZG_DRAFT_DATES'],
    [{ to: '2022-09-01' }, 'ZG_DRAFT_LONG'],
    [{ from: '2021-08-27', to: '2021-08-30', isPublished: true }, 'ZG_DRAFT_PAST'],
    [{ rules: { ...easy, wishes: [{ person: '无此人', date: '2021-09-02', wants: true }] } }, 'ZG_PERSON_UNKNOWN'],
  ])('of %o is refused', async (more, code) => {
    const { draft } = await start();
    expect(await draft(more)).toMatchObject({ ok: false, errors: [{ code }] });
  });
});
