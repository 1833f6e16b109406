type Attachment = { readonly contentType: string; readonly content?: unknown; readonly contentUrl?: string; readonly name?: string };

/** A file of a message. `href` leads to the read side of this service, and nowhere else. */
export type ShownFile = { readonly href: string; readonly name: string; readonly bytes: number };

/** What of an activity the page shows. */
export type Activity = {
  readonly type: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly from: { readonly id: string; readonly role?: string };
  readonly text?: string;
  readonly value?: unknown;
  readonly attachments?: readonly Attachment[];
  readonly channelData?: {
    readonly clientActivityID?: string;
    readonly attachmentSizes?: readonly number[];
    /** The words of the button that was pressed. */
    readonly title?: string;
  };
};

export type Message = {
  readonly key: string;
  readonly isMine: boolean;
  readonly text: string;
  readonly card: object | null;
  readonly files: readonly ShownFile[];
  /** Grows with each change in place. */
  readonly edition: number;
  readonly at: string;
};

const cardType = 'application/vnd.microsoft.card.adaptive';

const cardOf = ({ attachments }: Activity): object | null => {
  const content = attachments?.find(({ contentType }) => contentType === cardType)?.content;
  return typeof content === 'object' ? content : null;
};

const ours = /^api\/files\/[\da-f]{64}(?:\?[^#]*)?$/;

const filesOf = ({ attachments = [], channelData }: Activity): readonly ShownFile[] =>
  attachments.flatMap(({ contentUrl, name = '' }, index) =>
    contentUrl !== undefined && ours.test(contentUrl)
      ? [{ href: contentUrl, name, bytes: channelData?.attachmentSizes?.[index] ?? 0 }]
      : [],
  );

const labelOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'action' in value && typeof value.action === 'string' ? value.action : '';

const isBot = ({ from }: Activity): boolean => from.role === 'bot' || from.id === 'zaigang';

const toMessage = (activity: Activity, edition: number, labels: { readonly [action: string]: string }): Message => {
  return {
    key: activity.id ?? '',
    isMine: !isBot(activity),
    // what nobody has words for is shown by its answer alone: no reader knows the names of actions
    text: activity.text ?? activity.channelData?.title ?? labels[labelOf(activity.value)] ?? '',
    card: cardOf(activity),
    files: filesOf(activity),
    edition,
    at: activity.timestamp ?? '',
  };
};

/**
 * The conversation after one more activity. A known id is changed where it stands: `messageUpdate` carries the id of
 * the message that it changes, and after a broken connection the same message may come again.
 */
export const addActivity = (
  messages: readonly Message[],
  activity: Activity,
  labels: { readonly [action: string]: string } = {},
): readonly Message[] => {
  if (activity.type !== 'message' && activity.type !== 'messageUpdate') return messages;
  const at = messages.findIndex(({ key }) => key !== '' && key === activity.id);
  const before = messages[at];
  const message = toMessage(activity, before ? before.edition + (activity.type === 'messageUpdate' ? 1 : 0) : 0, labels);
  if (message.text === '' && message.card === null && message.files.length === 0) return messages;
  return before ? messages.with(at, { ...message, at: before.at || message.at }) : [...messages, message];
};
