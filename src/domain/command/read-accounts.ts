/** What the office says about whose accounts are whose, and about trying a channel. */
export type AccountsAct = 'code' | 'bind' | 'revoke' | 'list' | 'test';

export type AccountsSaid = {
  readonly act: AccountsAct;
  /** By the name that the product knows it by. */
  readonly channel?: string;
  /** As it was written: platforms tell capitals apart. */
  readonly account?: string;
  /** Somebody whom the campaign does not know. */
  readonly name?: string;
};

export type AccountWords = {
  /** Whatever has none of these is about something else. */
  readonly gate: RegExp;
  /** How the bot is spoken to in a group. */
  readonly mention: RegExp;
  readonly channels: readonly { readonly channel: string; readonly when: RegExp }[];
  /**
   * Of a whole message, anchored, in which the person's name and the channel's have become spaces; the groups `account`
   * and `name` say what else stands there.
   */
  readonly acts: readonly { readonly act: AccountsAct; readonly when: RegExp }[];
};

/** An account's id is long, and so is what is said of it; nothing else of this kind is. */
const longestText = 300;

const cutOut = (text: string, at: number, length: number): string => `${text.slice(0, at)} ${text.slice(at + length)}`;

const withoutName = (text: string, name: string | undefined): string => {
  const at = name === undefined ? -1 : text.toLowerCase().indexOf(name.toLowerCase());
  return at < 0 ? text : cutOut(text, at, name!.length);
};

const channelIn = (text: string, { channels }: AccountWords) => {
  const found = channels.flatMap(({ channel, when }) => {
    const match = when.exec(text);
    return match ? [{ channel, at: match.index, length: match[0].length }] : [];
  });
  return found.toSorted((one, other) => one.at - other.at)[0];
};

/** `name`: of the person of the campaign who is named in it. */
export const readAccounts = (text: string, name: string | undefined, words: AccountWords): AccountsSaid | undefined => {
  if (text.length > longestText || !words.gate.test(text)) return undefined;
  const plain = withoutName(
    text
      .normalize('NFKC')
      .trim()
      .replace(words.mention, '')
      .replace(/[\s.!\u3002]+$/u, ''),
    name,
  );
  const named = channelIn(plain, words);
  const rest = (named ? cutOut(plain, named.at, named.length) : plain)
    .replaceAll(/[\s,\u3001]+|(?<=[\p{Script=Han} ]):/gu, ' ')
    .replaceAll(/ +/gu, ' ')
    .trim();
  for (const { act, when } of words.acts) {
    const match = when.exec(rest);
    if (!match) continue;
    const { account, name: stranger } = match.groups ?? {};
    return {
      act,
      ...(named ? { channel: named.channel } : {}),
      ...(account ? { account } : {}),
      ...(stranger && name === undefined ? { name: stranger } : {}),
    };
  }
  return undefined;
};
