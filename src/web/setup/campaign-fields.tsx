import { useState } from 'preact/hooks';
import { campaignFaultText } from '../../messages/campaign-fault-texts.ts';
import { pageCampaignTexts, type PageCampaignTexts } from '../../messages/page-setup-campaign-texts.ts';
import { put } from '../logic/put.ts';
import { useLanguage } from './ask.ts';
import {
  type DurationUnit,
  durationUnits,
  type Json,
  nameOf,
  type Path,
  read,
  readDuration,
  type Words,
  writeDuration,
} from './campaign-draft.ts';
import type { FieldSpec } from './campaign-spec.ts';
import type { Fault } from './campaign-types.ts';

export type Editing = {
  readonly draft: Words;
  readonly faults: readonly Fault[];
  readonly onChange: (path: Path, value: Json | undefined) => void;
};

export const fieldId = (name: string): string => `campaign-${name.replaceAll(/[^\w-]/g, '-')}`;

/** Of the field itself, or of something inside it that has no field of its own. */
const faultsOf = (faults: readonly Fault[], name: string): readonly Fault[] =>
  faults.filter((fault) => fault.name === name || fault.name.startsWith(`${name}[`) || fault.name.startsWith(`${name}.`));

/** What a field is called: of an hour also which hours. */
export const labelOf = ({ path, label }: Pick<FieldSpec, 'path' | 'label'>, words: PageCampaignTexts): string => {
  const [of, end] = (label ?? '').split(' ');
  if (end !== undefined) return `${words.labels[of ?? ''] ?? of} ${words.labels[end] ?? end}`;
  const last = label ?? String(path.at(-1));
  return words.labels[last] ?? last;
};

type FieldProps = { readonly spec: FieldSpec; readonly base?: Path; readonly editing: Editing; readonly of?: string };

/** One member with its name, what it is, and what is wrong with it. `of`: whose it is, for whoever hears it alone. */
export const Field = ({ spec, base = [], editing, of }: FieldProps) => {
  const language = useLanguage();
  const words = pageCampaignTexts[language];
  const path = [...base, ...spec.path];
  const name = nameOf(path);
  const found = faultsOf(editing.faults, name);
  const label = labelOf(spec, words);
  const common: InputProps = {
    id: fieldId(name),
    value: read(editing.draft, path),
    label: of === undefined ? label : `${of} ${label}`,
    isBad: found.length > 0,
    words,
    spec,
    onValue: (value) => editing.onChange(path, value),
  };
  return (
    <div class={`field field-${spec.kind} ${found.length > 0 ? 'has-fault' : ''}`}>
      <label for={common.id}>
        {of !== undefined && <span class="hidden">{of} </span>}
        {label}
      </label>
      <Input {...common} />
      {found.length > 0 && (
        <ul class="field-faults" id={`${common.id}-fault`}>
          {found.map((fault) => (
            <li key={fault.problem}>{campaignFaultText(fault.problem, language)}</li>
          ))}
        </ul>
      )}
    </div>
  );
};

type InputProps = {
  readonly id: string;
  readonly value: Json | undefined;
  readonly label: string;
  readonly isBad: boolean;
  readonly words: PageCampaignTexts;
  readonly spec: FieldSpec;
  readonly onValue: (value: Json | undefined) => void;
};

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

const stateOf = ({ id, isBad }: InputProps) => (isBad ? { 'aria-invalid': true, 'aria-describedby': `${id}-fault` } : {});

const Input = (props: InputProps) => {
  const { id, value, words, spec, onValue } = props;
  const state = stateOf(props);
  switch (spec.kind) {
    case 'duration':
      return <DurationInput {...props} />;
    case 'durations':
      return <DurationsInput {...props} />;
    case 'json':
      return <JsonInput {...props} />;
    case 'list':
      return <ListInput {...props} />;
    case 'yesNo':
      return (
        <select id={id} {...state} value={String(value === true)} onChange={(event) => onValue(event.currentTarget.value === 'true')}>
          <option value="true">{words.yes}</option>
          <option value="false">{words.no}</option>
        </select>
      );
    case 'choice':
      return (
        <select id={id} {...state} value={textOf(value)} onChange={(event) => onValue(event.currentTarget.value)}>
          {Object.entries(words.choices[spec.choices ?? ''] ?? {}).map(([choice, word]) => (
            <option key={choice} value={choice}>
              {word}
            </option>
          ))}
        </select>
      );
    case 'number':
    case 'days':
      return <NumberInput {...props} />;
    default:
      return <TextInput {...props} />;
  }
};

