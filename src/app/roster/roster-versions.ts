import { applyOverrides } from '../../domain/roster/apply-overrides.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { DutyRole } from '../../domain/roster/roster.ts';
import type { Iso } from '../views/view-page.ts';
import type { RosterHistory } from './roster-history.ts';

export type VersionRow = {
  readonly version: number;
  readonly at: string;
  /** Who changed it, where a person did. */
  readonly actor: string | null;
  readonly by: 'plan' | 'override';
  readonly shifts: number;
  readonly overrides: number;
};

export type VersionsAnswer = { readonly ok: true; readonly versions: readonly VersionRow[] };

export type VersionAnswer =
  | {
      readonly ok: true;
      readonly version: VersionRow;
      /** As it was stood under this version. */
      readonly shifts: readonly {
        readonly post: string;
        readonly from: string;
        readonly to: string;
        readonly holders: readonly { readonly role: DutyRole; readonly name: string }[];
      }[];
    }
  | { readonly ok: false; readonly code: 'ZG_VERSION_UNKNOWN'; readonly version: number };

type Naming = { readonly organisation: Organisation; readonly iso: Iso };

const rowOf = ({ version, at, actor, by, roster }: RosterHistory['versions'][number], { organisation, iso }: Naming): VersionRow => ({
  version,
  at: iso(at),
  actor: actor === undefined ? null : (organisation.people.find(({ id }) => id === actor)?.name ?? actor),
  by,
  shifts: roster.shifts.length,
  overrides: roster.overrides?.length ?? 0,
});

/** Every version that the roster has had, oldest first. */
export const listVersions = ({ versions }: RosterHistory, naming: Naming): VersionsAnswer => ({
  ok: true,
  versions: versions.map((one) => rowOf(one, naming)),
});

/** The roster as one version had it, with the names that people have today. */
export const showVersion = ({ versions }: RosterHistory, version: number, naming: Naming): VersionAnswer => {
  const found = versions.findLast((one) => one.version === version);
  if (!found) return { ok: false, code: 'ZG_VERSION_UNKNOWN', version };
  const people = new Map(naming.organisation.people.map(({ id, name }) => [id, name]));
  const stood = applyOverrides(found.roster);
  const posts = new Map(stood.posts.map(({ id, name }) => [id, name]));
  return {
    ok: true,
    version: rowOf(found, naming),
    shifts: stood.shifts.map(({ postId, from, to, holders }) => ({
      post: posts.get(postId) ?? postId,
      from: naming.iso(from),
      to: naming.iso(to),
      holders: holders.map(({ role, personId }) => ({ role, name: people.get(personId) ?? personId })),
    })),
  };
};
