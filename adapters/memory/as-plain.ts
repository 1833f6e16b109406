/** Made here, so nobody can have changed them since. */
const made = new WeakSet<object>();

/**
 * A value as it would be after it has been written as JSON and read again, which nobody can change: what has been through here
 * before is taken as it is, so that a state costs as much as was changed in it. Throws where JSON knows no such thing.
 */
export const asPlain = <T>(value: T): T => plainOf(value) as T;

const plainOf = (value: unknown): unknown => {
  // -0 is written as 0
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object' || value === null || made.has(value)) return value;
  const plain = Array.isArray(value) ? value.map(inList) : fieldsOf(value);
  Object.freeze(plain);
  made.add(plain);
  return plain;
};

const inList = (value: unknown): unknown => (value === undefined ? null : plainOf(value));

const fieldsOf = (value: object): object => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`not JSON: ${value.constructor.name}`);
  const plain: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) plain[name] = plainOf(field);
  return plain;
};
