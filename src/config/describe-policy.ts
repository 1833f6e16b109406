import type { Policy, Step } from '../domain/escalation/policy.ts';
import type { CampaignWords } from '../domain/campaign-record/campaign-record.ts';
import { isForPosts } from './campaign-rules.ts';
import { durationOf } from './describe-campaign.ts';

const stepOf = ({ afterMs, notify, via, repeat }: Step): CampaignWords => ({
  ...(afterMs < 0 ? { before: durationOf(-afterMs) } : { after: durationOf(afterMs) }),
  notify,
  via,
  ...(repeat === undefined ? {} : { repeat: { every: durationOf(repeat.everyMs), times: repeat.times } }),
});

/** A ladder in the words of the campaign's file again, with everything said that the file may leave out. */
export const describePolicy = ({ name, answerWindowMs, steps, opening, gatherMs, hours, remindOfficeEveryMs }: Policy): CampaignWords => ({
  name,
  answerWindow: durationOf(answerWindowMs),
  steps: steps.map(stepOf),
  ...(isForPosts(name)
    ? {}
    : {
        ...(opening === undefined ? {} : { opening }),
        waitsForHours: hours !== undefined,
        ...(gatherMs === undefined ? {} : { gather: durationOf(gatherMs) }),
      }),
  remindOfficeEvery: durationOf(remindOfficeEveryMs),
});
