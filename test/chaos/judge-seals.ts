import { join } from 'node:path';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openArchiveFiles } from '../../adapters/archive/open-files.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import { createSealer } from '../../src/app/ledger/seal-ledger.ts';
import { verifyLedger } from '../../src/app/ledger/verify-ledger.ts';
import type { LedgerStream } from '../../src/ports/ledger.ts';
import { eventually } from '../support/demo.ts';
import { patienceMs } from './pause.ts';

/** Seals the rest and checks every seal by the files and the key alone. */
export const faultsOfSeals = async (stream: LedgerStream, dataDir: string, archiveFolder: string): Promise<readonly string[]> => {
  const digests = createDigests();
  const signer = await openSigner(join(dataDir, 'keys'));
  const archive = createFileArchive({ folder: archiveFolder });
  const sealer = createSealer({ stream, archive, signer, digests, clock: { now: Date.now }, holder: 'judge' });
  await eventually(
    () => sealer.sealNow().catch((error: unknown) => ({ status: String(error) })),
    ({ status }) => status === 'sealed',
    patienceMs,
  ).catch(() => {});
  const report = await verifyLedger({ sha256: digests.sha256, isSigned: signer.isSigned }, await openArchiveFiles(archiveFolder));
  const last = await stream.lastSeal();
  return [
    ...(report.ok ? [] : report.faults.slice(0, 10).map((fault) => `seal: ${JSON.stringify(fault)}`)),
    ...(report.seals > 0 && report.to === last?.to ? [] : [`sealed to ${last?.to}, the archive goes to ${report.to}`]),
  ];
};
