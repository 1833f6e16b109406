/** What `/api` gives, as far as the page uses it. Instants are ISO 8601 with the campaign's offset. */

export const colors = ['missed', 'empty', 'escalated', 'waiting', 'green'] as const;
export type Color = (typeof colors)[number];

export type Open = {
  readonly id: string;
  readonly kind: 'check' | 'postEmpty' | 'restore' | 'help' | 'channelFailure' | 'rosterGap';
  readonly stepNo: number;
  readonly openedAt: string;
  readonly answerBy: string;
  readonly nextAt: string | null;
  readonly status: string;
};

export type Subject = {
  readonly subject: string;
  readonly color: Color;
  readonly lastContactAt: string | null;
  readonly nextCheckAt?: string;
  readonly obligation?: Open;
};

export type Post = Subject & {
  readonly unit: string;
  readonly post: string;
  readonly onDuty: readonly string[];
  readonly coDuty: readonly string[];
  readonly shiftLeader: readonly string[];
  readonly notHandedOverTo?: readonly string[];
};

export type Standing = Subject & { readonly name: string; readonly roles: readonly string[] };

export type OfficeMatter = Open & { readonly subject: string; readonly subjectName: string };

export type Wall = {
  readonly at: string;
  /** Campaign seconds to a real second. */
  readonly clockScale: number;
  readonly nextRoundAt?: string;
  readonly mode: 'demo' | 'production';
  readonly campaign: string;
  readonly posts: readonly Post[];
  readonly standing: readonly Standing[];
  readonly office: readonly OfficeMatter[];
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly title?: string;
  readonly isOffice: boolean;
  readonly isDisabled: boolean;
  readonly roles: readonly { readonly role: string; readonly of: string; readonly name: string }[];
  readonly posts: readonly { readonly id: string; readonly name: string; readonly unit: string }[];
};

export type RosterRow = {
  readonly postId: string;
  readonly holders: readonly { readonly role: string; readonly personId: string; readonly name: string }[];
};

export type Row = {
  readonly seq: number;
  readonly at: string;
  readonly event: string;
  readonly obligationId?: string;
  readonly actor?: string;
  readonly channel?: string;
  readonly data: { readonly [key: string]: unknown };
};

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };
