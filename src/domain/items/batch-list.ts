import type { Place } from '../organisation/finding.ts';

/** A list of items as it was read: texts and where they stand, nothing resolved yet. */

export type Written = { readonly text: string; readonly place: Place };

/** `local`: wall-clock time of a date cell, `2021-08-31T17:00`, or the date alone where it shows no time. */
export type WrittenTime = Written & { readonly local?: string };

/** What a list says of an answer under one of its headings, word for word. */
export type ListedAnswer = { readonly heading: string; readonly text: string };

export type ListedLine = {
  readonly place: Place;
  /** 序号, as it is written. */
  readonly line?: Written;
  readonly number?: Written;
  readonly text?: Written;
  readonly district?: Written;
  readonly pollution?: string;
  /** In the order of the columns, and of the rows that belong to one case. */
  readonly units: readonly Written[];
  readonly coUnits: readonly Written[];
  readonly limit?: WrittenTime;
  readonly handedOver?: WrittenTime;
  readonly batch?: string;
  readonly source?: string;
  readonly remark?: string;
  /** What it says was done already, column by column. */
  readonly answers?: readonly ListedAnswer[];
  /** A column of its own says that it is under special attention (重点关注). */
  readonly special?: string;
  /** A heading between the rows, above this one. */
  readonly section?: Written;
};

export type ListedBatch = {
  readonly sheet: string;
  /** Titles above the lines, the nearest last. */
  readonly titles: readonly string[];
  /** A column for case numbers is there. */
  readonly hasNumbers: boolean;
  readonly lines: readonly ListedLine[];
};

/** 转办清单 or 调阅资料清单: one file may hold several, one under the other or on several sheets. */
export type BatchList = { readonly fileName: string; readonly batches: readonly ListedBatch[] };

export type ItemListKind = 'batch' | 'requests';
