import { type Access, stampOf } from '../../domain/access/access.ts';
import { accessOf } from '../../domain/access/held-roles.ts';
import type { Json } from '../../domain/ledger/event.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { Fault } from '../../ports/fault.ts';
import type { LinkSigner } from '../../ports/links.ts';
import type { KeptSession, Sessions, SignInWay } from '../../ports/sessions.ts';
import type { World } from '../world.ts';
import { type LinkClaim, linkLifeMs, readLinkToken } from './sign-in-link.ts';

/** Real ms. */
export type SessionRules = {
  /** Ended after so long without a request. */
  readonly idleMs: number;
  /** Ended so long after it began, whatever happens in it. */
  readonly mostMs: number;
};

export type LinkRefusal = 'used' | 'expired' | 'unknown' | 'noRole' | 'otherPerson';

export type LinkState =
  /** Opens for whoever presses the button; `name` is theirs. */
  { readonly state: 'ready'; readonly name: string } | { readonly state: LinkRefusal };

export type Entered = { readonly state: 'in'; readonly secret: string } | { readonly state: LinkRefusal };

export type SignInDeps = {
  readonly world: World;
  readonly sessions: Sessions;
  readonly signer: LinkSigner;
  /** Real epoch ms. */
  readonly realNow: () => number;
  readonly rules: SessionRules;
};

/** How whoever has left had come in, with what the house's own sign-in had given them; undefined where the session was over. */
export type Left = { readonly way: SignInWay; readonly proof?: string } | undefined;

/** Real epoch ms, and real ms. */
export type Lasting = {
  readonly beganAt: number;
  /** Whatever happens in it. */
  readonly endsAt: number;
  /** After so long without a request. */
  readonly idleMs: number;
  /** On how many devices they are signed in, this one included. */
  readonly devices: number;
};

export type SignInDoor = {
  /** What a link would do for whoever holds this session; uses nothing up, for previews of links come here too. */
  readonly look: (token: string, secret: string | undefined) => Promise<LinkState>;
  /** Uses the link up. Of many at once one comes in. */
  readonly open: (token: string, secret: string | undefined) => Promise<Entered>;
  /** Somebody whom the house's own sign-in has named; undefined where they are nothing here. */
  readonly enter: (personId: PersonId, secret: string | undefined, proof?: string) => Promise<string | undefined>;
  readonly refuse: (way: SignInWay, reason: string, personId?: PersonId) => Promise<void>;
  /** Throws ZG_SIGNED_OUT where the session is over. */
  readonly who: (secret: string) => Promise<Access>;
  /** Whether the session of this key still lasts. */
  readonly lasts: (key: string) => Promise<boolean>;
  readonly keyOf: (secret: string) => string;
  readonly leave: (secret: string) => Promise<Left>;
  /** Ends every session of whoever holds this one, and makes links that they have not used void. */
  readonly leaveEverywhere: (secret: string) => Promise<Left>;
  /** How long the session lasts; undefined where it is over. */
  readonly lasting: (secret: string) => Promise<Lasting | undefined>;
};

/** A request says that somebody is there; writing it down each time would cost more than it tells. */
const touchMs = 30_000;
/** What is over is kept a little longer, so that it can be said why. */
const tellMs = 3_600_000;

type Ending = 'asked' | 'everywhere' | 'idle' | 'over' | 'left' | 'roleChanged' | 'replaced';

