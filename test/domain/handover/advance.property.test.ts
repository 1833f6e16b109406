import { describe, expect, it } from 'vitest';
import type { KeptBook } from '../../../src/domain/handover/advance.ts';
import { isChangedIn, lookAgain, lookAtAll, takeFrom, type BookRead, type Look } from '../../../src/domain/handover/look.ts';
import { decideHandover } from '../../../src/domain/handover/decide-handover.ts';
import { evolveHandover, handoverIdOf, packHolders, type Handover } from '../../../src/domain/handover/handover.ts';
import { newcomersOf, officersOf } from '../../../src/domain/handover/relief.ts';
import { buildDirectory, holdersAt, shiftAt, type Directory } from '../../../src/domain/organisation/directory.ts';
import type { Holder, Override, Roster } from '../../../src/domain/roster/roster.ts';
import * as invented from '../../support/invented.ts';
import { fc } from '../../support/property.ts';

/** Hours are the unit: short whole numbers make readable failures. */
const hour = 3_600_000;
const rules = { leadMs: hour, fromAt: 0, toAt: 1_000 * hour };
const names = ['东主班', '东副班', '次日班', '钱副班'] as const;

const holders = fc
  .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 })
  .map((list): readonly Holder[] => list.map((name, index) => invented.holder(index === 0 ? 'onDuty' : 'coDuty', name)));

/** Shifts of some hours, here and there with a gap before them. */
const plan = fc.array(fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 1 }), holders), { minLength: 2, maxLength: 8 });

const override = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 8 }), fc.constantFrom(...names), fc.constantFrom(...names))
  .map(([from, length, out, comes]): Override => ({
    id: `v${from}.${length}`,
    subject: 'p2',
    from: from * hour,
    to: (from + length) * hour,
    out: invented.idOf(out),
    in: invented.idOf(comes),
  }));

type Plan = readonly (readonly [number, number, readonly Holder[]])[];

const rosterOf = (shifts: Plan, overrides: readonly Override[] = []): Roster => {
  let at = 0;
  const list = shifts.map(([length, gap, who]) => {
    const from = at + gap * hour;
    at = from + length * hour;
    return { postId: 'p2', from, to: at, holders: who };
  });
  return { version: 1, posts: [invented.roster.posts[1]!], shifts: list, overrides };
};

const directoryOf = (roster: Roster): Directory => buildDirectory(invented.organisation, roster);

/** The book with what waits in it, by post. */
type Book = Omit<KeptBook, 'pending'> & { readonly pending: { readonly [postId: string]: Handover } };

const readOf = (book: Book | undefined): BookRead => ({
  book,
  pending: (postId) => book?.pending[postId],
  waitingAt: Object.keys(book?.pending ?? {}),
});

const lookAt = (book: Book | undefined, directory: Directory, now: number): Look => lookAtAll(readOf(book), directory, now, rules);

/** One process that looks, and people who accept; kept in step with what the use cases do. */
const run = (book: Book | undefined, directory: Directory, now: number, most = 10): Book => {
  const look = lookAt(book, directory, now);
  const written = takeFrom(look, book, directory, most);
  const pending: Record<string, Handover> = Object.fromEntries(
    Object.keys(written.pending).map((postId) => [postId, book!.pending[postId]!]),
  );
  for (const one of written.advances)
    if (one.type === 'open')
      pending[one.postId] = evolveHandover(undefined, {
        at: now,
        event: 'HandoverOpened',
        itemId: handoverIdOf(one.postId, now, one.before),
        data: {
          subject: one.postId,
          at: one.wanted.at,
          endsAt: one.wanted.endsAt,
          outgoing: packHolders(one.outgoing),
          incoming: packHolders(one.wanted.incoming),
          open: [],
          due: [],
        },
      })!;
  const { stands, last } = written;
  return { seenAt: look.at, stands, last, pending };
};

const accept = (book: Book, personId: string, now: number): Book => {
  const handover = book.pending['p2'];
  if (!handover) return book;
  const { events } = decideHandover(handover, { type: 'accept', personId, channel: 'chat' }, 0, now);
  const accepted = events.reduce<Handover>((state, event) => evolveHandover(state, event)!, handover);
  if (accepted.acceptedAt === undefined || accepted === handover) return book;
  return { ...book, pending: { p2: accepted } };
};

