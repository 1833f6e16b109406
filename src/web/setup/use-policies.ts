import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, getJson } from '../data/api.ts';
import { postJson } from './post-json.ts';
import { draftOf, findFaults, isChanged, wordsOf, type PolicyDraft } from './policy-draft.ts';
import type { Applied, Checked, Policies, PolicyFault, PolicyView, Tried, Weakness, WhatIf } from './policy-types.ts';

export type Asked = { readonly from: string; readonly to: string } | null;
export type Trouble = 'tooOften' | 'lost' | 'period' | 'tooMany' | 'moved';

type Outcome = { readonly result?: WhatIf; readonly trouble?: Trouble; readonly isApplied?: boolean };

const troubleOf = (error: unknown): Trouble => (error instanceof ApiError && error.status === 429 ? 'tooOften' : 'lost');

const path = 'api/set-up/policies';

/** Ladders as they count, what has been made of them in the form, and what the service says of that. */
export const usePolicies = () => {
  const [read, setRead] = useState<Policies | 'lost' | null>(null);
  const [postId, setPostId] = useState('');
  const [turn, setTurn] = useState(0);
  const [drafts, setDrafts] = useState<ReadonlyMap<string, PolicyDraft>>(new Map());
  const [shipped, setShipped] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<Pick<Checked, 'faults' | 'weak'>>({ faults: [], weak: [] });
  const [outcome, setOutcome] = useState<Outcome>({});
  const [isBusy, setBusy] = useState(false);
  /** Counts changes of the form: what comes back of an earlier one is not said of this one. */
  const edition = useRef(0);

  useEffect(() => {
    let isWanted = true;
    getJson<Policies>(postId === '' ? path : `${path}?post=${encodeURIComponent(postId)}`)
      .then((value) => isWanted && setRead(value))
      .catch(() => isWanted && setRead((before) => before ?? 'lost'));
    return () => {
      isWanted = false;
    };
  }, [postId, turn]);

  const views: readonly PolicyView[] = read === null || read === 'lost' ? [] : read.policies;
  const draftFor = (view: PolicyView): PolicyDraft => drafts.get(view.name) ?? draftOf(view);
  const changed = views.filter((view) => {
    const draft = drafts.get(view.name);
    return shipped.includes(view.name) || (draft !== undefined && isChanged(draft, view));
  });
  const own: readonly PolicyFault[] = changed
    .filter(({ name }) => !shipped.includes(name))
    .flatMap((view) => findFaults(draftFor(view), view));
  const body = {
    policies: changed.filter(({ name }) => !shipped.includes(name)).map((view) => wordsOf(draftFor(view), view)),
    shipped,
  };

  const edited = (): void => {
    edition.current += 1;
    setSaid({ faults: [], weak: [] });
    setOutcome({});
  };
  const hear = (answer: Pick<Checked, 'faults' | 'weak'>, of: number): void => {
    if (of === edition.current) setSaid(answer);
  };
  const forget = (): void => {
    setDrafts(new Map());
    setShipped([]);
    setSaid({ faults: [], weak: [] });
  };

  /** Sends the draft; what is wrong with it, and why it was refused, is shown. */
  const ask = async (to: string, more: object): Promise<((Tried | Applied) & { readonly ok: true }) | undefined> => {
    const of = edition.current;
    setBusy(true);
    setOutcome({});
    try {
      const answer = await postJson<Tried | Applied>(to, { ...body, ...more });
      if ('result' in answer || 'version' in answer) return answer;
      if ('refused' in answer) setOutcome({ trouble: answer.refused });
      else hear(answer, of);
    } catch (error) {
      setOutcome({ trouble: troubleOf(error) });
    } finally {
      setBusy(false);
    }
    return undefined;
  };

  return {
    read,
    /** The ladders that are otherwise in the form, as the service wants them. */
    body,
    views,
    changed,
    drafts,
    shipped,
    faults: [...own, ...said.faults] as readonly PolicyFault[],
    weak: [...(read === null || read === 'lost' ? [] : read.weak), ...said.weak] as readonly Weakness[],
    outcome,
    isBusy,
    draftFor,
    choosePost: setPostId,
    again: () => setTurn(turn + 1),
    change: (draft: PolicyDraft): void => {
      setDrafts(new Map([...drafts, [draft.name, draft]]));
      setShipped(shipped.filter((name) => name !== draft.name));
      edited();
    },
    toShipped: (name: string): void => {
      setShipped([...shipped.filter((one) => one !== name), name]);
      edited();
    },
    revert: (): void => {
      forget();
      edited();
    },
    edition: edition.current,
    hear,
    /** Without a period: last night. */
    tryIt: async (asked: Asked): Promise<void> => {
      const of = edition.current;
      const answer = await ask(`${path}/try`, asked ?? {});
      if (answer && 'result' in answer && of === edition.current) setOutcome({ result: answer.result });
    },
    apply: async (): Promise<void> => {
      const of = edition.current;
      const answer = await ask(path, { version: read === null || read === 'lost' ? 0 : read.version });
      if (!answer) return;
      // what was typed while it was on its way stays
      if (of === edition.current) forget();
      setOutcome({ isApplied: true });
      setTurn(turn + 1);
    },
    /** What the service says of the ladders as they stand in the form; faults and weak places. */
    check: async (): Promise<void> => {
      if (changed.length === 0 || own.length > 0) return;
      const of = edition.current;
      const answer = await postJson<Checked>(`${path}/check`, body).catch(() => undefined);
      if (answer) hear(answer, of);
    },
  };
};

export type PoliciesDesk = ReturnType<typeof usePolicies>;
