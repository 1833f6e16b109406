/** Ladders as `/api/set-up/policies` tells them. */

export type StepWords = {
  readonly after?: string;
  readonly before?: string;
  readonly notify: readonly string[];
  readonly via: string;
  readonly repeat?: { readonly every: string; readonly times: number };
};

export type PolicyWords = {
  readonly name: string;
  readonly answerWindow: string;
  readonly steps: readonly StepWords[];
  readonly opening?: readonly string[];
  readonly waitsForHours?: boolean;
  readonly gather?: string;
  readonly remindOfficeEvery: string;
};

export type PolicyView = {
  readonly name: string;
  readonly words: PolicyWords;
  readonly countsFrom: 'opening' | 'deadline';
  readonly isOwn: boolean;
  readonly isShipped: boolean;
};

export type Weakness = {
  readonly policy: string;
  readonly what: 'endsWithNobody' | 'noOffice' | 'noSteps' | 'emptyStep';
  readonly posts: readonly string[];
};

type RoleNames = { readonly [role: string]: readonly string[] };

export type Tonight = {
  readonly at: string;
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  readonly ofPost: RoleNames;
  readonly ofUnit: RoleNames;
};

export type Policies = {
  readonly version: number;
  readonly policies: readonly PolicyView[];
  readonly posts: readonly { readonly id: string; readonly name: string; readonly unit: string }[];
  readonly tonight: Tonight | null;
  readonly weak: readonly Weakness[];
};

export type PolicyFault = {
  readonly policy: string | null;
  readonly step: number | null;
  readonly member: string | null;
  readonly problem: string;
};

export type Checked = { readonly ok: boolean; readonly faults: readonly PolicyFault[]; readonly weak: readonly Weakness[] };

type Named = { readonly id: string; readonly name: string };

export type Hop = {
  readonly at: string;
  readonly what: string;
  readonly roles: readonly string[];
  readonly notified: readonly Named[];
  readonly callers: readonly Named[];
  readonly via?: string;
  readonly reason?: string;
};

export type Way = { readonly hops: readonly Hop[]; readonly verdict: string; readonly endedAt?: string; readonly endedBy?: Named };

export type Compared = {
  readonly id: string;
  readonly kind: string;
  readonly subject: Named;
  readonly policy: string;
  readonly openedAt: string;
  readonly before: Way;
  readonly after: Way;
  readonly isChanged: boolean;
  readonly isDoubtful: boolean;
};

export type Totals = {
  readonly messages: { readonly day: number; readonly night: number };
  readonly woken: number;
  readonly missed: number;
};

export type WhatIf = {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly questions: number;
  readonly changed: number;
  readonly doubtful: number;
  readonly before: Totals;
  readonly after: Totals;
  readonly items: readonly Compared[];
  readonly omitted: number;
};

export type Tried =
  | { readonly ok: true; readonly result: WhatIf }
  | Checked
  | { readonly ok: false; readonly refused: 'period' | 'tooMany' };
export type Applied = { readonly ok: true; readonly version: number } | Checked | { readonly ok: false; readonly refused: 'moved' };

/** What a rehearsal comes to. */
export type Report = {
  readonly from: string;
  readonly to: string;
  readonly totals: {
    readonly posts: number;
    readonly questions: number;
    readonly messages: number;
    readonly nightMessages: number;
    readonly groupMessages: number;
  };
  readonly people: readonly {
    readonly name: string;
    readonly unit: string;
    readonly day: number;
    readonly night: number;
    readonly mostInADay: number;
  }[];
  readonly posts: readonly {
    readonly post: string;
    readonly unit: string;
    readonly questions: number;
    readonly late: number;
    readonly missed: number;
  }[];
  readonly gaps: readonly unknown[];
  readonly endsWithNobody: readonly { readonly post: string }[];
};

export type Refusal = 'busy' | 'tooLarge' | 'ended' | 'over';
export type Rehearsed =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly refused: Refusal }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };
