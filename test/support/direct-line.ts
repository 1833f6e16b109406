import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { XmlHttpRequest } from './xml-http-request.ts';

// the client is written for browsers; Node has WebSocket and fetch, but not this
Object.assign(globalThis, { XMLHttpRequest: XmlHttpRequest });

export type DirectLineUser = {
  readonly client: DirectLine;
  /** Everything received so far, in order. */
  readonly received: readonly Activity[];
  /** Resolves with the first activity, received already or to come, that fits. */
  sees(fits: (activity: Activity) => boolean): Promise<Activity>;
  says(text: string, more?: object): Promise<string>;
  end(): void;
};

export type DirectLineOptions = {
  /** `http://127.0.0.1:3978` */
  readonly origin: string;
  readonly mobile?: string;
  readonly token?: string;
  readonly conversation?: 'group';
  readonly conversationId?: string;
  readonly watermark?: string;
  readonly webSocket?: boolean;
  /** What the client says that it is, such as `WebChat/4.18.0 (Full)`. */
  readonly botAgent?: string;
};

export const fetchToken = async ({ origin, mobile, conversation }: DirectLineOptions): Promise<string> => {
  const answer = await fetch(`${origin}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: { id: mobile }, conversation }),
  });
  const body = (await answer.json()) as { token?: string };
  if (!body.token) throw new Error(`no token: ${answer.status} ${JSON.stringify(body)}`);
  return body.token;
};

/** The real client, as the page and others use it. */
export const connectDirectLine = async (options: DirectLineOptions): Promise<DirectLineUser> => {
  const token = options.token ?? (await fetchToken(options));
  const { conversationId, watermark, webSocket = true, botAgent } = options;
  const client = new DirectLine({
    token,
    domain: `${options.origin}/v3/directline`,
    webSocket,
    pollingInterval: 200,
    // also its pause after a failed attempt to come back
    timeout: 300,
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(watermark === undefined ? {} : { watermark }),
    ...(botAgent === undefined ? {} : { botAgent }),
  });
  // its own pause before a reconnect is 3 to 15 seconds
  Object.assign(client, { getRetryDelay: () => 20 });
  const received: Activity[] = [];
  const waiting = new Set<() => void>();
  const subscription = client.activity$.subscribe({
    next: (activity: Activity) => {
      received.push(activity);
      for (const look of waiting) look();
    },
    error: () => {},
  });
  return {
    client,
    received,
    sees: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = received.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    says: (text, more = {}) =>
      new Promise((resolve, reject) => {
        client.postActivity({ type: 'message', from: { id: 'whoever' }, text, ...more }).subscribe(resolve, reject);
      }),
    end: () => {
      subscription.unsubscribe();
      client.end();
    },
  };
};

export { ConnectionStatus };