export const createSignInDoor = ({ world, sessions, signer, realNow, rules }: SignInDeps): SignInDoor => {
  const auditors = () => new Set(world.settings.auditors);
  const { secrets, store, clock } = world;
  const keyOf = (secret: string): string => secrets.sha256(`session ${secret}`);
  const usedName = ({ nonce }: LinkClaim): string => `link:${secrets.sha256(nonce)}`;
  const proofName = (key: string): string => `proof:${key}`;
  const voidName = (personId: PersonId): string => `links-of:${personId}`;
  const accessNow = (personId: PersonId): Access | undefined => accessOf(world.directory, personId, clock.now(), auditors());
  const keepMs = (): number => Math.min(rules.idleMs, rules.mostMs) + tellMs;

  const tell = async (
    event: 'SignedIn' | 'SignInRefused' | 'SignedOut',
    personId: PersonId | undefined,
    data: { readonly [key: string]: Json },
  ): Promise<void> =>
    store.append([{ at: clock.now(), event, channel: 'page', data, ...(personId === undefined ? {} : { actor: personId }) }]);

  const end = async (key: string, { personId, way }: KeptSession, reason: Ending): Promise<void> => {
    // of several requests that find it over, one tells
    if (await sessions.end(key, personId)) await tell('SignedOut', personId, { way, reason });
  };

  const endingOf = (session: KeptSession): Ending | undefined => {
    const now = realNow();
    if (now - session.beganAt >= rules.mostMs) return 'over';
    if (now - session.seenAt >= rules.idleMs) return 'idle';
    const access = accessNow(session.personId);
    if (!access) return 'left';
    return stampOf(access) === session.stamp ? undefined : 'roleChanged';
  };

  /** Undefined for one that is over; it is ended then. */
  const readOpen = async (key: string): Promise<KeptSession | undefined> => {
    const session = await sessions.read(key);
    if (!session) return undefined;
    const ending = endingOf(session);
    if (ending === undefined) return session;
    await end(key, session, ending);
    return undefined;
  };

  const left = async (key: string, { way }: KeptSession): Promise<Left> => {
    const proof = await sessions.take(proofName(key));
    return { way, ...(proof === undefined ? {} : { proof }) };
  };

  const holder = async (secret: string | undefined): Promise<PersonId | undefined> =>
    secret === undefined ? undefined : (await readOpen(keyOf(secret)))?.personId;

  /** Always a new secret: one that somebody had planted before opens nothing. */
  const begin = async (personId: PersonId, way: SignInWay, before: string | undefined, proof?: string): Promise<string | undefined> => {
    const access = accessNow(personId);
    if (!access) return undefined;
    if (before !== undefined) {
      const old = await readOpen(keyOf(before));
      if (old) await end(keyOf(before), old, 'replaced');
    }
    const [secret, now] = [secrets.newSeed(), realNow()];
    await sessions.begin(keyOf(secret), { personId, way, stamp: stampOf(access), beganAt: now, seenAt: now }, keepMs());
    if (proof !== undefined) await sessions.put(proofName(keyOf(secret)), proof, rules.mostMs);
    await tell('SignedIn', personId, { way, roles: access.held.map(({ role }) => role) });
    return secret;
  };

  /** When somebody signed out everywhere last, links that were given before are void. */
  const isVoid = async ({ personId, untilAt }: LinkClaim): Promise<boolean> => {
    const voidAt = await sessions.look(voidName(personId));
    return voidAt !== undefined && untilAt - linkLifeMs <= Number(voidAt);
  };

  const judge = async (claim: LinkClaim | undefined, secret: string | undefined): Promise<LinkRefusal | undefined> => {
    if (!claim) return 'unknown';
    if (await sessions.isUsedUp(usedName(claim))) return 'used';
    if (realNow() >= claim.untilAt || (await isVoid(claim))) return 'expired';
    if (!accessNow(claim.personId)) return 'noRole';
    const here = await holder(secret);
    return here !== undefined && here !== claim.personId ? 'otherPerson' : undefined;
  };

  const useUp = async (claim: LinkClaim): Promise<LinkRefusal | undefined> => {
    const isFirst = await sessions.useUp(usedName(claim), Math.max(0, claim.untilAt - realNow()) + tellMs);
    return isFirst ? undefined : 'used';
  };

  return {
    keyOf,
    look: async (token, secret) => {
      const claim = readLinkToken(signer, token);
      const refusal = await judge(claim, secret);
      if (refusal !== undefined || !claim) return { state: refusal ?? 'unknown' };
      return { state: 'ready', name: world.directory.people.get(claim.personId)?.name ?? '' };
    },
    open: async (token, secret) => {
      const claim = readLinkToken(signer, token);
      const refusal = (await judge(claim, secret)) ?? (claim && (await useUp(claim)));
      if (refusal !== undefined || !claim) {
        // what anybody could have typed is no event: the ledger would be theirs to fill
        if (claim) await tell('SignInRefused', claim.personId, { way: 'link', reason: refusal ?? 'unknown' });
        return { state: refusal ?? 'unknown' };
      }
      const begun = await begin(claim.personId, 'link', secret);
      return begun === undefined ? { state: 'noRole' } : { state: 'in', secret: begun };
    },
    enter: async (personId, secret, proof) => begin(personId, 'openId', secret, proof),
    refuse: (way, reason, personId) => tell('SignInRefused', personId, { way, reason }),
    who: async (secret) => {
      const key = keyOf(secret);
      const session = await readOpen(key);
      const access = session && accessNow(session.personId);
      if (!session || !access) throw new Fault('ZG_SIGNED_OUT');
      if (realNow() - session.seenAt >= Math.min(touchMs, rules.idleMs / 4)) {
        await sessions.touch(key, { ...session, seenAt: realNow() }, keepMs());
      }
      return access;
    },
    lasts: async (key) => (await readOpen(key)) !== undefined,
    leave: async (secret) => {
      const key = keyOf(secret);
      const session = await readOpen(key);
      if (!session) return undefined;
      await end(key, session, 'asked');
      return left(key, session);
    },
    leaveEverywhere: async (secret) => {
      const key = keyOf(secret);
      const session = await readOpen(key);
      if (!session) return undefined;
      const { personId, way } = session;
      await sessions.put(voidName(personId), String(realNow()), linkLifeMs);
      const count = await sessions.endAll(personId);
      await tell('SignedOut', personId, { way, reason: 'everywhere', sessions: count });
      return left(key, session);
    },
    lasting: async (secret) => {
      const session = await readOpen(keyOf(secret));
      if (!session) return undefined;
      const { beganAt, personId } = session;
      return { beganAt, endsAt: beganAt + rules.mostMs, idleMs: rules.idleMs, devices: await sessions.countOf(personId) };
    },
  };
};
