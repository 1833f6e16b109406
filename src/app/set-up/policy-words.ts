import type { CampaignWords } from '../../domain/campaign-record/campaign-record.ts';
import type { Json } from '../../domain/ledger/event.ts';

/** What somebody has made of some ladders: in the words of the campaign's file, and which are to be as they are shipped. */
export type PolicyDraft = { readonly policies: readonly CampaignWords[]; readonly shipped?: readonly string[] };

const listOf = (value: Json | undefined): readonly CampaignWords[] => (Array.isArray(value) ? (value as readonly CampaignWords[]) : []);

/** How a ladder calls itself; empty where it says nothing of the kind. */
export const nameIn = ({ name }: CampaignWords): string => (typeof name === 'string' ? name : '');

/** The campaign with these ladders in place of its own of the same names. */
export const withPolicies = (words: CampaignWords, { policies, shipped = [] }: PolicyDraft): CampaignWords => {
  const drafted = new Map(policies.map((policy) => [policy['name'], policy]));
  const known = listOf(words['policies']);
  const kept = known.filter((policy) => !shipped.includes(nameIn(policy))).map((policy) => drafted.get(policy['name']) ?? policy);
  const fresh = policies.filter(({ name }) => !known.some((policy) => policy['name'] === name));
  const all = [...kept, ...fresh];
  const { policies: _, ...rest } = words;
  return all.length === 0 ? rest : { ...rest, policies: all };
};

/** Which ladders the campaign itself describes. */
export const ownPolicies = (words: CampaignWords): readonly string[] => listOf(words['policies']).map(nameIn);

/** One thing that is wrong with a ladder: which, which of its steps, counted from 0, and which member of it. */
export type PolicyFault = {
  readonly policy: string | null;
  readonly step: number | null;
  readonly member: string | null;
  readonly problem: string;
};

/** Where in the form a fault of the campaign stands. What is wrong elsewhere in it belongs to no ladder. */
export const faultOfPolicy = (
  words: CampaignWords,
  { name, problem }: { readonly name: string; readonly problem: string },
): PolicyFault => {
  const [, index, rest = ''] = /^policies\[(\d+)\](.*)$/u.exec(name) ?? [];
  const [, step, inStep] = /^\.steps\[(\d+)\](.*)$/u.exec(rest) ?? [];
  const member = (inStep ?? rest).replace(/^\./u, '').replace(/\[.*$/u, '');
  const policy = index === undefined ? undefined : listOf(words['policies'])[Number(index)];
  return {
    policy: policy === undefined ? null : nameIn(policy),
    step: step === undefined ? null : Number(step),
    member: index === undefined ? name : member || null,
    problem,
  };
};
