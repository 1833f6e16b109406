import { segmentAt } from '../../domain/contact/schedule.ts';
import type { CheckCause, Watch } from '../../domain/contact/watch.ts';
import { openIn, type Change } from '../change.ts';
import { contactPolicyFor } from './contact-rules.ts';
import type { World } from '../world.ts';

const digits = 10_000;

/** Four digits nobody can know beforehand; drawn, so that the same seed asks for the same. */
const codeFor = (world: World, subject: string, now: number): string => {
  const seed = world.calendar?.seeds[Object.keys(world.calendar.seeds).toSorted().at(-1) ?? ''] ?? '';
  return String(Math.floor(world.secrets.draw(seed, `code ${subject} ${now}`) * digits)).padStart(4, '0');
};

/** Opens a contact check. The watch must have been read into the change and be free. */
export const openCheckIn = (
  world: World,
  change: Change,
  watch: Watch,
  asked: { readonly cause: CheckCause; readonly roundId?: string; readonly openedBy?: string },
  /** How long ago the instant lies that the check is stamped with; people get their whole window all the same. */
  lateMs = 0,
): string => {
  const { settings } = world;
  const policy = contactPolicyFor(world, watch.subject, change.now);
  const band = segmentAt(policy, settings.timeZone, change.now)?.band;
  return openIn(world, change, {
    type: 'open',
    kind: 'check',
    subject: watch.subject,
    policy: 'check',
    ...asked,
    answerWindowMs: (band?.answerWindowMs ?? change.context.policyOf('check').answerWindowMs) + lateMs,
    ...(lateMs === 0 ? {} : { startAfterMs: -lateMs }),
    ...(policy.proof === 'code' ? { code: codeFor(world, watch.subject, change.now) } : {}),
  });
};
