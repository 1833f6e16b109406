import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A way to a service on which connections can fall silent without ending, as those of a phone in a lift do. */
export type SilentLine = {
  /** The same path by this way. */
  readonly via: (url: string) => string;
  /** What is connected now hears and says nothing more; what connects later does. */
  readonly fallSilent: () => void;
  readonly stop: () => Promise<void>;
};

export const startSilentLine = async (to: number): Promise<SilentLine> => {
  const silent = new Set<Socket>();
  const sockets = new Set<Socket>();
  const carry = (from: Socket, onto: Socket): void => {
    sockets.add(from);
    from.on('data', (bytes) => !silent.has(from) && onto.write(bytes));
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      if (!silent.has(from)) onto.destroy();
    });
  };
  const server = net.createServer((near) => {
    const far = net.connect(to, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    via: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    fallSilent: () => {
      for (const socket of sockets) silent.add(socket);
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
