import fc from 'fast-check';

/**
 * Properties draw the same cases at every run, so that a run says what a change did and not what was drawn today.
 * `PROPERTY_SEED` draws others: a number, or `random`.
 */
const said = process.env['PROPERTY_SEED'] ?? '41';
if (said !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(said) });

export { fc };
