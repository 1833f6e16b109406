import { useEffect, useRef, useState } from 'preact/hooks';
import { campaignFaultText } from '../../messages/campaign-fault-texts.ts';
import { pageCampaignTexts, type PageCampaignTexts } from '../../messages/page-setup-campaign-texts.ts';
import { useMay } from '../data/session.ts';
import { put } from '../logic/put.ts';
import { type Asked, readSetup, sendSetup, useLanguage } from './ask.ts';
import { Changes, memberLabel } from './campaign-changes.tsx';
import { carryOver, type Words, write } from './campaign-draft.ts';
import { fieldId } from './campaign-fields.tsx';
import { CampaignForm } from './campaign-form.tsx';
import type { Fault, Preview, View } from './campaign-types.ts';
import { NotThere } from './not-there.tsx';
import './campaign.css';

type Wish = { readonly draft: Words } | { readonly whole: Words; readonly name: string };

type Note = { readonly is: 'done' | 'moved' | 'fault'; readonly text: string };

/** The campaign as a form: every fault at its field, what would change before it does, one button. */
export const CampaignSection = () => {
  const words = pageCampaignTexts[useLanguage()];
  const [answer, setAnswer] = useState<Asked<View> | null>(null);
  const [draft, setDraft] = useState<Words>({});
  const load = async (): Promise<void> => {
    const found = await readSetup<View>('campaign');
    setAnswer(found);
    if (found.ok) setDraft(found.value.shown);
  };
  useEffect(() => void load(), []);
  const mayChange = useMay('setUp');
  if (!answer?.ok) return <NotThere answer={answer} again={() => void load()} />;
  if (!mayChange) return <Shown view={answer.value} words={words} />;
  return (
    <Editor
      view={answer.value}
      draft={draft}
      words={words}
      onDraft={setDraft}
      onView={(view, kept) => {
        setAnswer({ ok: true, value: view });
        setDraft(kept);
      }}
    />
  );
};

const unheard = (): void => undefined;

/** The same form for whoever only reads it: every field keeps its place, and takes nothing. */
const Shown = ({ view, words }: { readonly view: View; readonly words: PageCampaignTexts }) => (
  <div class="setup-section campaign-editor">
    <Source view={view} words={words} />
    <fieldset class="campaign-shown" disabled aria-label={words.shown}>
      <CampaignForm editing={{ draft: view.shown, faults: [], onChange: unheard }} />
    </fieldset>
  </div>
);

type EditorProps = {
  readonly view: View;
  readonly draft: Words;
  readonly words: PageCampaignTexts;
  readonly onDraft: (draft: Words) => void;
  readonly onView: (view: View, draft: Words) => void;
};

