import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';

/** How it was known whose account it is: the platform's directory, a code sent to the phone on file, or the office's word. */
export type BindingWay = 'directory' | 'code' | 'office';

/** A platform's account and the person who speaks with it. */
export type Identity = {
  readonly channel: string;
  /** The platform's id of the account. */
  readonly account: string;
  readonly personId: PersonId;
  readonly way: BindingWay;
  /** Epoch ms. */
  readonly boundAt: number;
};

/** The accounts of one person, by channel: one each, the newest. */
export type Accounts = { readonly [channel: string]: string };

export const identityIdOf = (channel: string, account: string): string => `c${channel}:${account}`;

export const accountsIdOf = (personId: PersonId): string => `a${personId}`;

export type BindCommand = {
  readonly channel: string;
  readonly account: string;
  readonly personId: PersonId;
  readonly way: BindingWay;
  /** Who of the office did, where somebody did. */
  readonly by?: PersonId;
};

/** Whose the account was, and what the person spoke with before, as far as either is known. */
export type BoundBefore = { readonly identity: Identity | undefined; readonly account: string | undefined };

/** What binding leads to; nothing where it is bound like that already. Pure. */
export const bind = ({ channel, account, personId, way, by }: BindCommand, before: BoundBefore, now: number): readonly LedgerEvent[] => {
  const { identity } = before;
  if (identity?.personId === personId && before.account === account) return [];
  const previous = identity && identity.personId !== personId ? { previous: identity.personId } : {};
  const isMoved = before.account !== undefined && before.account !== account;
  return [
    {
      at: now,
      event: 'IdentityBound',
      channel,
      ...(by === undefined ? {} : { actor: by }),
      data: { personId, way, ...previous, isMoved },
      personal: { account, ...(isMoved ? { formerAccount: before.account } : {}) },
    },
  ];
};

/** What taking an account from somebody leads to; nothing where they have none. Pure. */
export const revoke = (
  {
    channel,
    personId,
    reason,
    by,
  }: { readonly channel: string; readonly personId: PersonId; readonly reason: string; readonly by?: PersonId },
  account: string | undefined,
  now: number,
): readonly LedgerEvent[] =>
  account === undefined
    ? []
    : [
        {
          at: now,
          event: 'IdentityRevoked',
          channel,
          ...(by === undefined ? {} : { actor: by }),
          data: { personId, reason },
          personal: { account },
        },
      ];

export const withAccount = (accounts: Accounts, channel: string, account: string): Accounts => ({ ...accounts, [channel]: account });

export const withoutAccount = (accounts: Accounts, channel: string): Accounts =>
  Object.fromEntries(Object.entries(accounts).filter(([known]) => known !== channel));
