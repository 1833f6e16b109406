/** Every key of one bureau begins with one hash tag, so that on a cluster its commit stays in one slot. */
export const prefixOf = (bureau: string): string => `{zg:${bureau}}`;

/** The consumer group of the inbox: the commit of a turn acknowledges under this name. */
export const INBOX_GROUP = 'bot';

export const keysOf = (bureau: string) => {
  const prefix = prefixOf(bureau);
  return {
    prefix,
    /** Hash: aggregate id to `version|packed state`. */
    state: `${prefix}:state`,
    /** Sorted set: aggregate id by the instant it is due, epoch ms. The truth about time. */
    due: `${prefix}:due`,
    /** Stream: one entry a commit, its id is the seq of its first event. */
    ledger: `${prefix}:ledger`,
    /** Stream of notices to be sent. */
    outbox: `${prefix}:outbox`,
    /** Stream of messages from the platforms. */
    inbox: `${prefix}:inbox`,
    /** Stream of messages that could not be handled, for the office to look at. */
    aside: `${prefix}:aside`,
    /** Stream: ids of handovers that were written, and of their book; only the newest. */
    handed: `${prefix}:handed`,
    /** Hash: recipient to the notices held for one bundle. */
    bundles: `${prefix}:bundles`,
    /** Sorted set: ids of what could not be decided by the instant of its last failure, epoch ms. */
    undecided: `${prefix}:undecided`,
    /** Hash of single values: seq, campaign version. */
    meta: `${prefix}:meta`,
    /** Hash: gzipped organisation and roster. */
    campaign: `${prefix}:campaign`,
  };
};

export type Keys = ReturnType<typeof keysOf>;
