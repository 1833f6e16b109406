import type { Part } from '../../adapters/personas/personas.ts';
import { incomingAt } from '../domain/escalation/resolve.ts';
import { holdersAt, isOffice } from '../domain/organisation/directory.ts';
import type { World } from '../app/world.ts';

/** Which posts of the demo sleep through everything, wake their second officer, or answer late: by their place in the roster. */
const asleepPost = 4;
const secondWakesPost = 7;
const latePost = 10;

/** Only those who come answer; nobody sleeps so long that their post is never handed over. */
const handoverPart = (world: World, personId: string, obligationId: string, now: number): Part => {
  const postId = /^okh(p[^.]*)\./u.exec(obligationId)?.[1] ?? '';
  if (!incomingAt(world.directory, postId, now).includes(personId)) return 'asleep';
  const place = world.directory.roster.posts.findIndex((post) => post.id === postId);
  return place === asleepPost || place === latePost ? 'overslept' : 'punctual';
};

/** What the people of the demo do; the same in every run, so that the tour in the README stays true. */
export const demoPartOf =
  (world: World) =>
  (personId: string, obligationId: string): Part => {
    const now = world.clock.now();
    // appeals and reports are looked at by whoever plays the office
    if (/^o[eu]/u.test(obligationId)) return 'asleep';
    if (isOffice(world.directory, personId, now)) return 'office';
    if (obligationId.startsWith('okh')) return handoverPart(world, personId, obligationId, now);
    const subject = /^o[a-z](.+)\./u.exec(obligationId)?.[1] ?? '';
    const place = world.directory.roster.posts.findIndex((post) => post.id === subject);
    const holder = holdersAt(world.directory, subject, now).find((one) => one.personId === personId);
    // Whoever was taken over for wakes up in the end.
    if (obligationId.startsWith('or')) return 'punctual';
    if (place >= 0 && !holder) return 'asleep';
    if (place === asleepPost) return 'asleep';
    if (place === secondWakesPost) return holder?.role === 'coDuty' ? 'punctual' : 'asleep';
    if (place === latePost) return 'late';
    return 'punctual';
  };
