export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

/** One archive file of all of them, in their order. Names are relative paths with `/`. */
export type MakeZip = (entries: readonly ZipEntry[]) => Promise<Uint8Array>;
