import { setUpRulePaths, setUpRuleSchemas } from './openapi-set-up-rules.ts';
import { checklistSteps } from '../../src/domain/setting-up/checklist.ts';

/** What lies below `/api/set-up`, for the office; `set-up.ts` registers it. */

type Parts = {
  readonly get: (summary: string, parameters: readonly object[], success: object) => object;
  readonly post: (summary: string, body: object, success: { readonly [status: string]: object }) => object;
  readonly query: (name: string, description: string, schema: object) => object;
  readonly json: (schema: object) => object;
  readonly binary: (type: string) => object;
  readonly ref: (name: string) => object;
};

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const whole = { type: 'integer' };
const object = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  required,
  properties,
});
const list = (properties: object, required?: readonly string[]): object => ({ type: 'array', items: object(properties, required) });

const words = { type: 'object', additionalProperties: true, description: 'A campaign in the words of its file.' };
const wish = {
  oneOf: [
    object({ draft: { ...words, description: 'What was shown, edited: only what is another is taken from it.' } }),
    object({ whole: { ...words, description: 'A whole campaign file.' } }),
  ],
};
const fault = { name: { ...text, description: 'The path of the member.' }, problem: text, example: text };
const found = { sheet: text, row: whole, cell: text, code: text, message: text, date: text, unit: text, person: text };
const foundRequired = ['sheet', 'row', 'cell', 'code', 'message'];
const map = { type: 'object', additionalProperties: text, description: 'What the workbook calls a unit, to the name of that unit.' };
const kept = {
  sha256: { ...text, pattern: '^[0-9a-f]{64}$' },
  name: text,
  year: whole,
  map,
  lang: { enum: ['zh-CN', 'en'], default: 'zh-CN' },
};
const holders = list({ name: text, role: text });
const shift = { type: { enum: ['added', 'changed', 'gone'] }, from: text, to: text, before: holders, after: holders };
const posts = { postId: text, post: text, unit: text, added: whole, changed: whole, gone: whole, shifts: list(shift) };
const people = list({ name: text, unit: text, role: text });

export const setUpSchemas: { readonly [name: string]: object } = {
  ...setUpRuleSchemas,
  Checklist: object({
    lines: list({
      step: { enum: checklistSteps },
      state: { enum: ['done', 'look', 'todo', 'unknown'] },
      about: text,
      counts: { type: 'object', additionalProperties: whole },
      names: texts,
    }),
    done: whole,
    all: whole,
  }),
  Campaign: object(
    {
      version: { ...whole, description: '0 while the file alone counts.' },
      source: { enum: ['page', 'file'] },
      changedAt: { ...text, format: 'date-time' },
      changedBy: text,
      shown: { ...words, description: 'With everything said that was left out.' },
    },
    ['version', 'source', 'shown'],
  ),
  CampaignPreview: object({
    version: whole,
    faults: list(fault, ['name', 'problem']),
    changes: list({ member: text, before: {}, after: {} }),
    hash: { ...text, description: 'To apply exactly this; empty with a fault.' },
  }),
  ImportsMade: object({
    version: whole,
    imports: list({
      id: text,
      kind: { enum: ['roster', 'contacts'] },
      name: { ...text, description: 'What the workbook was called.' },
      at: { ...text, format: 'date-time' },
      by: text,
      until: { ...text, format: 'date-time', description: 'Until then it can be taken back.' },
      posts: texts,
      shifts: { oneOf: [object({ added: whole, changed: whole, gone: whole }), { type: 'null' }] },
      told: { ...whole, description: 'How many people would be told.' },
      refusal: { enum: ['begun', 'changedSince', 'broken', null] },
    }),
  }),
  ImportPreview: object(
    {
      sha256: text,
      name: text,
      kind: { enum: ['roster', 'contacts', null] },
      version: whole,
      digest: { ...text, description: 'To apply exactly this; empty with a fault.' },
      errors: list(found, foundRequired),
      warnings: list(found, foundRequired),
      sheets: list({
        name: text,
        columns: texts,
        rows: list({ row: whole, cells: list({ cell: text, text, master: text }, ['cell', 'text']) }),
        left: whole,
      }),
      roster: object({ posts: list(posts), left: whole, doubled: list({ person: text, post: text, at: text }) }),
      contacts: object({ units: texts, people: object({ added: texts, changed: texts }), opened: people, closed: people }),
      told: { ...whole, description: 'How many people are told what it changes for them.' },
      isSame: { type: 'boolean', description: 'It says what is there already.' },
      unmatched: {
        ...list({ name: text, candidates: texts }),
        description: 'What it calls units by that nobody knows, and which each may be; `map` says it.',
      },
      units: { ...texts, description: 'While there are any: what can be said for them.' },
    },
    ['sha256', 'name', 'kind', 'version', 'digest', 'errors', 'warnings', 'sheets', 'told', 'isSame', 'unmatched', 'units'],
  ),
};

const upload = (parts: Parts): object => {
  const asked = [
    parts.query('name', 'What the file is called; a year may stand in it.', text),
    parts.query('year', 'Of dates that name none.', whole),
    parts.query('lang', 'Of what is said about faults.', kept.lang),
  ];
  const { post } = parts.post(
    'Shows what a workbook would change, or all of its faults by cell; changes nothing',
    {},
    {
      '200': { description: 'What it is', ...parts.json(parts.ref('ImportPreview')) },
    },
  ) as { readonly post: object };
  const body = { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
  return { post: { ...post, parameters: asked, requestBody: body } };
};

export const setUpPaths = (parts: Parts): { readonly [path: string]: object } => {
  const { get, post, json, ref } = parts;
  const ok = (description: string, schema: object): { readonly [status: string]: object } => ({ '200': { description, ...json(schema) } });
  return {
    ...setUpRulePaths,
    '/api/set-up/checklist': get('How far setting up has come, found out from facts', [], json(ref('Checklist'))),
    '/api/set-up/campaign': {
      ...get('The campaign as it counts', [], json(ref('Campaign'))),
      ...post(
        'Makes a change of the campaign count, exactly as it was previewed',
        { allOf: [wish, object({ version: whole, hash: text })] },
        ok('It counts', ref('Campaign')),
      ),
    },
    '/api/set-up/campaign/preview': post(
      'What a change would make another, or all of its faults',
      wish,
      ok('What it is', ref('CampaignPreview')),
    ),
    '/api/set-up/campaign/file': get('The campaign as it counts, as a campaign file; in the ledger', [], json(words)),
    '/api/set-up/imports': {
      ...get('Lists that were imported and may be taken back', [], json(ref('ImportsMade'))),
      ...upload(parts),
    },
    '/api/set-up/imports/undo': post(
      'Takes an import back, exactly as it was shown; 409 where that cannot be any more',
      object({ id: text, version: whole }),
      ok('It is as it was', object({ told: whole })),
    ),
    '/api/set-up/imports/again': post(
      'Shows a workbook that was handed in once more, as things stand now',
      object(kept, ['sha256', 'name']),
      ok('What it is', ref('ImportPreview')),
    ),
    '/api/set-up/imports/apply': post(
      'Applies a workbook exactly as it was shown; 409 where somebody has changed the lists since',
      object({ ...kept, version: whole, digest: text }, ['sha256', 'name', 'version', 'digest']),
      ok('It counts', object({ kind: { enum: ['roster', 'contacts'] }, told: whole, version: whole })),
    ),
  };
};
