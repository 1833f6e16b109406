import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyOrganisation } from '../../src/domain/organisation/organisation.ts';
import { emptyRoster } from '../../src/domain/roster/roster.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Inbox } from '../../src/ports/inbox.ts';
import type { Outbox, OutboxEntry } from '../../src/ports/outbox.ts';
import type { DutyRequest } from '../../src/domain/shift-change/duty-request.ts';
import type { Store, Stored, Transition } from '../../src/ports/store.ts';
import { describeMovedHandovers } from './moved-handovers-contract.ts';
import {
  friday10 as now,
  sampleEvent,
  sampleLetter,
  sampleItem,
  sampleNotice,
  sampleObligation,
  transition,
  writeWatch,
} from '../support/samples.ts';

export type StoreUnderTest = {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly rows: () => Promise<readonly LedgerRow[]>;
  readonly close: () => Promise<void>;
};

/** How long notices are held in this suite, and the clock of the store: it stands. */
export const contractOptions = { bundleWindowMs: 20_000, now: () => now };

/** What every store promises, the real one and its twin alike. */
export const describeStore = (name: string, open: () => Promise<StoreUnderTest>): void => {
  describe(`${name} keeps what a store promises`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.close());

    const commit = (...transitions: readonly Transition[]) => store.commit(transitions, 0);
    const versionOf = async (id: string) => (await store.load([id]))[0]?.version;
    const labels = async () => (await under.rows()).map((row) => row.data['label']);
    const drain = async (): Promise<readonly OutboxEntry[]> => {
      // The first look makes the group where there is none yet.
      const first = await under.outbox.take('contract', 100, 1);
      return [...first, ...(await under.outbox.take('contract', 100, 1))];
    };
    const scanAll = async (type: 'watch' | 'obligation' | 'item' | 'handover' | 'request') => {
      const seen: Stored[] = [];
      for (let cursor: string | null = '0'; cursor !== null;) {
        const page = await store.scan(type, cursor);
        seen.push(...page.items);
        cursor = page.cursor;
      }
      return seen;
    };
    const takeMessage = async (id: string): Promise<string> => {
      await under.inbox.put(sampleLetter(id));
      const [entry] = await under.inbox.take('contract', 1, 1);
      return entry!.entryId;
    };

    it('answers, and keeps what was committed, in the order asked, and nothing for what is not there', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
      await commit(transition([writeWatch('p1', 0, null), writeWatch('p2', 0, null)]));
      const found = await store.load(['wp2', 'wp9', 'wp1']);
      expect(found.map((one) => one?.id)).toEqual(['wp2', undefined, 'wp1']);
      expect(found[0]).toEqual({ id: 'wp2', version: 1, aggregate: writeWatch('p2', 0, null).aggregate });
    });

    it('counts versions up by one, and refuses whoever read an older one', async () => {
      expect(await commit(transition([writeWatch('p1', 0, null)]))).toEqual(['committed']);
      expect(await commit(transition([writeWatch('p1', 1, null, { cause: 'random' })]))).toEqual(['committed']);
      expect(await commit(transition([writeWatch('p1', 1, null)]), transition([writeWatch('p1', 0, null)]))).toEqual([
        'conflict',
        'conflict',
      ]);
      expect(await versionOf('wp1')).toBe(2);
      expect((await store.load(['wp1']))[0]?.aggregate).toMatchObject({ state: { cause: 'random' } });
    });

    it('writes a transition whole or not at all', async () => {
      await commit(transition([writeWatch('p1', 0, null)]));
      const half = transition([writeWatch('p2', 0, now), writeWatch('p1', 7, now)], {
        events: [sampleEvent('half')],
        notices: [sampleNotice('m1')],
      });
      expect(await commit(half, transition([writeWatch('p3', 0, null)], { events: [sampleEvent('whole')] }))).toEqual([
        'conflict',
        'committed',
      ]);
      expect(await versionOf('wp2')).toBeUndefined();
      expect(await labels()).toEqual(['whole']);
      expect(await drain()).toEqual([]);
      expect((await store.takeDue(now, 10, 1000)).due).toEqual([]);
    });

    it('lets the first of two transitions about one thing win, even within one call', async () => {
      const twice = transition([writeWatch('p1', 0, null)], { events: [sampleEvent('one')] });
      expect(await commit(twice, twice)).toEqual(['committed', 'conflict']);
      expect(await labels()).toEqual(['one']);
    });

    it('changes nothing when the same commit is sent again', async () => {
      const again = transition([writeWatch('p1', 0, now)], { events: [sampleEvent('one')], notices: [sampleNotice('m1')] });
      await commit(again);
      expect(await commit(again)).toEqual(['conflict']);
      expect(await versionOf('wp1')).toBe(1);
      expect(await labels()).toEqual(['one']);
      expect((await drain()).flatMap((entry) => entry.notices)).toHaveLength(1);
    });

    it('settles an inbox entry once: the second time nothing of the transition is written', async () => {
      const entryId = await takeMessage('first');
      const first = transition([writeWatch('p1', 0, null)], { settles: entryId, events: [sampleEvent('one')] });
      const second = transition([writeWatch('p2', 0, null)], {
        settles: entryId,
        events: [sampleEvent('two')],
        notices: [sampleNotice('m1')],
      });
      expect(await commit(first)).toEqual(['committed']);
      expect(await commit(second)).toEqual(['settled']);
      expect(await labels()).toEqual(['one']);
      expect(await versionOf('wp2')).toBeUndefined();
      expect(await drain()).toEqual([]);
    });

    it('leaves the inbox entry where it is when the commit lost a race', async () => {
      await commit(transition([writeWatch('p1', 0, null)]));
      const entryId = await takeMessage('first');
      expect(await commit(transition([writeWatch('p1', 0, null)], { settles: entryId }))).toEqual(['conflict']);
      expect(await commit(transition([writeWatch('p1', 1, null)], { settles: entryId }))).toEqual(['committed']);
    });

    it('refuses what was decided on an older campaign, and settles nothing of it', async () => {
      const entryId = await takeMessage('first');
      expect(await store.commitCampaign({ organisation: emptyOrganisation, roster: emptyRoster }, 0, [])).toBe('committed');
      const stale = transition([writeWatch('p1', 0, now)], { settles: entryId, events: [sampleEvent('stale')] });
      expect(await store.commit([stale], 0)).toEqual(['stale']);
      expect(await versionOf('wp1')).toBeUndefined();
      // What began before the change says so itself, whatever the caller knows by now.
      expect(await store.commit([{ ...stale, basedOn: 0 }], 1)).toEqual(['stale']);
      expect(await store.commit([stale], 1)).toEqual(['committed']);
    });

    it('lets one of two that change the campaign at once win, with its events, and the other start again', async () => {
      expect(await store.loadCampaign()).toEqual({ organisation: emptyOrganisation, roster: emptyRoster, version: 0 });
      const other = { ...emptyOrganisation, version: 1, people: [{ id: 'm1', name: '赵明', mobile: '13800000001' }] };
      const results = await Promise.all([
        store.commitCampaign({ organisation: other, roster: emptyRoster }, 0, [sampleEvent('a', { event: 'OrganisationChanged' })]),
        store.commitCampaign({ organisation: emptyOrganisation, roster: emptyRoster }, 0, [
          sampleEvent('b', { event: 'OrganisationChanged' }),
        ]),
      ]);
      expect(results.toSorted()).toEqual(['committed', 'conflict']);
      expect(await store.campaignVersion()).toBe(1);
      expect(await labels()).toHaveLength(1);
    });

    it('changes the campaign together with what was decided about it, or neither', async () => {
      const campaign = { organisation: emptyOrganisation, roster: { ...emptyRoster, version: 7 } };
      const change = transition([writeWatch('p1', 0, now)], { campaign, basedOn: 0, events: [sampleEvent('changed')] });
      const refused = transition([writeWatch('p1', 5, now)], { campaign, basedOn: 0, events: [sampleEvent('refused')] });
      expect(await commit(refused)).toEqual(['conflict']);
      expect(await store.campaignVersion()).toBe(0);
      const other = transition([writeWatch('p2', 0, now)], { events: [sampleEvent('beside')], basedOn: 0 });
      expect((await Promise.all([commit(change), commit(change)])).flat().toSorted()).toEqual(['committed', 'stale']);
      expect(await commit(other)).toEqual(['stale']);
      expect(await store.loadCampaign()).toEqual({ ...campaign, version: 1 });
      expect(await versionOf('wp1')).toBe(1);
      expect(await labels()).toEqual(['changed']);
    });

    it('gives back a campaign as it was put in, names and all', async () => {
      const organisation = { ...emptyOrganisation, version: 3, people: [{ id: 'm1', name: '赵明', mobile: '13800000001' }] };
      await store.commitCampaign({ organisation, roster: emptyRoster }, 0, []);
      expect(await store.loadCampaign()).toEqual({ organisation, roster: emptyRoster, version: 1 });
    });

    it('gives what is due, earliest first, up to the limit, and says when the next is', async () => {
      const writes = [
        writeWatch('p1', 0, now - 10),
        writeWatch('p2', 0, now - 30),
        writeWatch('p3', 0, now),
        writeWatch('p4', 0, now + 1),
        writeWatch('p5', 0, null),
      ];
      await commit(transition(writes));
      const first = await store.takeDue(now, 2, 60_000);
      expect(first.due.map(({ id, dueAt }) => [id, dueAt])).toEqual([
        ['wp2', now - 30],
        ['wp1', now - 10],
      ]);
      expect(first.nextAt).toBe(now);
      const second = await store.takeDue(now, 2, 60_000);
      expect(second.due.map((one) => one.id)).toEqual(['wp3']);
      expect(second.nextAt).toBe(now + 1);
      expect(second.due[0]).toMatchObject({ version: 1, aggregate: { type: 'watch', state: { subject: 'p3' } } });
    });

    it('lends what is due to one taker; it comes back by itself when the lease is over', async () => {
      await commit(transition([writeWatch('p1', 0, now)]));
      expect((await store.takeDue(now, 10, 5_000)).due).toHaveLength(1);
      expect((await store.takeDue(now + 4_999, 10, 5_000)).due).toHaveLength(0);
      expect((await store.takeDue(now + 5_000, 10, 5_000)).due.map((one) => one.id)).toEqual(['wp1']);
    });

    it('never lends one thing to two who take at once', async () => {
      const subjects = Array.from({ length: 60 }, (_, index) => `p${index + 1}`);
      await commit(...subjects.map((subject) => transition([writeWatch(subject, 0, now)])));
      const taken = await Promise.all(Array.from({ length: 6 }, () => store.takeDue(now, 15, 60_000)));
      const ids = taken.flatMap(({ due }) => due.map((one) => one.id));
      expect(ids).toHaveLength(60);
      expect(new Set(ids).size).toBe(60);
    });

    it('takes a commit as the new due time, whatever was lent', async () => {
      await commit(transition([writeWatch('p1', 0, now)]));
      await store.takeDue(now, 10, 60_000);
      await commit(transition([writeWatch('p1', 1, now + 10)]));
      expect((await store.takeDue(now + 10, 10, 60_000)).due).toHaveLength(1);
      await commit(transition([writeWatch('p1', 2, null)]));
      expect(await store.takeDue(now + 100_000, 10, 60_000)).toEqual({ due: [], nextAt: null });
    });

    it('forgets what is removed: state and due time, and an older version never comes back', async () => {
      await commit(transition([writeWatch('p1', 0, now)]));
      expect(await commit(transition([{ id: 'wp1', expected: 1, aggregate: null, dueAt: null }]))).toEqual(['committed']);
      expect(await store.load(['wp1'])).toEqual([undefined]);
      expect((await store.takeDue(now, 10, 1)).due).toEqual([]);
      expect(await commit(transition([writeWatch('p1', 1, now)]))).toEqual(['conflict']);
      expect(await commit(transition([writeWatch('p1', 0, now)]))).toEqual(['committed']);
    });

    it('numbers the ledger from 1 without gaps, commits and receipts alike', async () => {
      await commit(transition([writeWatch('p1', 0, null)], { events: [sampleEvent('a'), sampleEvent('b')] }));
      await store.append([sampleEvent('c'), sampleEvent('d')]);
      await commit(
        transition([writeWatch('p1', 0, null)], { events: [sampleEvent('lost')] }),
        transition([writeWatch('p2', 0, null)], { events: [sampleEvent('e')] }),
      );
      await store.commitCampaign({ organisation: emptyOrganisation, roster: emptyRoster }, 0, [sampleEvent('f')]);
      expect((await under.rows()).map((row) => [row.seq, row.data['label']])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
        [5, 'e'],
        [6, 'f'],
      ]);
    });

    it('says what a new roster changes for whom together with it, or neither', async () => {
      const campaign = { organisation: emptyOrganisation, roster: emptyRoster };
      const told = { to: 'm1', via: 'card', template: 'roster.changed', params: { lines: ['x'], count: 1 } } as const;
      expect(await store.commitCampaign(campaign, 7, [sampleEvent('lost')], [told])).toBe('conflict');
      expect(await under.outbox.take('contract', 10, 1)).toEqual([]);
      expect(await store.commitCampaign(campaign, 0, [sampleEvent('kept')], [told])).toBe('committed');
      expect((await under.outbox.take('contract', 10, 1)).flatMap(({ notices }) => notices)).toEqual([told]);
    });

    it('puts what is to be said into the outbox in the order decided', async () => {
      await commit(transition([writeWatch('p1', 0, null)], { notices: [sampleNotice('m1'), sampleNotice('m2')] }));
      await commit(transition([writeWatch('p2', 0, null)], { notices: [sampleNotice('m3')] }));
      const entries = await drain();
      expect(entries.flatMap((entry) => entry.notices.map((notice) => notice.to))).toEqual(['m1', 'm2', 'm3']);
      await under.outbox.done(entries.map((entry) => entry.entryId));
      expect(await under.outbox.take('contract', 10, 1)).toEqual([]);
    });

    it('holds what may be bundled, and sends all of one recipient together a window after the first', async () => {
      const held = (to: string, stepNo: number) => sampleNotice(to, { isBundled: true, stepNo });
      await commit(transition([writeWatch('p1', 0, null)], { notices: [held('m1', 1), sampleNotice('m1')] }));
      await commit(transition([writeWatch('p2', 0, null)], { notices: [held('m1', 2), held('g:office', 3)] }));
      expect((await drain()).flatMap((entry) => entry.notices)).toEqual([sampleNotice('m1')]);
      expect((await store.takeDue(now + 19_999, 10, 1000)).due).toEqual([]);
      expect(await under.outbox.take('contract', 10, 1)).toEqual([]);
      expect((await store.takeDue(now + 20_000, 10, 1000)).due).toEqual([]);
      const entries = await under.outbox.take('contract', 10, 1);
      expect(entries.map(({ bundledFor, notices }) => [bundledFor, notices.map((notice) => notice.stepNo)])).toEqual([
        ['g:office', [3]],
        ['m1', [1, 2]],
      ]);
      expect(await store.takeDue(now + 40_000, 10, 1000)).toEqual({ due: [], nextAt: null });
    });

    it('commits 300 transitions at once, each by itself', async () => {
      await commit(transition([writeWatch('p7', 0, null)]));
      const all = Array.from({ length: 300 }, (_, index) =>
        transition([writeWatch(`p${index}`, 0, now + index)], { events: [sampleEvent(String(index))] }),
      );
      const results = await commit(...all);
      expect(results.filter((result) => result === 'committed')).toHaveLength(299);
      expect(results[7]).toBe('conflict');
      expect(new Set(await labels()).size).toBe(299);
      expect((await under.rows()).map((row) => row.seq)).toEqual(Array.from({ length: 299 }, (_, index) => index + 1));
    });

    it('shows every obligation and watch once in its pages, and each kind apart', async () => {
      const o = sampleObligation({ subject: 'p3' });
      const watches = Array.from({ length: 1_500 }, (_, index) => transition([writeWatch(`p${index}`, 0, null)]));
      await commit(transition([{ id: o.id, expected: 0, aggregate: { type: 'obligation', state: o }, dueAt: null }]), ...watches);
      expect(new Set((await scanAll('watch')).map((one) => one.id)).size).toBe(1_500);
      expect((await scanAll('obligation')).map((one) => one.aggregate.state)).toEqual([o]);
    });

    it('keeps items, whatever their id is made of, apart from everything else', async () => {
      const items = ['iD2SD202108270001', 'iDR3.4.u7', 'idailyReport2021-08-27.u2'].map((id) => sampleItem({ id }));
      await commit(
        transition([writeWatch('p1', 0, null)]),
        ...items.map((state) => transition([{ id: state.id, expected: 0, aggregate: { type: 'item', state }, dueAt: null }])),
      );
      expect((await store.load([items[1]!.id]))[0]).toEqual({ id: items[1]!.id, version: 1, aggregate: { type: 'item', state: items[1] } });
      expect((await scanAll('item')).map((one) => one.id).toSorted()).toEqual(items.map((item) => item.id).toSorted());
      expect((await scanAll('watch')).map((one) => one.id)).toEqual(['wp1']);
    });

    it('keeps requests apart from the list of those that are open', async () => {
      const request: DutyRequest = {
        id: 'qm7.a',
        kind: 'cover',
        askedBy: 'm7',
        askedAt: now,
        holderId: 'm7',
        substituteId: 'm19',
        namedAt: now,
        gives: [{ postId: 'p2', from: now, to: now + 1, role: 'onDuty' }],
        takes: [],
        consent: { rule: 'leader', of: 'u2' },
        status: 'asked',
        statusAt: now,
      };
      const list = { open: [request.id], ended: [] };
      await commit(
        transition([
          { id: 'q', expected: 0, aggregate: { type: 'requests', state: list }, dueAt: null },
          { id: request.id, expected: 0, aggregate: { type: 'request', state: request }, dueAt: now + 1 },
        ]),
      );
      expect((await store.load(['q']))[0]!.aggregate).toEqual({ type: 'requests', state: list });
      expect((await scanAll('request')).map(({ aggregate }) => aggregate)).toEqual([{ type: 'request', state: request }]);
    });

    it('keeps handovers that are over apart from the book of those that wait', async () => {
      const book = { seenAt: now, stands: { p1: [{ role: 'onDuty', personId: 'm1' }] }, pending: {} } as const;
      const waiting = { id: 'hp1.a', postId: 'p1', at: now, openedAt: now, outgoing: book.stands.p1, incoming: [], endsAt: now + 1 };
      const handover = {
        ...waiting,
        open: [],
        due: [],
        notes: [{ at: now, by: 'm1', text: '西门' }],
        delays: [],
        acceptedAt: now,
        acceptedBy: 'm2',
      };
      await commit(
        transition([
          { id: 'h', expected: 0, aggregate: { type: 'handovers', state: book }, dueAt: null },
          { id: handover.id, expected: 0, aggregate: { type: 'handover', state: handover }, dueAt: null },
        ]),
      );
      expect((await store.load(['h']))[0]!.aggregate).toEqual({ type: 'handovers', state: book });
      expect((await scanAll('handover')).map(({ aggregate }) => aggregate)).toEqual([{ type: 'handover', state: handover }]);
    });

    describeMovedHandovers(() => store);

    it('refuses what was decided on something that has moved on meanwhile, though it is not written', async () => {
      await commit(transition([writeWatch('p1', 0, null)]), transition([writeWatch('p2', 0, null)]));
      const onFirst = (version: number) => ({ ...transition([writeWatch('p3', 0, null)]), reads: [{ id: 'wp1', version }] });
      expect(await commit(onFirst(0), { ...transition([writeWatch('p4', 0, null)]), reads: [{ id: 'wp9', version: 0 }] })).toEqual([
        'stale',
        'committed',
      ]);
      expect(await versionOf('wp3')).toBeUndefined();
      // Within one call too: what the first writes the second has not seen.
      expect(await commit(transition([writeWatch('p1', 1, null)]), onFirst(1), onFirst(2))).toEqual(['committed', 'stale', 'committed']);
      expect(await versionOf('wp3')).toBe(1);
    });

    it('keeps long texts, quotes, line breaks and pictures as they are', async () => {
      const text = `"引号"\n\\ 😀 ${'长'.repeat(20_000)} \u0000 {}[],`;
      const notice = sampleNotice('m1', { params: { lines: [text] } });
      await commit(transition([writeWatch('p1', 0, null)], { events: [sampleEvent('big', { personal: { text } })], notices: [notice] }));
      expect((await under.rows())[0]?.personal).toEqual({ text });
      expect((await drain())[0]?.notices).toEqual([notice]);
    });

    it('is not changed by what a caller does afterwards to what it gave or got', async () => {
      const told = ['m1'];
      const o = sampleObligation({ told });
      await commit(transition([{ id: o.id, expected: 0, aggregate: { type: 'obligation', state: o }, dueAt: null }]));
      told.push('m2');
      expect((await store.load([o.id]))[0]?.aggregate).toMatchObject({ state: { told: ['m1'] } });
    });
  });
};
