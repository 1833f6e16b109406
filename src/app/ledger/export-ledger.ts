import type { Json, LedgerEvent, LedgerRow } from '../../domain/ledger/event.ts';
import type { Archive, SealSigner } from '../../ports/archive.ts';
import type { LedgerReader, LedgerStream } from '../../ports/ledger.ts';
import type { Sealer } from './seal-ledger.ts';

export type ExportParts = {
  readonly sealer: Sealer;
  readonly stream: Pick<LedgerStream, 'lastSeal'>;
  readonly archive: Pick<Archive, 'copyTo'>;
  readonly signer: Pick<SealSigner, 'publicKeyPem'>;
  /** How to check the export, for whoever gets it. */
  readonly readme: string;
  /** Into the ledger itself: what has left the house. */
  readonly note: (event: LedgerEvent) => Promise<unknown>;
  readonly now: () => number;
};

/** What the command line has given out; who sat at the machine is known to the machine alone. */
export const takenByCommand = (at: number, data: { readonly [key: string]: Json }): LedgerEvent => ({
  at,
  event: 'DataExported',
  channel: 'command',
  data,
});

export type Exported = { readonly folder: string; readonly to: number; readonly hash: string; readonly files: readonly string[] };

/** Seals what is open, then copies everything sealed, the public key and a note into a new or empty folder. */
export const exportLedger = async (parts: ExportParts, folder: string): Promise<Exported> => {
  await parts.sealer.sealNow();
  const last = await parts.stream.lastSeal();
  if (!last) throw new Error('ZG_LEDGER_EMPTY: nothing has happened yet, so there is nothing to export.');
  const beside = [
    { name: 'public-key.pem', text: parts.signer.publicKeyPem },
    { name: 'README.txt', text: parts.readme },
  ];
  const files = await parts.archive.copyTo(folder, last, beside);
  await parts.note(takenByCommand(parts.now(), { what: 'ledger', to: last.to, hash: last.hash }));
  return { folder, to: last.to, hash: last.hash, files };
};

const pageRows = 1_000;

/** Every row up to the newest at the start, as it is read. */
export async function* readWholeLedger(reader: LedgerReader): AsyncGenerator<LedgerRow> {
  const to = await reader.lastSeq();
  for (let after = 0; after < to;) {
    const page = await reader.rows(after, Math.min(pageRows, to - after));
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)?.seq ?? to;
  }
}
