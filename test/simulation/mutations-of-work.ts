import type { Mutation } from './mutation.ts';

/** Much is answered late, and the office is asked about it. */
const figures = { features: ['figures', 'late', 'forgetful', 'officeSlow', 'notOnPost'], hours: 36, posts: 5, instances: 2 } as const;
/** Items are worked on all day, by whoever may and by others. */
const items = { features: ['items', 'manyItems', 'wrongPeople'], hours: 48, posts: 2, instances: 1 } as const;

/** Bugs in items, figures, handovers and what is given up. */
export const mutationsOfWork: readonly Mutation[] = [
  {
    name: 'an item is handed in unsigned',
    file: 'src/domain/items/decide-hand-in.ts',
    from: "if (version.signedBy === undefined) return 'notSigned';\n  return version.sealScan === undefined ? 'noSeal' : undefined;",
    to: 'return undefined;',
  },
  {
    name: 'an item under review has no clock',
    file: 'src/app/items/change-item.ts',
    from: 'for (const [, clock] of fresh) openClock(',
    to: "for (const [, clock] of fresh) if (clock.kind !== 'review') openClock(",
  },
  {
    name: 'an item keeps only its newest version',
    file: 'src/domain/items/evolve-hand-in.ts',
    from: 'versions: [...item.versions, version]',
    to: 'versions: [...item.versions.slice(0, -1), version]',
  },
  {
    name: 'an upheld appeal stays in the figures',
    file: 'src/domain/figures/fold-checks.ts',
    from: 'if (id !== undefined) leaveOut(id);',
    to: 'if (id === undefined) leaveOut(event.event);',
    scene: figures,
  },
  {
    name: 'an appeal is decided twice',
    file: 'src/domain/figures/appeal.ts',
    from: "if (appeal.status !== 'asked') return { refusal: 'decided' };\n  if (by.personId",
    to: "if (appeal.status !== 'asked' && at < 0) return { refusal: 'decided' };\n  if (by.personId",
    scene: figures,
  },
  {
    name: 'an appeal is taken back after it was decided',
    file: 'src/domain/figures/appeal.ts',
    from: "if (appeal.status !== 'asked') return { refusal: 'decided' };\n  return { event: { ...eventOf(appeal, at, by), event: 'AppealWithdrawn' } };",
    to: "return { event: { ...eventOf(appeal, at, by), event: 'AppealWithdrawn' } };",
    scene: figures,
  },
  {
    name: 'a check of another unit is appealed against',
    file: 'src/app/figures/keep-appeal.ts',
    from: "return appealable.filter(({ bodyId }) => bodies === 'all' || bodies.has(bodyId));",
    to: "return appealable.filter(({ bodyId }) => bodies === 'all' || bodyId.length > 0);",
    scene: figures,
  },
  {
    name: 'a report is sent twice',
    file: 'src/domain/figures/report-draft.ts',
    from: 'known >= sent.length;',
    to: 'known >= 0 || sent.length === 0;',
    scene: figures,
  },
  {
    name: 'a shift is accepted by somebody who does not come',
    file: 'src/domain/handover/decide-handover.ts',
    from: 'if (newcomersOf(incoming, outgoing).includes(personId)) return undefined;',
    to: 'if (newcomersOf(incoming, outgoing).length > 0 && personId.length > 0) return undefined;',
    scene: { features: ['wrongPeople', 'late', 'asleep', 'shiftWork'], hours: 48, posts: 4, instances: 1 },
  },
  {
    name: 'a post is given up, and what was open about it stays open for ever',
    file: 'src/app/contact/sync-watches.ts',
    from: 'if (openObligationId !== null) {\n        const [obligation]',
    to: 'if (openObligationId !== null && subject.length === 0) {\n        const [obligation]',
    scene: { features: ['imports', 'asleep', 'forgetful', 'late'], hours: 48, posts: 6, instances: 1 },
  },
  {
    name: 'an item is closed that nobody accepted',
    file: 'src/domain/items/decide-life.ts',
    from: "if (item.status !== 'accepted') return refuseItem('notAccepted');",
    to: "if (item.status === 'handedOver') return refuseItem('notAccepted');",
    scene: items,
  },
  {
    name: 'whoever drafted it checks it as well',
    file: 'src/domain/items/decide-hand-in.ts',
    from: "if (version.draftedBy === command.personId) return refuseItem('ownWork');",
    to: "if (version.draftedBy === undefined) return refuseItem('ownWork');",
    scene: items,
  },
  {
    name: 'a step ahead of an item’s deadline is decided again',
    file: 'src/domain/escalation/evolve.ts',
    from: "throughMs: asNumber(data['afterMs']),",
    to: "throughMs: asNumber(data['afterMs']) === -3_600_000 ? o.throughMs : asNumber(data['afterMs']),",
  },
];
