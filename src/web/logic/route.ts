/** What the address says is looked at, so that it can be kept, sent and gone back from. */
export const detailKinds = ['post', 'unit', 'person', 'obligation', 'item', 'shift', 'handover'] as const;

export type Detail = { readonly kind: (typeof detailKinds)[number]; readonly id: string };

export const hrefOf = ({ kind, id }: Detail): string => `#/${kind}/${encodeURIComponent(id)}`;

/** The view of figures, instead of the wall. */
export const figuresHref = '#/figures';

/** The same, with what counts against one unit. */
export const missesHref = (unitId: string): string => `${figuresHref}/${encodeURIComponent(unitId)}`;

/** Null where the address is about something else; `unitId` null where it names no unit. */
export const readFigures = (hash: string): { readonly unitId: string | null } | null => {
  const [, id] = /^#\/figures(?:\/([a-z]\d{1,9}))?$/.exec(hash) ?? [];
  return id === undefined && hash !== figuresHref ? null : { unitId: id ?? null };
};

/** The wall alone, for a screen that nobody sits before. */
export const bigHref = '#/wall';

/** The room for setting up has a page for each of these. */
export const setupSections = ['start', 'campaign', 'import', 'policies', 'channels'] as const;
export type SetupSection = (typeof setupSections)[number];

export const setupHref = (section: SetupSection): string => `#/setup/${section}`;

/** Null where the address is about something else; one that names no section is about the first. */
export const readSetup = (hash: string): SetupSection | null => {
  const [, named] = /^#\/setup(?:\/([a-z]*))?$/.exec(hash) ?? [];
  if (named === undefined && hash !== '#/setup') return null;
  return setupSections.find((each) => each === named) ?? 'start';
};

/** Null where the address names nothing to look at closely. */
export const readDetail = (hash: string): Detail | null => {
  const [, kind, id] = /^#\/([a-z]+)\/([^/]+)$/.exec(hash) ?? [];
  const known = detailKinds.find((each) => each === kind);
  if (known === undefined || id === undefined) return null;
  try {
    return { kind: known, id: decodeURIComponent(id) };
  } catch {
    return null;
  }
};

/** Posts, units and people by the first letter of their ids. */
export const subjectHref = (subject: string): string | null => {
  const kind = ({ p: 'post', u: 'unit', m: 'person' } as const)[subject.slice(0, 1)];
  return kind === undefined ? null : hrefOf({ kind, id: subject });
};
