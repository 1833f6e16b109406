import type { Mutation } from './mutation.ts';

/** Who stands what is changed all the time, and nothing else goes wrong. */
const rosters = { features: ['rosters', 'manyRosters'], hours: 24, posts: 4, instances: 1 } as const;

/** Ladders and limits are changed all the time, and much is answered late or not at all. */
const settings = { features: ['settings', 'late', 'asleep', 'forgetful'], hours: 24, posts: 4, instances: 2 } as const;

/** Bugs in what changes a campaign while it runs. */
export const mutationsOfCampaign: readonly Mutation[] = [
  {
    name: 'whoever is taken off a shift is not told',
    file: 'src/domain/roster/duty-changes.ts',
    from: 'for (const personId of new Set([...had.keys(), ...has.keys()])) {',
    to: 'for (const personId of has.keys()) {',
    scene: rosters,
  },
  {
    name: 'a colleague is told that a shift has moved, which somebody else has left',
    file: 'src/domain/roster/duty-changes.ts',
    from: 'const [before, after] = [joined(had, has), joined(has, had)];',
    to: 'const [before, after] = [had, has];',
    scene: rosters,
  },
  {
    name: 'a sentence takes somebody away, and nobody comes',
    file: 'src/app/roster-change/apply-sentence.ts',
    from: 'const added = overridesOf(`v${id}`, proposal, [], change.now);',
    to: 'const added = overridesOf(`v${id}`, proposal, [], change.now).map(({ in: _, ...one }) => one);',
    scene: rosters,
  },
  {
    name: 'what a unit says of its post counts without the office',
    file: 'src/app/roster-change/change-roster.ts',
    from: "standing === 'office' || (settings.rosterChanges === 'unit' && broken.length === 0);",
    to: "standing === 'office' || (settings.rosterChanges.length > 0 && broken.length === 0);",
    scene: rosters,
  },
  {
    name: 'a list takes what its post has after it, too',
    file: 'src/domain/roster/merge-shifts.ts',
    from: 'if (shift.to <= span.from || shift.from >= span.to) return [shift];',
    to: 'if (shift.to <= span.from) return [shift];',
    scene: rosters,
  },
  {
    name: 'nobody looks whether a changed roster leaves a post empty',
    file: 'src/app/contact/tick-calendar.ts',
    from: 'const isAuditDue = plan.auditAt !== undefined ||',
    to: 'const isAuditDue = plan.auditAt !== undefined || calendar.auditedVersion === undefined || now < 0 &&',
    scene: { features: ['imports', 'rosters', 'manyRosters'], hours: 48, posts: 4, instances: 1 },
  },
  {
    name: 'a change of the roster is taken back after its first shift has begun',
    file: 'src/domain/roster-change/applied-change.ts',
    from: "if (now >= change.firstStartAt) return 'begun';",
    to: "if (now < 0) return 'begun';",
    also: [
      {
        file: 'src/app/roster-change/apply-sentence.ts',
        from: "putInto(change, state.id, { type: 'applied', state }, state.firstStartAt);",
        to: "putInto(change, state.id, { type: 'applied', state }, state.firstStartAt + 86_400_000);",
      },
    ],
    scene: rosters,
  },
  {
    name: 'whoever stays answers for nothing where no list names them any more',
    file: 'src/app/world.ts',
    from: 'if (unlisted.length === 0) return postsOf;',
    to: 'if (unlisted.length < 99) return postsOf;',
    scene: { features: ['rosters', 'manyRosters', 'late', 'asleep', 'forgetful'], hours: 48, posts: 3, instances: 1 },
  },
  {
    name: 'what is open goes on by the ladders that it was planned by',
    file: 'src/app/contact/take-in-policies.ts',
    from: 'if (calendar.policies !== undefined && !(await planAll',
    to: 'if (calendar.policies === policies && !(await planAll',
    scene: settings,
  },
  {
    name: 'a step that is added for a moment already past is told',
    file: 'src/domain/escalation/fire.ts',
    from: 'if (dueOf(o, step, after) > since ||',
    to: 'if (dueOf(o, step, after) > Math.min(since, 0) ||',
    scene: settings,
  },
  {
    name: 'whoever falls due before all is planned anew goes on by two ladders',
    file: 'src/app/contact/fire-due.ts',
    from: 'adoptIn(world, change, o, world.calendar?.policies);',
    to: 'adoptIn(world, change, o, world.settings.policies);',
    scene: settings,
  },
  {
    name: 'whoever was tested for a shift and is given it back within the hour keeps everybody from being told of theirs',
    file: 'src/app/ahead/tell-ahead.ts',
    from: 'openings.flatMap((one) => (one ? [',
    to: 'openings.slice(1e9).flatMap((one) => (one ? [',
    scene: { features: ['imports', 'rosters', 'manyRosters', 'asleep'], hours: 48, posts: 5, instances: 1 },
  },
];
