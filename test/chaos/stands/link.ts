import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The wire before a Redis. What it says to its replicas can be held, and is then lost where it is killed. */
export type Link = {
  readonly port: number;
  /** Replicas hear nothing more, and go on saying how far they have heard. */
  readonly hold: () => void;
  readonly release: () => void;
  /** Whatever was held is lost. */
  readonly cut: () => void;
  readonly stop: () => Promise<void>;
};

/** Every replica says this before anything else that matters. */
const isReplica = (said: string): boolean => /REPLCONF|PSYNC/iu.test(said);
const introductionBytes = 2_000;

export const startLink = async (toPort: () => number): Promise<Link> => {
  const pairs = new Set<{ readonly near: Socket; readonly far: Socket; isReplication: boolean }>();
  let isHeld = false;
  const server = createServer((near) => {
    const far = connect({ port: toPort(), host: '127.0.0.1' });
    const pair = { near, far, isReplication: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', end).on('close', end);
    let introduction = '';
    const listen = (chunk: Buffer): void => {
      introduction += chunk.toString('latin1');
      if (isReplica(introduction)) pair.isReplication = true;
      if (pair.isReplication && isHeld) far.unpipe(near).pause();
      if (pair.isReplication || introduction.length > introductionBytes) near.off('data', listen);
    };
    near.on('data', listen);
    near.pipe(far);
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const replication = () => [...pairs].filter((pair) => pair.isReplication);
  return {
    port: (server.address() as AddressInfo).port,
    hold: () => {
      isHeld = true;
      for (const { near, far } of replication()) far.unpipe(near).pause();
    },
    release: () => {
      isHeld = false;
      for (const { near, far } of replication()) far.pipe(near);
    },
    cut: () => {
      isHeld = false;
      for (const { near, far } of replication()) {
        near.destroy();
        far.destroy();
      }
    },
    stop: async () => {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
};
