const hidden = '[hidden]';

/** Fields that hold secrets, or what a person is called, reached at or has written. */
const hiddenKeys =
  /^(?:.*(?:password|secret|token|authorization|cookie|credential|privatekey)|seed|mobile|phone|landline|email|text|personal)$/i;

/** Mobile numbers and e-mail addresses as people write them, and the login in an address. */
const digit = String.raw`[\d\uFF10-\uFF19]`;
const parted = String.raw`[ .\-\u2010-\u2015\uFF0D\u3000]?`;
const mobilePattern = new RegExp(
  String.raw`(?<!${digit})((?:(?:\+|00)?86${parted})?[1\uFF11][3-9\uFF13-\uFF19]${digit})${parted}${digit}{4}${parted}(${digit}{4})(?!${digit})`,
  'gu',
);
const emailPattern = /(?<![\w.+-])([\w.+-])[\w.+-]*(@(?:[a-z\d-]+\.)+[a-z]{2,})/gi;
const loginPattern = /(:\/\/)[^@/\s]*@/g;

/** Longest value and deepest field that a line of a log may carry. */
const maxLength = 4000;
const maxDepth = 6;

export const redactText = (text: string): string =>
  text
    .slice(0, maxLength)
    .replaceAll(loginPattern, `$1${hidden}@`)
    .replaceAll(mobilePattern, '$1****$2')
    .replaceAll(emailPattern, '$1***$2');

const redactError = (error: Error, depth: number): object => ({
  type: error.name,
  message: redactText(error.message),
  ...('code' in error && { code: redactValue(error.code, depth + 1) }),
  ...(error.stack && { stack: redactText(error.stack) }),
  ...(error.cause !== undefined && { cause: redactValue(error.cause, depth + 1) }),
});

const redactValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((each) => redactValue(each, depth + 1));
  if (value instanceof Map || value instanceof Set) return redactValue([...value], depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return redactValue((value.toJSON as () => unknown)(), depth + 1);
  return redactFields(value, depth);
};

/** The same fields without secrets, phone numbers and texts of people. */
export const redactFields = (fields: object, depth = 0): object =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, hiddenKeys.test(key) ? hidden : redactValue(value, depth + 1)]));
