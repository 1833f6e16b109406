import { expect, it } from 'vitest';
import { createWallTiles } from '../../../src/app/views/wall-tiles.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import type { Watch } from '../../../src/domain/contact/watch.ts';
import { checkPolicy } from '../../../src/domain/escalation/policy.ts';
import { buildDirectory, type Directory } from '../../../src/domain/organisation/directory.ts';
import { at, organisation, roster } from '../../support/invented.ts';

const start = at('2021-08-27T10:00');
const hourMs = 3_600_000;
const nothing: ReadonlySet<string> = new Set();

const watchOf = (subject: string): Watch => ({
  subject,
  startedAt: start,
  lastContactAt: null,
  lastPresenceAt: null,
  nextCheckAt: null,
  cause: 'random',
  openObligationId: null,
});

const open = (watched: readonly string[] = []) => {
  const watches = new Map<string, Watch>(watched.map((subject) => [subject, watchOf(subject)]));
  const board = { watches, open: new Map(), openOf: () => [], catchUp: () => Promise.reject(new Error('not asked')) };
  let version = 0;
  const tiles = createWallTiles(board, { policyOf: () => checkPolicy, iso: isoIn('Asia/Shanghai') });
  return {
    watches,
    look: (directory: Directory, now: number, moved: ReadonlySet<string> = nothing) => tiles.update(directory, moved, now, (version += 1)),
  };
};

const [post, other] = roster.posts;
const holder = (personId: string) => [{ role: 'onDuty' as const, personId }];
const [first, second] = organisation.people;
const directory = buildDirectory(organisation, {
  ...roster,
  posts: [post!, other!],
  shifts: [
    { postId: post!.id, from: start - hourMs, to: start + hourMs, holders: holder(first!.id) },
    { postId: post!.id, from: start + hourMs, to: start + 2 * hourMs, holders: holder(second!.id) },
    { postId: other!.id, from: start + 3 * hourMs, to: start + 4 * hourMs, holders: holder(first!.id) },
  ],
});

it('knows ahead when a shift ends, when the next begins and when nobody stands, without a word or a look at the rest', () => {
  const { look } = open();
  expect(look(directory, start).posts).toHaveLength(2);
  const changes = (hours: number) =>
    look(directory, start + hours * hourMs).posts.map(({ subject, onDuty, color }) => [subject, ...onDuty, color]);
  expect(changes(0.99)).toEqual([]);
  expect(changes(1)).toEqual([[post!.id, second!.name, 'green']]);
  expect(changes(1.5)).toEqual([]);
  expect(changes(2)).toEqual([[post!.id, 'empty']]);
  expect(changes(3.2)).toEqual([[other!.id, first!.name, 'green']]);
  expect(changes(9)).toEqual([[other!.id, 'empty']]);
  // a clock that was set back
  expect(changes(1)).toEqual([[post!.id, second!.name, 'green']]);
});

it('looks again at a standing contact whose term begins or ends, and at nobody who is watched no longer', () => {
  const [one] = organisation.people;
  const until = start + hourMs;
  const appointed = buildDirectory(
    {
      ...organisation,
      appointments: [{ role: 'liaison', of: organisation.units[0]!.id, personId: one!.id, from: start - hourMs, to: until }],
    },
    roster,
  );
  const { look, watches } = open([one!.id]);
  expect(look(appointed, start).standing).toMatchObject([{ subject: one!.id, roles: ['liaison'] }]);
  expect(look(appointed, until - 1).standing).toEqual([]);
  expect(look(appointed, until).standing).toMatchObject([{ subject: one!.id, roles: [] }]);
  watches.delete(one!.id);
  expect(look(appointed, until, new Set([one!.id])).gone).toEqual([one!.id]);
});

it('names whoever was heard last from the instant on at which others stand the post', () => {
  const { look, watches } = open([post!.id]);
  watches.set(post!.id, { ...watchOf(post!.id), lastContactAt: start, lastContactBy: first!.id });
  const [tile] = look(directory, start).posts;
  expect(tile).toMatchObject({ subject: post!.id, onDuty: [first!.name] });
  expect(tile).not.toHaveProperty('lastContactBy');
  expect(look(directory, start + hourMs).posts).toMatchObject([{ onDuty: [second!.name], lastContactBy: first!.name }]);
});

it('looks only at the posts whose handover has moved on, and at everybody in another roster', () => {
  const { look } = open();
  look(directory, start);
  const held = { ...directory, held: new Map([[post!.id, { from: start - hourMs, holders: holder(second!.id) }]]) };
  expect(look(held, start)).toMatchObject({ posts: [{ subject: post!.id, onDuty: [second!.name] }], isReordered: true });
  expect(look({ ...held, held: new Map([[post!.id, { from: start - hourMs, holders: holder(second!.id) }]]) }, start)).toMatchObject({
    posts: [],
    isReordered: false,
  });
  expect(look(directory, start).posts.map(({ subject }) => subject)).toEqual([post!.id]);
  const { gone } = look(buildDirectory(organisation, { ...roster, posts: [other!], shifts: [] }), start);
  expect(gone).toEqual([post!.id]);
});
