import type { Mutation } from './mutation.ts';
import { mutationsOfCampaign } from './mutations-of-campaign.ts';
import { mutationsOutside } from './mutations-outside.ts';
import { mutationsOfWork } from './mutations-of-work.ts';

/** Nothing goes wrong, and people ask for leave and swaps all the time. */
const leave = { features: ['requests', 'shiftWork', 'manyRequests'], hours: 24, posts: 4, instances: 1 } as const;
/** Everybody is left in peace, and many give no sign of life. */
const ahead = { features: ['shiftWork', 'silentAhead', 'startsEarly'], hours: 48, posts: 5, instances: 1 } as const;

/** Each must be found by the simulation within a few seeds; one that survives is a hole in it. */
export const mutations: readonly Mutation[] = [
  {
    name: 'leave without the substitute’s word: the consent of one is enough',
    file: 'src/domain/shift-change/decide-request.ts',
    from: 'if (after.acceptedAt === undefined || after.approvedAt === undefined || !proposal)',
    to: 'if ((after.acceptedAt === undefined && after.approvedAt === undefined) || !proposal)',
  },
  {
    name: 'a request is accepted by anybody for anybody',
    file: 'src/domain/shift-change/decide-request.ts',
    from: "if (by.by !== owed) return refuseRequest('notYours');",
    to: "if (by.by.length === 0) return refuseRequest('notYours');",
    scene: leave,
  },
  {
    name: 'a substitute stands any number of shifts in a row',
    file: 'src/domain/shift-change/proposal-rules.ts',
    from: 'const isTooLong = row > limits.consecutiveShifts &&',
    to: 'const isTooLong = row > 99 * limits.consecutiveShifts &&',
  },
  {
    name: 'a late approval counts from the beginning of the shift',
    file: 'src/domain/shift-change/to-overrides.ts',
    from: '...leftOf(gives, now).map(replace(holderId, substituteId)),',
    to: '...gives.map(replace(holderId, substituteId)),',
  },
  {
    name: 'a request that waits for consent has no clock',
    file: 'src/domain/shift-change/clocks-of-request.ts',
    from: "return [{ kind: 'consent', key, subject: consent.of, deadlineAt: deadlineOf(request, acceptedAt), policy }];",
    to: "return key === policy ? [{ kind: 'consent', key, subject: consent.of, deadlineAt: deadlineOf(request, acceptedAt), policy }] : [];",
  },
  {
    name: 'people are reminded of a shift again and again',
    file: 'src/app/ahead/tell-ahead.ts',
    from: 'return { state: { ...rest, throughAt: change.now, version',
    to: 'return { state: { ...rest, throughAt: before.throughAt, version',
  },
  {
    name: 'somebody comes to stand two posts at once',
    file: 'src/domain/shift-change/proposal-rules.ts',
    from: 'other.postId !== part.postId && isOfficer(other) && isOfficer(part));',
    to: 'other.postId === part.postId && isOfficer(other) && !isOfficer(part));',
    scene: leave,
  },
  {
    name: 'what is agreed takes the holder away, and nobody comes',
    file: 'src/domain/shift-change/decide-request.ts',
    from: 'const added = overridesOf(`v${after.id}`, proposal, lookedAfter, now);',
    to: 'const added = overridesOf(`v${after.id}`, proposal, lookedAfter, now).map(({ in: _, ...one }) => one);',
    scene: leave,
  },
  {
    name: 'a substitute stands in another role than the holder',
    file: 'src/domain/roster/apply-overrides.ts',
    from: "return [...others, { role: goes?.role ?? role ?? 'onDuty', personId: comes }];",
    to: "return [...others, { role: role ?? 'coDuty', personId: comes }];",
    also: [
      {
        file: 'src/domain/shift-change/proposal-rules.ts',
        from: 'holder.personId === personId && holder.role === part.role)) return false;',
        to: 'holder.personId === personId)) return false;',
      },
    ],
    scene: leave,
  },
  {
    name: 'nobody tells the holder to stay while the request is open',
    file: 'src/domain/shift-change/duty-request.ts',
    from: 'isOpen(request) ? Math.min(...startsAhead(request), lastEndOf(request)) : null;',
    to: 'isOpen(request) ? lastEndOf(request) : null;',
    scene: leave,
  },
  {
    name: 'a reminder that would come at night comes at night',
    file: 'src/domain/ahead/plan-ahead.ts',
    from: 'return (today <= at ? today : instantOf(rules.timeZone, addDays(date, -1), fromMinute)) - beforeQuietMs;',
    to: 'return today <= at ? at : Math.max(at, instantOf(rules.timeZone, addDays(date, -1), fromMinute) - beforeQuietMs);',
    also: [
      {
        file: 'src/app/ahead/tell-ahead.ts',
        from: 'if (morning === now || due.length === 0) return false;',
        to: 'if (morning === now || due.length < 999) return false;',
      },
    ],
    scene: ahead,
  },
  {
    name: 'of several who are silent before a first shift nobody is listed',
    file: 'src/app/ahead/list-unreachable.ts',
    from: 'if (silent.length === 0) return;',
    to: 'if (silent.length !== 1) return;',
    scene: ahead,
  },
  {
    name: 'nobody is tested before a first shift',
    file: 'src/domain/ahead/plan-ahead.ts',
    from: 'rules.test && isFirst ? beforeQuiet(rules, from - rules.test.aheadMs) : undefined;',
    to: 'rules.test && isFirst && from < 0 ? beforeQuiet(rules, from - rules.test.aheadMs) : undefined;',
    scene: ahead,
  },
  {
    name: 'a handover without acceptance: shifts change by the clock alone',
    file: 'src/domain/handover/relief.ts',
    from: 'newcomersOf(planned, stands).length === 0;',
    to: 'newcomersOf(planned, stands).length < 9;',
  },
  {
    name: 'a handover without acceptance: it is asked for, and whoever leaves is let go all the same',
    file: 'src/domain/handover/look.ts',
    from: 'if (acceptedAt !== undefined) return undefined;',
    to: 'if (acceptedAt !== undefined || at > 0) return undefined;',
  },
  {
    name: 'the ledger tells nobody again who is known already',
    file: 'src/domain/organisation/merge-by-id.ts',
    from: 'changed.get(one.id) ?? one',
    to: 'one ?? changed.get(one.id)',
  },
  {
    name: 'the ledger loses a new shift',
    file: 'src/domain/roster/evolve-roster.ts',
    from: 'const shifts = parts.flatMap((part) => dataOf(part).shifts.map(toShift));',
    to: 'const shifts = parts.flatMap((part) => dataOf(part).shifts.map(toShift)).filter(({ holders }) => holders.length !== 2);',
  },
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
    from: 'seq: disk.ledger.length + 1,',
    to: 'seq: disk.ledger.length + (disk.ledger.length === 40 ? 2 : 1),',
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
    from: "afterMs: receivedAt - o.openedAt,\n  };\n  return { events: [{ ...base, event: 'AnswerRecorded', data }] };",
    to: "afterMs: receivedAt - o.openedAt,\n  };\n  return { events: o.stepNo === 2 ? [] : [{ ...base, event: 'AnswerRecorded', data }] };",
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
    file: 'src/app/notices/parcels.ts',
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
    from: 'if (reminder.afterMs === officeReminder)\n      kept.push(',
    to: 'if (reminder.afterMs === officeReminder && reminder.left > 0)\n      kept.push(',
  },
  {
    name: 'after an outage all steps come at once',
    file: 'src/domain/escalation/fire.ts',
    from: 'return lateMs >= outageMs ? lateMs : 0;',
    to: 'return lateMs >= outageMs ? 0 : 0;',
  },
  {
    name: 'steps are decided before their time',
    file: 'src/domain/escalation/fire.ts',
    from: 'if (step && dueOf(o, step, policy) <= now) fireSteps',
    to: 'if (step && dueOf(o, step, policy) <= now + 61_000) fireSteps',
  },
  {
    name: 'an empty rung waits out its time',
    file: 'src/domain/escalation/fire.ts',
    from: "return isTold || reason === 'massFailure' || reason === 'overtaken';",
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
    file: 'src/app/notices/relay-outbox.ts',
    from: 'await deps.queue.add(jobs);\n',
    to: 'await deps.outbox.done(entries.map((entry) => entry.entryId));\n  await deps.queue.add(jobs);\n',
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
    file: 'src/app/contact/advance-round.ts',
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
    name: 'what a dead relay held never comes back',
    file: 'adapters/memory/memory-outbox.ts',
    from: 'if (consumer === undefined || held.takenBy === consumer) held.takenBy = undefined;',
    to: 'if (consumer === undefined) held.takenBy = undefined;',
  },
  {
    name: 'a miss counts though nobody was reached',
    file: 'src/domain/escalation/fire.ts',
    from: 'isDelivered: o.isDelivered === true,',
    to: 'isDelivered: o.asked.length > 0,',
  },
  {
    name: 'an answer that waited in the inbox is late',
    file: 'src/domain/escalation/decide.ts',
    from: 'isLate: isLateAt(o, receivedAt, context, now),',
    to: 'isLate: isLateAt(o, now, context, now),',
  },
  {
    name: 'the group is woken at night',
    file: 'src/domain/escalation/fire.ts',
    from: "if (role === 'groupChat' && o.kind !== 'help' && context.isQuiet(now)) {",
    to: "if (role === 'groupChat' && o.kind === 'check' && context.isQuiet(now)) {",
  },
  {
    name: 'the seed of a day is shown on it',
    file: 'src/domain/contact/calendar.ts',
    from: 'date < addDays(today, -1)',
    to: 'date <= today',
  },
  {
    name: 'after a take-over nobody restores the post',
    file: 'src/app/acts/answer.ts',
    from: '  if (needsRestoring(o))\n',
    to: '  if (needsRestoring(o) && o.subject.length === 0)\n',
  },
  ...mutationsOfWork,
  ...mutationsOfCampaign,
  ...mutationsOutside,
];
