import type { Finding } from '../../domain/organisation/finding.ts';

/** What a workbook calls a unit, and which it may be; none where nobody knows. */
export type Unmatched = { readonly name: string; readonly candidates: readonly string[] };

/** Findings name several with this between them. */
const candidateMark = '\u3001';

/** Names in a workbook that somebody can say the units of: of a sheet that names none its own name stands for it. */
export const unmatchedIn = (findings: readonly Finding[]): readonly Unmatched[] => {
  const names = new Map<string, readonly string[]>();
  for (const { code, unit, place, params } of findings) {
    if (code === 'ZG_UNIT_UNKNOWN' && unit !== undefined) names.set(unit, []);
    if (code === 'ZG_UNIT_AMBIGUOUS' && unit !== undefined) names.set(unit, String(params?.['candidates'] ?? '').split(candidateMark));
    if (code === 'ZG_UNIT_MISSING' && place !== undefined && place.cell === '') names.set(place.sheet, []);
  }
  return [...names].map(([name, candidates]) => ({ name, candidates }));
};
