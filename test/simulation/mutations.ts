/** A bug as somebody might write it: in this file, this text becomes that. The text must stand there exactly once. */
export type Mutation = { readonly name: string; readonly file: string; readonly from: string; readonly to: string };

/** Each must be found by the simulation within a few seeds; one that survives is a hole in it. */
export const mutations: readonly Mutation[] = [
  {
    name: 'the store forgets to compare versions',
    file: 'adapters/memory/memory-store.ts',
    from: "if ((disk.states.get(id)?.version ?? 0) !== expected) return 'conflict';",
    to: 'if (expected < 0) return id as never;',
  },
  {
    name: 'the store takes decisions on an old roster',
    file: 'adapters/memory/memory-store.ts',
    from: "if (campaignVersion !== disk.campaign.version) return 'stale';",
    to: "if (campaignVersion > disk.campaign.version) return 'stale';",
  },
  {
    name: 'what is lent is taken out of the due set',
    file: 'adapters/memory/memory-store.ts',
    from: 'if (found) disk.due.set(id, lentUntil);',
    to: 'if (found) disk.due.delete(id);',
  },
  {
    name: 'a bundle is thrown away instead of flushed',
    file: 'adapters/memory/memory-store.ts',
    from: 'if (held) outbox.put(held, recipient);',
    to: 'if (held && recipient.length === 0) outbox.put(held, recipient);',
  },
  {
    name: 'the ledger counts past a row',
    file: 'adapters/memory/memory-store.ts',
    from: 'seq: afterSeq + index + 1',
    to: 'seq: afterSeq + index + (index === 4 ? 2 : 1)',
  },
  {
    name: 'an entry of the inbox is settled twice',
    file: 'adapters/memory/memory-store.ts',
    from: "return settles === undefined || settle(settles) ? 'committed' : 'settled';",
    to: "if (settles !== undefined) settle(settles);\n    return 'committed';",
  },
  {
    name: 'a step does not move the ladder on',
    file: 'src/domain/escalation/evolve.ts',
    from: "throughMs: asNumber(data['afterMs']),",
    to: "throughMs: asNumber(data['afterMs']) === 360_000 ? o.throughMs : asNumber(data['afterMs']),",
  },
  {
    name: 'an answer is confirmed and not recorded',
    file: 'src/domain/escalation/decide.ts',
    from: "return { events: [{ ...base, event: 'AnswerRecorded', data }] };\n};\n\n/** What the office heard",
    to: "return { events: o.stepNo === 2 ? [] : [{ ...base, event: 'AnswerRecorded', data }] };\n};\n\n/** What the office heard",
  },
  {
    name: 'an answer does not free the watch',
    file: 'src/domain/contact/watch.ts',
    from: 'return { ...heard, openObligationId: null, nextCheckAt: null, ...planned(event) };',
    to: "return event.event === 'AnswerRecorded' ? heard : { ...heard, openObligationId: null, nextCheckAt: null, ...planned(event) };",
  },
  {
    name: 'after an answer nobody plans the next check',
    file: 'src/app/change.ts',
    from: 'if (plan) told =',
    to: "if (plan && event.event !== 'AnswerRecorded') told =",
  },
  {
    name: 'a withdrawn check leaves its subject unwatched',
    file: 'src/domain/contact/watch.ts',
    from: "const ends = new Set(['AnswerRecorded', 'ObligationTakenOver', 'ObligationWithdrawn']);",
    to: "const ends = new Set(['AnswerRecorded', 'ObligationTakenOver']);",
  },
  {
    name: 'a notice is sent though its obligation has ended',
    file: 'src/app/parcels.ts',
    from: 'return o !== undefined && !isEnded(o);',
    to: 'return o !== undefined;',
  },
  {
    name: 'the verdict falls when the co-duty officer is told',
    file: 'src/domain/escalation/fire.ts',
    from: "step.notify.includes('office') && step.afterMs > 0 && step.afterMs >= policy.answerWindowMs;",
    to: "step.notify.includes('coDuty') && step.afterMs > 0 && step.afterMs >= policy.answerWindowMs;",
  },
  {
    name: 'a reminder comes once and never again',
    file: 'src/domain/escalation/fire.ts',
    from: 'else if (reminder.left > 1) {',
    to: 'else if (reminder.left > 99) {',
  },
  {
    name: 'the office is reminded once and never again',
    file: 'src/domain/escalation/fire.ts',
    from: 'if (reminder.afterMs === officeReminder) kept.push(',
    to: 'if (reminder.afterMs === officeReminder && reminder.left > 0) kept.push(',
  },
  {
    name: 'after an outage all steps come at once',
    file: 'src/domain/escalation/fire.ts',
    from: 'lateMs >= outageMs ? o.baseAt + lateMs : o.baseAt;',
    to: 'o.baseAt;',
  },
  {
    name: 'steps are decided before their time',
    file: 'src/domain/escalation/fire.ts',
    from: 'if (step && dueOf(o, step) <= now) fireSteps',
    to: 'if (step && dueOf(o, step) <= now + 61_000) fireSteps',
  },
  {
    name: 'an empty rung waits out its time',
    file: 'src/domain/escalation/fire.ts',
    from: "return isTold || reason === 'massFailure';",
    to: 'return true;',
  },
  {
    name: 'a lost race counts as done',
    file: 'adapters/bot/turn-runner.ts',
    from: "if (result === 'committed' || result === 'settled') return",
    to: "if (result !== 'stale') return",
  },
  {
    name: 'the relay empties the outbox before it has added the jobs',
    file: 'src/app/relay-outbox.ts',
    from: 'await deps.queue.add(toJobs(entries));\n  await deps.outbox.done(entries.map((entry) => entry.entryId));',
    to: 'await deps.outbox.done(entries.map((entry) => entry.entryId));\n  await deps.queue.add(toJobs(entries));',
  },
  {
    name: 'a turn forgets which message it settles',
    file: 'adapters/bot/turn-runner.ts',
    from: 'settles: entryId };',
    to: '...(decided.events.length === 3 ? {} : { settles: entryId }) };',
  },
  {
    name: 'anybody may take over',
    file: 'src/domain/escalation/resolve.ts',
    from: 'takeOverRoles.some((role) => resolveRole(directory, role, subject, at).includes(personId));',
    to: 'directory.people.has(personId);',
  },
  {
    name: 'a disabled person still speaks',
    file: 'src/app/decide-message.ts',
    from: 'if (!person || person.isDisabled) return',
    to: 'if (!person) return',
  },
  {
    name: 'a round is never judged',
    file: 'src/app/advance-round.ts',
    from: 'due, round.openedAt + lateMsOf(world, round) + judgeAfterMs(world, round))',
    to: 'due, null)',
  },
  {
    name: 'an obligation is opened on a post that is held already',
    file: 'src/app/change.ts',
    from: 'watch.openObligationId === null && isInForce(world.settings, now);',
    to: 'isInForce(world.settings, now);',
  },
  {
    name: 'a stale campaign is never read again',
    file: 'src/app/fire-due.ts',
    from: "if (!results.includes('stale')) return committed;",
    to: 'if (results.length > 0) return committed;',
  },
];
