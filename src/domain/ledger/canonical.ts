import type { Json } from './event.ts';

/**
 * JSON with sorted keys and no spaces: one value has one text, so that a hash of the text is a hash of the value.
 * Keys are compared by UTF-16 code units, as in RFC 8785.
 */
export const canonicalJson = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields: string[] = [];
  for (const key of Object.keys(value).toSorted()) {
    const field = value[key];
    if (field !== undefined) fields.push(`${JSON.stringify(key)}:${canonicalJson(field)}`);
  }
  return `{${fields.join(',')}}`;
};

// Array.isArray does not narrow a readonly array away from the other side of the union
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
