/**
 * Whether JSON says `length` of something that is neither a list nor a text, and is no number. The library that checks
 * forms compares it all the same, and ends in an error of the language instead of a fault that names the field.
 */
export const hasOddLength = (json: string): boolean => /"length"\s*:\s*[[{]/u.test(json);
