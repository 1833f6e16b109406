/** A JSON Schema as OpenAPI 3.1 has it: as much of it as our own description uses. A word that is not known here is a fault. */
export type Schema = { readonly [word: string]: unknown };

const known = new Set(
  '$ref type properties required items enum const oneOf anyOf allOf additionalProperties format minimum maximum minLength maxLength minItems maxItems pattern description default examples prefixItems'.split(
    ' ',
  ),
);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
};

const isOfType = (value: unknown, type: string): boolean => (type === 'integer' ? Number.isInteger(value) : typeOf(value) === type);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 120) ?? 'nothing';

/** What is wrong with a value, each with its path. A member that the description does not name is wrong. */
export const createValidator = (schemas: Readonly<Record<string, unknown>>) => {
  const resolve = (schema: Schema): Schema => {
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/components/schemas/', '') : undefined;
    if (name === undefined) return schema;
    const found = schemas[name];
    if (!isObject(found)) throw new Error(`there is no schema ${name}`);
    return resolve(found);
  };
  /** One schema with everything that `allOf` adds. */
  const merge = (given: Schema): Schema => {
    const { allOf, ...own } = resolve(given);
    const parts = [own, ...((allOf as readonly Schema[] | undefined) ?? []).map(merge)];
    return {
      ...Object.assign({}, ...parts),
      ...(parts.some(({ properties }) => properties)
        ? { properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as object }
        : {}),
      required: parts.flatMap(({ required }) => (required as readonly string[] | undefined) ?? []),
    };
  };
  const check = (given: Schema, value: unknown, path: string): readonly string[] => {
    const schema = merge(given);
    const strange = Object.keys(schema).find((word) => !known.has(word));
    if (strange !== undefined) return [`${path}: the description says ${strange}, which is not understood here`];
    const choices = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined;
    if (choices) {
      const faults = choices.map((choice) => check(choice, value, path));
      return faults.some((found) => found.length === 0) ? [] : (faults.toSorted((one, other) => one.length - other.length)[0] ?? []);
    }
    if ('const' in schema && !same(schema['const'], value)) return [`${path}: ${short(value)} is not ${short(schema['const'])}`];
    if (Array.isArray(schema['enum']) && !schema['enum'].some((one) => same(one, value)))
      return [`${path}: ${short(value)} is none of ${short(schema['enum'])}`];
    const types: readonly string[] = [schema['type'] ?? []].flat().map(String);
    if (types.length > 0 && !types.some((type) => isOfType(value, type))) return [`${path}: ${short(value)} is no ${types.join(' or ')}`];
    if (
      schema['format'] === 'date-time' &&
      typeof value === 'string' &&
      !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u.test(value)
    )
      return [`${path}: ${value} is no instant`];
    if (typeof schema['minimum'] === 'number' && typeof value === 'number' && value < schema['minimum'])
      return [`${path}: ${value} is less than ${schema['minimum']}`];
    if (Array.isArray(value))
      return value.flatMap((one, index) => (isObject(schema['items']) ? check(schema['items'], one, `${path}[${index}]`) : []));
    return isObject(value) ? checkMembers(schema, value, path) : [];
  };
  const checkMembers = (schema: Schema, value: Readonly<Record<string, unknown>>, path: string): readonly string[] => {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const others = schema['additionalProperties'];
    const missing = ((schema['required'] as readonly string[] | undefined) ?? [])
      .filter((name) => !(name in value))
      .map((name) => `${path}.${name}: missing`);
    // an object of which nothing is said may hold anything
    const isOpen = others === true || (others === undefined && Object.keys(properties).length === 0);
    const found = Object.entries(value).flatMap(([name, one]) => {
      const own = properties[name];
      if (isObject(own)) return check(own, one, `${path}.${name}`);
      if (isObject(others)) return check(others, one, `${path}.${name}`);
      return isOpen ? [] : [`${path}.${name}: not described`];
    });
    return [...missing, ...found];
  };
  return (schema: Schema, value: unknown): readonly string[] => check(schema, value, '$');
};
