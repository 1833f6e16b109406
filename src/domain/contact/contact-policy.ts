/** How often a subject is asked, and how long it may stay silent, in one part of the day. */
export type Band = {
  readonly name: string;
  /** Minute of the local day, 0 to 1439, inclusive. */
  readonly fromMinute: number;
  /** Minute of the local day, 1 to 1440, exclusive; at or below `fromMinute` the band runs through midnight. */
  readonly toMinute: number;
  /** Minutes of the day at which everybody is asked; each lies inside the band. */
  readonly fixedMinutes: readonly number[];
  /** How many more checks come at times that nobody knows, once in each run of the band. */
  readonly random: number;
  /** An answer within this time of the question is in time. */
  readonly answerWindowMs: number;
  /** The hard limit: without contact for this long, the subject is asked at once. */
  readonly silenceLimitMs: number;
};

/** `code`: digits must be repeated, a tap or a word is not enough. */
export type Proof = 'acknowledge' | 'code';

/** The rules for checking posts, or standing contacts. */
export type ContactPolicy = {
  /** They don't overlap. Outside every band nobody is asked: silence that ran out there is asked about when the next band begins. */
  readonly bands: readonly Band[];
  /** No check within this time of proven presence. */
  readonly quietAfterPresenceMs: number;
  readonly proof: Proof;
};

/** Whether a minute of the local day lies inside a band that may run through midnight. */
export const isInBand = (band: Pick<Band, 'fromMinute' | 'toMinute'>, minuteOfDay: number): boolean =>
  band.fromMinute < band.toMinute
    ? minuteOfDay >= band.fromMinute && minuteOfDay < band.toMinute
    : minuteOfDay >= band.fromMinute || minuteOfDay < band.toMinute;
