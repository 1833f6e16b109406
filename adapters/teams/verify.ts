import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, type InvokeResponse, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { Fault } from '../../src/ports/fault.ts';

export type BotFrameworkIdentity = { readonly appId?: string; readonly appPassword?: string; readonly tenantId?: string };

/** A `CloudAdapter` whose faults are ours to answer: its own `process` prints them, and hangs on a body like `{}`. */
export class BotFrameworkAdapter extends CloudAdapter {
  constructor({ appId, appPassword, tenantId }: BotFrameworkIdentity) {
    const identity = {
      MicrosoftAppId: appId ?? '',
      MicrosoftAppPassword: appPassword ?? '',
      ...(tenantId === undefined ? {} : { MicrosoftAppTenantId: tenantId, MicrosoftAppType: 'SingleTenant' }),
    };
    super(new ConfigurationBotFrameworkAuthentication(identity));
  }

  /** Throws ZG_TOKEN_INVALID where the platform's signature does not hold; what `logic` throws comes out as it is. */
  async receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    let isVerified = false;
    try {
      return await this.processActivity(authorization, activity, async (context) => {
        isVerified = true;
        await logic(context);
      });
    } catch (error) {
      if (isVerified) throw error;
      // without Microsoft's keys nobody can be told apart: the platform should try again
      throw new Fault(isUnreachable(error) ? 'ZG_NOT_READY' : 'ZG_TOKEN_INVALID', undefined, error);
    }
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && /ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|fetch failed|FetchError/.test(`${error.name} ${error.message}`);

const Account = z.looseObject({ id: z.string().min(1).max(500), aadObjectId: z.string().max(100).optional() });

const Received = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(500).optional(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: Account,
  recipient: z.looseObject({ id: z.string() }).optional(),
  conversation: z.looseObject({ id: z.string().min(1).max(1_000), isGroup: z.boolean().nullish(), conversationType: z.string().nullish() }),
  text: z.string().max(20_000).nullish(),
  locale: z.string().max(35).nullish(),
  name: z.string().max(100).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string().nullish(), contentUrl: z.string().nullish() })).nullish(),
});

/** The botbuilder's own shape, checked where we rely on it. Throws ZG_BAD_ACTIVITY naming the field. */
export const parseActivity = (body: unknown): Activity => {
  const parsed = Received.safeParse(body);
  if (parsed.success) return parsed.data as unknown as Activity;
  const [issue] = parsed.error.issues;
  throw new Fault('ZG_BAD_ACTIVITY', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
};

/** Without an app id nobody has vouched for the address that replies would go to: it must be this machine. */
export const isLocalService = (serviceUrl: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(serviceUrl).hostname);
