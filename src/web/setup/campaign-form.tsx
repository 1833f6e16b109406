import { pageCampaignTexts } from '../../messages/page-setup-campaign-texts.ts';
import { put } from '../logic/put.ts';
import { useLanguage } from './ask.ts';
import { type Json, nameOf, type Path, read } from './campaign-draft.ts';
import { type Editing, Field, fieldId } from './campaign-fields.tsx';
import { campaignGroups, freshOf, type GroupSpec, type PartSpec } from './campaign-spec.ts';

/** Every member that offices change, in groups. */
export const CampaignForm = ({ editing }: { readonly editing: Editing }) => (
  <div class="campaign-groups">
    {campaignGroups.map((group) => (
      <Group key={group.name} group={group} editing={editing} />
    ))}
  </div>
);

const isWithin = (path: Path, outer: Path): boolean => outer.every((part, index) => path[index] === part);

const Group = ({ group, editing }: { readonly group: GroupSpec; readonly editing: Editing }) => {
  const words = pageCampaignTexts[useLanguage()];
  const { name, fields, rows, parts = [] } = group;
  const title = (words.groups as { readonly [name: string]: string })[name] ?? name;
  const hint = words.hints[name];
  const isThere = ({ path }: PartSpec): boolean => (read(editing.draft, path) ?? null) !== null;
  const isShown = (path: Path): boolean => parts.every((part) => !isWithin(path, part.path) || isThere(part));
  const shown = fields.filter(({ path }) => isShown(path));
  return (
    <fieldset class="campaign-group">
      <legend>{title}</legend>
      {hint !== undefined && <p class="import-hint">{hint}</p>}
      {parts
        .filter(({ path }) => isShown(path.slice(0, -1)))
        .map((part) => (
          <label class="campaign-switch" key={nameOf(part.path)}>
            <input
              type="checkbox"
              checked={isThere(part)}
              onChange={(event) =>
                editing.onChange(part.path, event.currentTarget.checked ? freshOf[part.fresh] : part.off === 'null' ? null : undefined)
              }
            />
            {words.labels[String(part.path.at(-1))]}
          </label>
        ))}
      {rows && <Rows rows={rows} editing={editing} title={title} />}
      {shown.length > 0 && (
        <div class="campaign-fields">
          {shown.map((spec) => (
            <Field key={spec.path.join('.')} spec={spec} editing={editing} of={title} />
          ))}
        </div>
      )}
    </fieldset>
  );
};

type RowsProps = { readonly rows: NonNullable<GroupSpec['rows']>; readonly editing: Editing; readonly title: string };

const Rows = ({ rows: { path, title, fields, fresh }, editing, title: of }: RowsProps) => {
  const words = pageCampaignTexts[useLanguage()];
  const value = read(editing.draft, path);
  const list = Array.isArray(value) ? (value as readonly Json[]) : [];
  return (
    <div class="campaign-rows" id={fieldId(path.join('.'))} tabIndex={-1}>
      {list.map((_, index) => {
        const name = put(words[title], { no: index + 1 });
        return (
          <div class="campaign-row" role="group" aria-label={`${of} ${name}`} key={index}>
            <p class="campaign-row-head">
              <strong>{name}</strong>
              <button
                type="button"
                class="quiet-button"
                aria-label={put(words.removeOf, { name: `${of} ${name}` })}
                onClick={() => editing.onChange(path, list.toSpliced(index, 1))}
              >
                {words.remove}
              </button>
            </p>
            <div class="campaign-fields">
              {fields.map((spec) => (
                <Field key={spec.path.join('.')} spec={spec} base={[...path, index]} editing={editing} of={`${of} ${name}`} />
              ))}
            </div>
          </div>
        );
      })}
      <button type="button" class="quiet-button" onClick={() => editing.onChange(path, [...list, freshOf[fresh]])}>
        {words.add}
      </button>
    </div>
  );
};