const TextInput = (props: InputProps) => {
  const { id, value, spec, onValue } = props;
  const common = {
    id,
    ...stateOf(props),
    value: textOf(value),
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => {
      const text = event.currentTarget.value;
      onValue(text === '' && spec.isOptional === true ? undefined : text);
    },
  };
  if (spec.kind === 'moment') return <input {...common} type="datetime-local" />;
  return spec.kind === 'time' ? (
    <input {...common} type="text" inputMode="numeric" placeholder="08:30" />
  ) : (
    <input {...common} type="text" />
  );
};

/** Empty where the level is not there, or as whoever fills it in has left it. */
const NumberInput = (props: InputProps) => {
  const { id, value, spec, onValue } = props;
  const none = spec.kind === 'days' && spec.label === undefined ? null : '';
  return (
    <input
      id={id}
      {...stateOf(props)}
      type="number"
      step="any"
      value={textOf(value)}
      onInput={(event) => onValue(event.currentTarget.value === '' ? none : Number(event.currentTarget.value))}
    />
  );
};

/** A number and its unit; one that is written in another way stays as it is written. */
const DurationInput = (props: InputProps) => {
  const { id, value, label, words, spec, onValue } = props;
  const parsed = readDuration(textOf(value));
  const [unit, setUnit] = useState<DurationUnit>(parsed?.unit ?? 'PT_M');
  const shown = parsed?.unit ?? unit;
  const count = parsed ? String(parsed.count) : textOf(value).replaceAll(/[^\d.]/g, '');
  return (
    <span class="duration">
      <input
        id={id}
        {...stateOf(props)}
        {...(spec.kind === 'durations' ? { 'aria-label': label } : {})}
        type="number"
        min={0}
        step="any"
        value={count}
        onInput={(event) => onValue(writeDuration(event.currentTarget.value, shown))}
      />
      <select
        aria-label={put(words.unitOf, { label })}
        value={shown}
        onChange={(event) => {
          const next = event.currentTarget.value as DurationUnit;
          setUnit(next);
          onValue(writeDuration(count, next));
        }}
      >
        {durationUnits.map((each) => (
          <option key={each} value={each}>
            {words.units[each]}
          </option>
        ))}
      </select>
    </span>
  );
};

const DurationsInput = (props: InputProps) => {
  const { id, value, label, words, onValue } = props;
  const list = Array.isArray(value) ? (value as readonly Json[]) : [];
  return (
    <span class="durations">
      {list.map((one, index) => (
        <span class="duration-row" key={index}>
          <DurationInput
            {...props}
            id={index === 0 ? id : `${id}-${index}`}
            label={`${label} ${index + 1}`}
            value={one}
            onValue={(next) => onValue(list.with(index, next ?? ''))}
          />
          <button
            type="button"
            class="quiet-button"
            aria-label={put(words.removeOf, { name: `${label} ${index + 1}` })}
            onClick={() => onValue(list.toSpliced(index, 1))}
          >
            {words.remove}
          </button>
        </span>
      ))}
      <button type="button" class="quiet-button" {...(list.length === 0 ? { id } : {})} onClick={() => onValue([...list, 'PT1H'])}>
        {words.add}
      </button>
    </span>
  );
};

const mostLines = 5;
const lineLetters = 22;

/** Texts with spaces between them. What is typed stays as it is typed while it is. */
const ListInput = (props: InputProps) => {
  const { id, value, words, onValue } = props;
  const list = Array.isArray(value) ? (value as readonly Json[]).map(String) : [];
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <textarea
      id={id}
      {...stateOf(props)}
      rows={Math.min(mostLines, Math.max(1, Math.ceil(list.join(' ').length / lineLetters)))}
      title={words.listHint}
      value={typed ?? list.join(' ')}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        onValue(event.currentTarget.value.split(/[\s,，、;；]+/u).filter((part) => part !== ''));
      }}
      onBlur={() => setTyped(null)}
    />
  );
};

/** What is no JSON yet is kept as the text that it is, and is at fault. */
const JsonInput = (props: InputProps) => {
  const { id, value, onValue } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <textarea
      id={id}
      {...stateOf(props)}
      class="json"
      rows={6}
      spellcheck={false}
      value={typed ?? JSON.stringify(value ?? null, null, 2)}
      onInput={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        try {
          onValue(JSON.parse(text) as Json);
        } catch {
          onValue(text);
        }
      }}
    />
  );
};
