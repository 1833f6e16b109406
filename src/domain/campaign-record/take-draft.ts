import { canonicalJson } from '../ledger/canonical.ts';
import type { Json } from '../ledger/event.ts';
import type { CampaignWords } from './campaign-record.ts';

/** Members whose parts are taken by themselves: what is left out of `checks.onSite` goes on following `checks.posts`. */
const inParts = ['checks'];

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === undefined || other === undefined ? one === other : canonicalJson(one) === canonicalJson(other);

const isWords = (value: Json | undefined): value is CampaignWords => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The words of a campaign after somebody has edited it: only what they changed is taken from their draft, the rest stays as
 * it was written, and what was left out stays left out. `shown`: the campaign with everything that was left out said, as
 * the draft began. A member that the draft lacks is taken out.
 */
export const takeDraft = (words: CampaignWords, shown: CampaignWords, draft: CampaignWords): CampaignWords => {
  const next: { [member: string]: Json } = { ...words };
  for (const name of new Set([...Object.keys(shown), ...Object.keys(draft)])) {
    const [had, has] = [shown[name], draft[name]];
    if (isSame(had, has)) continue;
    if (inParts.includes(name) && isWords(had) && isWords(has)) {
      const own = words[name];
      next[name] = takeDraft(isWords(own) ? own : {}, had, has);
    } else if (has === undefined) delete next[name];
    else next[name] = has;
  }
  return next;
};
