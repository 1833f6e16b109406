/** Somebody at a door who may come in: known, and not disabled. */
export type Caller = { readonly personId: string; readonly isOffice: boolean };

export type Callers = {
  /** Digits only. */
  findByMobile(mobile: string): Promise<Caller | undefined>;
  findById(personId: string): Promise<Caller | undefined>;
};
