/** What `/api/set-up/imports` answers. */
export type Found = {
  readonly sheet: string;
  readonly row: number;
  readonly cell: string;
  readonly code: string;
  readonly message: string;
};

export type DrawnCell = { readonly cell: string; readonly text: string; readonly master?: string };
export type DrawnSheet = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly DrawnCell[] }[];
  readonly left: number;
};

type Holder = { readonly name: string; readonly role: string };
export type ShiftChange = {
  readonly type: 'added' | 'changed' | 'gone';
  readonly from: string;
  readonly to: string;
  readonly before: readonly Holder[];
  readonly after: readonly Holder[];
};
export type PostChanges = {
  readonly postId: string;
  readonly post: string;
  readonly unit: string;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly shifts: readonly ShiftChange[];
};
export type RosterChanges = {
  readonly posts: readonly PostChanges[];
  readonly left: number;
  readonly doubled: readonly { readonly person: string; readonly post: string; readonly at: string }[];
};
export type PersonChange = { readonly name: string; readonly unit: string; readonly role: string };
export type ContactChanges = {
  readonly units: readonly string[];
  readonly people: { readonly added: readonly string[]; readonly changed: readonly string[] };
  readonly opened: readonly PersonChange[];
  readonly closed: readonly PersonChange[];
};

export type Preview = {
  readonly sha256: string;
  readonly name: string;
  readonly kind: 'roster' | 'contacts' | null;
  readonly version: number;
  readonly digest: string;
  readonly errors: readonly Found[];
  readonly warnings: readonly Found[];
  readonly sheets: readonly DrawnSheet[];
  readonly roster?: RosterChanges;
  readonly contacts?: ContactChanges;
  readonly told: number;
  readonly isSame: boolean;
  readonly unmatched: readonly { readonly name: string; readonly candidates: readonly string[] }[];
  readonly units: readonly string[];
};

/** What somebody says beside a workbook. */
export type Answers = { readonly year?: number; readonly map?: { readonly [name: string]: string } };

export type ImportMade = {
  readonly id: string;
  readonly kind: 'roster' | 'contacts';
  readonly name: string;
  readonly at: string;
  readonly by: string;
  readonly until: string;
  readonly posts: readonly string[];
  readonly shifts: { readonly added: number; readonly changed: number; readonly gone: number } | null;
  readonly told: number;
  readonly refusal: 'begun' | 'changedSince' | 'broken' | null;
};
export type ImportsMade = { readonly version: number; readonly imports: readonly ImportMade[] };

export type Imported = { readonly kind: 'roster' | 'contacts'; readonly told: number; readonly version: number };
