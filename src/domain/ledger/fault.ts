/** What an offline check can find. */
export type FaultKind =
  // a row
  | 'rowChanged'
  | 'rowHashChanged'
  | 'rowsMissing'
  | 'rowRepeated'
  | 'rowMoved'
  // a seal
  | 'sealChanged'
  | 'signatureWrong'
  | 'wrongKey'
  | 'sealMissing'
  | 'chainBroken'
  | 'batchChanged'
  // a file
  | 'lineUnreadable'
  | 'fileMissing'
  | 'fileChanged'
  | 'fileMisnamed'
  | 'endUnsealed'
  // what may be removed, but not changed
  | 'personalChanged'
  | 'personalUnknown';

export type Fault = {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly seq?: number;
  readonly what: FaultKind;
  readonly message: string;
};

export type LedgerReport = {
  readonly ok: boolean;
  readonly rows: number;
  readonly seals: number;
  /** First and last row under a seal; 0 where there is none. Compare `to` and `hash` with what the office noted. */
  readonly from: number;
  readonly to: number;
  /** Of the last seal. Rows cut off together with their seal show only here. */
  readonly hash: string;
  readonly personal: { readonly checked: number; readonly removed: number };
  readonly faults: readonly Fault[];
  /** Faults beyond the most that are listed. */
  readonly omitted: number;
};