const Editor = ({ view, draft, words, onDraft, onView }: EditorProps) => {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [note, setNote] = useState<Note | null>(null);
  const [isBusy, setBusy] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  const latest = useRef(draft);
  latest.current = draft;
  const looks = useRef(0);
  const isEdited = JSON.stringify(draft) !== JSON.stringify(view.shown);
  useEffect(() => {
    if (preview !== null || note !== null) {
      result.current?.focus({ preventScroll: true });
      result.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [preview, note]);

  const bodyOf = (wanted: Wish): object => ('draft' in wanted ? { draft: wanted.draft } : { whole: wanted.whole });
  const look = async (wanted: Wish): Promise<void> => {
    setBusy(true);
    setNote(null);
    setWish(wanted);
    const turn = (looks.current += 1);
    const found = await sendSetup<Preview>('campaign/preview', bodyOf(wanted));
    setBusy(false);
    // of what has been changed further meanwhile
    if (turn !== looks.current) return;
    setPreview(found.ok ? found.value : null);
    if (!found.ok) setNote({ is: 'fault', text: found.why === 'lost' ? words.lost : put(words.refused, { detail: found.detail }) });
  };
  const apply = async (wanted: Wish, { version, hash }: Preview): Promise<void> => {
    setBusy(true);
    const found = await sendSetup<View>('campaign', { ...bodyOf(wanted), version, hash });
    setBusy(false);
    setPreview(null);
    if (found.ok) {
      // with what was typed while it was on its way
      onView(found.value, 'draft' in wanted ? carryOver(latest.current, wanted.draft, found.value.shown) : found.value.shown);
      setNote({ is: 'done', text: words.done });
    } else if (found.why === 'moved') {
      const now = await readSetup<View>('campaign');
      if (now.ok) onView(now.value, carryOver(latest.current, view.shown, now.value.shown));
      setNote({ is: 'moved', text: words.moved });
    } else setNote({ is: 'fault', text: found.why === 'lost' ? words.lost : put(words.refused, { detail: found.detail }) });
  };
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      await look({ whole: JSON.parse((await file.text()).replace(/^\uFEFF/, '')) as Words, name: file.name });
    } catch {
      setPreview(null);
      setNote({ is: 'fault', text: words.badJson });
    }
  };
  const editing = {
    draft,
    // of an uploaded file the form shows nothing
    faults: wish !== null && 'draft' in wish ? (preview?.faults ?? []) : [],
    onChange: (path: Parameters<typeof write>[1], value: Parameters<typeof write>[2]) => {
      onDraft(write(draft, path, value));
      looks.current += 1;
      setNote(null);
      // what is at fault stays marked until it is looked at again, what would change does not
      setPreview((shown) => (shown && shown.faults.length > 0 ? shown : null));
    },
  };
  return (
    <div class="setup-section campaign-editor">
      <p class="setup-lead">{words.lead}</p>
      <Source view={view} words={words} onFile={(file) => void takeFile(file)} />
      <CampaignForm editing={editing} />
      <div class="campaign-end" aria-live="polite">
        <div class="campaign-result" ref={result} tabIndex={-1}>
          {note && (
            <p
              class={note.is === 'done' ? 'setup-done' : note.is === 'moved' ? 'import-moved' : 'setup-fault'}
              role={note.is === 'done' ? 'status' : 'alert'}
            >
              {note.text}
            </p>
          )}
          {wish && 'whole' in wish && preview && <p>{put(words.uploaded, { name: wish.name })}</p>}
          {preview && preview.faults.length > 0 && <FaultSummary faults={preview.faults} words={words} />}
          {preview && preview.faults.length === 0 && <Changes changes={preview.changes} words={words} />}
        </div>
        <div class="setup-buttons">
          {preview && preview.faults.length === 0 && preview.changes.length > 0 && wish ? (
            <button type="button" class="main-button" disabled={isBusy} onClick={() => void apply(wish, preview)}>
              {isBusy ? words.applying : words.apply}
            </button>
          ) : (
            <button type="button" class="main-button" disabled={isBusy || !isEdited} onClick={() => void look({ draft })}>
              {isBusy ? words.previewing : words.preview}
            </button>
          )}
          {(isEdited || preview !== null) && (
            <button
              type="button"
              class="quiet-button"
              onClick={() => {
                onDraft(view.shown);
                looks.current += 1;
                setPreview(null);
                setNote(null);
              }}
            >
              {words.reset}
            </button>
          )}
        </div>
      </div>
    </div>
  );
};

type SourceProps = {
  readonly view: View;
  readonly words: PageCampaignTexts;
  /** Left out for whoever only reads. */
  readonly onFile?: (file: File | undefined) => void;
};

const textIn = ({ shown }: View, name: string): string => {
  const value = shown[name];
  return typeof value === 'string' ? value : '';
};

/** What counts, since when, and the way out and in as a whole. */
const Source = ({ view, words, onFile }: SourceProps) => {
  const at = view.changedAt?.slice(0, 16).replace('T', ' ') ?? '';
  const by = view.changedBy === undefined ? '' : put(words.source.by, { name: view.changedBy });
  const fixed = put(words.fixed, { bureau: textIn(view, 'bureau'), timeZone: textIn(view, 'timeZone') });
  return (
    <div class="campaign-source">
      <p>
        <strong>
          {view.version === 0 || view.source === 'file' ? words.source.file : put(words.source.page, { version: view.version, at, by })}
        </strong>{' '}
        {words.fileRule} {fixed}
      </p>
      <p class="campaign-files">
        <a class="quiet-button" href="api/set-up/campaign/file" download="campaign.json">
          {words.download}
        </a>
        {onFile && (
          <label class="quiet-button">
            {words.upload}
            <input
              type="file"
              class="hidden"
              accept=".json,application/json"
              onChange={(event) => {
                onFile(event.currentTarget.files?.[0]);
                event.currentTarget.value = '';
              }}
            />
          </label>
        )}
      </p>
    </div>
  );
};

const FaultSummary = ({ faults, words }: { readonly faults: readonly Fault[]; readonly words: PageCampaignTexts }) => {
  const language = useLanguage();
  const show = (name: string): void => {
    // the field itself, or the nearest around it that has one
    for (let at = name; at !== ''; at = at.replace(/(?:\.[^.[]*|\[\d+\])$|^[^.[]*$/u, '')) {
      const field = document.getElementById(fieldId(at));
      if (!field) continue;
      field.scrollIntoView({ block: 'center' });
      field.focus({ preventScroll: true });
      return;
    }
  };
  return (
    <section class="setup-fault" aria-label={put(words.faults, { count: faults.length })}>
      <p>
        <strong>{put(words.faults, { count: faults.length })}</strong>
      </p>
      <ul class="campaign-faults">
        {faults.map(({ name, problem }) => (
          <li key={`${name} ${problem}`}>
            <button type="button" class="fault-place" onClick={() => show(name)}>
              {memberLabel(name, words)}
            </button>{' '}
            {campaignFaultText(problem, language)}
          </li>
        ))}
      </ul>
    </section>
  );
};
