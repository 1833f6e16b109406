/** The backups that lie beside each other in one folder. */

/**
 * `whole`: every file has its hash; `damaged`: some file is not what was backed up; `newer`: a later version of the program
 * made it, which alone knows; `unfinished`: broken off, or being made just now.
 */
export type BackupState = 'whole' | 'damaged' | 'newer' | 'unfinished';

export type KeptBackup = {
  /** Of its folder. */
  readonly name: string;
  readonly state: BackupState;
  /** As its manifest says them; an unfinished one has none. `takenAt`: ISO 8601. */
  readonly bureau?: string;
  readonly takenAt?: string;
  /** The newest row of the ledger in it. */
  readonly seq?: number;
  readonly bytes?: number;
};

/** Newest first. `others`: whatever else lies there, by its path from the folder. */
export type KeptBackups = { readonly folder: string; readonly backups: readonly KeptBackup[]; readonly others: readonly string[] };

/** `removed`: oldest first, as they went. */
export type PrunedBackups = { readonly removed: readonly KeptBackup[]; readonly kept: readonly KeptBackup[] };