const standing = (book: Book, directory: Directory, now: number): readonly Holder[] =>
  holdersAt({ ...directory, held: lookAt(book, directory, now).held }, 'p2', now);

const act = fc.record({ afterMs: fc.integer({ min: 1, max: 3 * hour }), who: fc.option(fc.constantFrom(...names)) });

describe('a post', () => {
  it('is stood at every instant at which somebody is planned, and by nobody new before a word of theirs', () => {
    fc.assert(
      fc.property(plan, fc.array(act, { maxLength: 40 }), (shifts, acts) => {
        const directory = directoryOf(rosterOf(shifts));
        let now = 0;
        let book = run(undefined, directory, now);
        let before = standing(book, directory, now);
        /** Those for whom somebody has accepted. */
        let welcome: readonly string[] = [];
        for (const { afterMs, who } of acts) {
          const since = now;
          now += afterMs;
          book = run(book, directory, now);
          const there = standing(book, directory, now);
          const planned = shiftAt(directory, 'p2', now)?.holders ?? [];
          expect(officersOf(there).length > 0).toBe(officersOf(planned).length > 0);
          const wasNobodyThere = directory.roster.shifts.some(
            ({ from }) => since < from && from <= now && !shiftAt(directory, 'p2', from - 1),
          );
          const unasked = newcomersOf(there, before).filter((personId) => !wasNobodyThere && !welcome.includes(personId));
          expect(unasked).toEqual([]);
          const waiting = book.pending['p2'];
          const accepted = who === null ? book : accept(book, invented.idOf(who), now);
          if (accepted !== book) welcome = officersOf(waiting!.incoming);
          book = accepted;
          before = standing(book, directory, now);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is stood by the same people whether one looks often or once after an outage', () => {
    fc.assert(
      fc.property(
        plan,
        fc.array(override, { maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 40 * hour }), { maxLength: 20 }),
        (shifts, overrides, looks) => {
          const directory = directoryOf(rosterOf(shifts, overrides));
          const last = 40 * hour;
          const first = run(undefined, directory, 0);
          let often = first;
          for (const now of looks.toSorted((a, b) => a - b)) often = run(often, directory, now);
          // In which of their roles somebody stays who has changed it on the way depends on when one looked; who stays doesn't.
          const people = (book: Book) => new Set(standing(run(book, directory, last), directory, last).map(({ personId }) => personId));
          expect(people(often)).toEqual(people(first));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is handed over by whoever stood it last, though the same person was to come before and nobody looked in between', () => {
    const by = (name: (typeof names)[number]): readonly Holder[] => [invented.holder('onDuty', name)];
    const [day, night, relief] = ['东主班', '次日班', '东副班'] as const;
    const directory = directoryOf(
      rosterOf([
        [4, 0, by(day)],
        [4, 0, by(night)],
        [4, 0, by(day)],
        [4, 1, by(relief)],
        [4, 0, by(night)],
      ]),
    );
    const asked = run(run(undefined, directory, 0), directory, 3.5 * hour);
    expect(officersOf(asked.pending['p2']!.outgoing)).toEqual([invented.idOf(day)]);
    const late = run(asked, directory, 18 * hour);
    expect(officersOf(late.pending['p2']!.outgoing)).toEqual([invented.idOf(relief)]);
    expect(standing(late, directory, 18 * hour)).toEqual(by(relief));
  });

  it('needs no second look before the instant that a look names', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 0, max: 40 * hour }), fc.nat(1_000), (shifts, now, share) => {
        const directory = directoryOf(rosterOf(shifts));
        const book = run(run(undefined, directory, 0), directory, now);
        const { untilAt } = lookAt(book, directory, now);
        const later = Math.min(untilAt - 1, now + Math.floor(((untilAt - now) * share) / 1_000), 50 * hour);
        expect(later < now || !isChangedIn(lookAt(book, directory, later), false)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken back by a process whose clock is a little behind', () => {
    fc.assert(
      fc.property(plan, fc.nat(40), fc.constantFrom(...names), fc.integer({ min: 1, max: 59_000 }), (shifts, hours, who, behindMs) => {
        const directory = directoryOf(rosterOf(shifts));
        const now = hours * hour;
        const opened = run(run(undefined, directory, 0), directory, Math.max(0, now - hour / 2));
        const book = run(accept(opened, invented.idOf(who), now), directory, now);
        const look = lookAt(book, directory, now - behindMs);
        expect([...look.posts.values()].flatMap(({ advances }) => advances)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('waits for at most one handover, from those who stand it to somebody new', () => {
    fc.assert(
      fc.property(plan, fc.array(override, { maxLength: 3 }), fc.array(act, { maxLength: 30 }), (shifts, overrides, acts) => {
        let directory = directoryOf(rosterOf(shifts));
        let now = 0;
        let book = run(undefined, directory, now);
        for (const [index, { afterMs, who }] of acts.entries()) {
          now += afterMs;
          // What was agreed comes in while handovers are open.
          directory = directoryOf(rosterOf(shifts, overrides.slice(0, Math.floor(index / 4))));
          book = run(book, directory, now);
          if (who !== null) book = accept(book, invented.idOf(who), now);
          const waiting = book.pending['p2'];
          if (!waiting || waiting.acceptedAt !== undefined) continue;
          expect(newcomersOf(waiting.incoming, waiting.outgoing)).not.toEqual([]);
          expect(officersOf(standing(book, directory, now)).toSorted()).toEqual(officersOf(waiting.outgoing).toSorted());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is found the same by a look that goes on from the last one as by a look at everything', () => {
    fc.assert(
      fc.property(plan, fc.array(act, { maxLength: 20 }), fc.nat(1_000), (shifts, acts, share) => {
        const directory = directoryOf(rosterOf(shifts));
        let now = 0;
        let book = run(undefined, directory, now);
        for (const { afterMs, who } of acts) {
          now += afterMs;
          book = run(book, directory, now);
          const before = lookAt(book, directory, now);
          const later = Math.min(before.untilAt - 1, now + Math.floor(((before.untilAt - now) * share) / 1_000), now + 10 * hour);
          if (who !== null) book = accept(book, invented.idOf(who), later);
          const again = lookAgain(before, ['p2'], readOf(book), directory, later, rules);
          const whole = lookAt(book, directory, later);
          expect({ ...again, posts: new Map(again.posts), held: new Map(again.held) }).toEqual(whole);
          now = later;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads the same whether an acceptance after the boundary was written down before the roster was changed or not', () => {
    fc.assert(
      fc.property(plan, plan, fc.array(act, { minLength: 1, maxLength: 12 }), fc.nat(hour), (shifts, others, acts, waitMs) => {
        const directory = directoryOf(rosterOf(shifts));
        const changed = directoryOf(rosterOf(others));
        let now = 0;
        let book = run(undefined, directory, now);
        for (const { afterMs, who } of acts) {
          now += afterMs;
          book = run(book, directory, now);
          if (who !== null) book = accept(book, invented.idOf(who), now);
          const look = lookAt(book, directory, now);
          if (isChangedIn(look, true) || !isChangedIn(look, false)) continue;
          const later = Math.min(now + waitMs, look.untilAt - 1);
          expect(standing(book, changed, later)).toEqual(standing(run(book, directory, now), changed, later));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a bureau of many posts', () => {
  it('is handed over in parts, and in the end as if it had been at once', () => {
    const posts = Array.from({ length: 7 }, (_, index) => ({ ...invented.roster.posts[1]!, id: `p${index + 1}` }));
    const teams = names.map((name) => [invented.holder('onDuty', name)]);
    const shifts = posts.flatMap(({ id: postId }, index) =>
      [0, 1, 2].map((day) => ({ postId, from: day * 8 * hour, to: (day + 1) * 8 * hour, holders: teams[(index + day) % teams.length]! })),
    );
    const directory = directoryOf({ version: 1, posts, shifts });
    const now = 7.5 * hour;
    const whole = run(run(undefined, directory, 0), directory, now, 10);
    let parts = run(undefined, directory, 0);
    for (let looks = 0; looks < 3; looks += 1) {
      const before = Object.keys(parts.pending).length;
      expect(takeFrom(lookAt(parts, directory, now), parts, directory, 3).isMore).toBe(looks < 2);
      parts = run(parts, directory, now, 3);
      expect(Object.keys(parts.pending).length - before).toBe(looks < 2 ? 3 : 1);
    }
    expect(parts).toEqual(whole);
    expect(takeFrom(lookAt(parts, directory, now), parts, directory, 3)).toMatchObject({ advances: [], isMore: false });
  });
});
