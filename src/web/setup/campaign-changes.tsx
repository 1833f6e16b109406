import type { PageCampaignTexts } from '../../messages/page-setup-campaign-texts.ts';
import { put } from '../logic/put.ts';
import { type Json, readDuration } from './campaign-draft.ts';
import type { ChangedMember } from './campaign-types.ts';
import { PlainTable } from './plain-table.tsx';

/** `checks.posts.bands[0].fixed` in words, from the outside in. */
export const memberLabel = (member: string, words: PageCampaignTexts): string => {
  const parts = member.split(/\.|(?=\[)/u);
  return parts
    .flatMap((part, index): readonly string[] => {
      const [, no] = /^\[(\d+)\]$/u.exec(part) ?? [];
      if (no !== undefined) return [String(Number(no) + 1)];
      if (parts[0] === 'chainDays' && part === 'unit') return [words.labels['chainUnit'] ?? part];
      // what everything is in says nothing
      return part === 'checks' && index === 0 ? [] : [words.labels[part] ?? part];
    })
    .join(' · ');
};

const valueText = (value: Json, words: PageCampaignTexts): string => {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return words.nothing;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.map((one) => valueText(one as Json, words)).join(' ');
  if (typeof value === 'string') {
    const duration = readDuration(value);
    if (duration) return `${duration.count} ${words.units[duration.unit]}`;
    for (const choices of Object.values(words.choices)) if (choices[value] !== undefined) return choices[value];
    return value.replace(/^(\d{4}-\d{2}-\d{2})T/u, '$1 ');
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value, null, 1);
};

/** What would be another: before and after. */
export const Changes = ({ changes, words }: { readonly changes: readonly ChangedMember[]; readonly words: PageCampaignTexts }) =>
  changes.length === 0 ? (
    <p class="setup-done" role="status">
      {words.noChange}
    </p>
  ) : (
    <div class="setup-card campaign-changes">
      <h3>{put(words.changes, { count: changes.length })}</h3>
      <PlainTable label={put(words.changes, { count: changes.length })} columns={words.columns}>
        {changes.map(({ member, before, after }) => (
          <tr key={member}>
            <th scope="row">{memberLabel(member, words)}</th>
            <td class="is-before">{valueText(before, words)}</td>
            <td class="is-after">{valueText(after, words)}</td>
          </tr>
        ))}
      </PlainTable>
    </div>
  );
