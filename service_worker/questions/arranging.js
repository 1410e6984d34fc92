// Arranging: which questions a worksheet asks, in which order, and questions of one's own.
// The twin of mentorlog/questions/arranging.py.
import * as forms from '../forms.js';
import { kinds } from '../generated/kinds.js';
import { nameId } from '../ids.js';
import { SPACE } from '../prose.js';
import { Missing } from '../store.js';
import * as sets from './sets.js';

export const MOST_QUESTIONS = kinds.set.fields.questions.max ?? 0;
const MOST_ANSWERS = kinds.worksheet.fields.questions.max ?? 0;

/** @typedef {Record<string, any>} Fields */
/** @typedef {Map<string, Fields>} Questions by id, in order */
/** @typedef {{found: Questions, chosen: string[], made: Questions, moved: boolean, errors: Record<string, string>, ids: string[]}} Picked */

/** The questions of a worksheet, those left out too, with what one of them leaves out. @param {any} sheet @returns {Fields[]} */
export const askedIn = sheet => ((sheet && sheet.fields.questions) || []).map((/** @type {any} */ question) => ({ ...sets.BLANK, out: false, ...question }));

/** The set that a worksheet was made of, null if it is no longer there. @param {any} ctx @param {any} sheet */
export async function setOf(ctx, sheet) {
  try {
    return await sets.find(ctx, sheet.fields.set || '');
  } catch (error) {
    if (error instanceof Missing) return null;
    throw error;
  }
}

/** Every question there is to choose from: the worksheet's, which keep their words, then the set's. @param {any} one @param {any} sheet @returns {Questions} */
export function known(one, sheet) {
  const found = new Map(askedIn(sheet).map(question => [question.id, sets.kept(question)]));
  for (const question of one ? one.questions : []) if (!found.has(question.id)) found.set(question.id, sets.kept(question));
  return found;
}

/** The ids that are ticked at first, as far as there is room. @param {any} one @param {any} sheet @returns {string[]} */
export function atFirst(one, sheet) {
  if (sheet) return askedIn(sheet).filter(question => !question.out).map(question => question.id);
  const mine = (one ? one.questions : []).filter((/** @type {any} */ question) => question.mine);
  return mine.slice(0, MOST_QUESTIONS).map((/** @type {any} */ question) => question.id);
}

/** The form as it came. @param {any} ctx @param {any} one @param {any} sheet @param {string} space @returns {Promise<Picked>} */
export async function picked(ctx, one, sheet, space) {
  const found = known(one, sheet), chosen = ticked(ctx).filter(id => found.has(id)), none = new Map();
  if (ctx.form.has('up')) {
    const moved = movedUp(chosen, String(ctx.form.get('up')));
    return { found, chosen: moved, made: none, moved: true, errors: {}, ids: moved };
  }
  const made = await typedQuestions(ctx, space, found), ids = [...new Set([...chosen, ...made.keys()])];
  const errors = ids.length ? wrong(made, ids.length, sheet ? atFirst(one, sheet).length : 0) : { question: 'Tick a question first, or write one. One is enough.' };
  return { found: new Map([...found, ...made]), chosen, made, moved: false, errors, ids };
}

/** The ids that came, in their order, each once. @param {any} ctx @returns {string[]} */
export const ticked = ctx => [.../** @type {Set<string>} */ (new Set(ctx.form.getAll('question').map(String)))];

/** The ids that are ticked in a worksheet that there is, then those ticked in a form for another one, where it was changed. @param {any} ctx @param {any} one @param {any} before the worksheet that the form showed @param {any} sheet */
export function joined(ctx, one, before, sheet) {
  const asked = atFirst(one, sheet), found = known(one, sheet), typed = ticked(ctx);
  const changed = typed.join('\n') !== atFirst(one, before).join('\n');
  return [...new Set([...asked, ...typed.filter(id => changed && found.has(id))])];
}

/** The ids with this one before the one that was before it. @param {string[]} ids @param {string} id */
export function movedUp(ids, id) {
  const at = Math.max(0, ids.indexOf(id));
  return at === 0 ? ids : [...ids.slice(0, at - 1), id, ids[at - 1], ...ids.slice(at + 1)];
}

/** Questions of one's own, one a line. What is typed twice, here or on two devices, is one question. @param {any} ctx @param {string} space @param {Questions} found @returns {Promise<Questions>} */
export async function typedQuestions(ctx, space, found) {
  const type = forms.line(ctx, 'kind') || 'text', there = new Map([...found.values()].map(one => [one.text, one]));
  const lines = forms.text(ctx, 'own').split('\n').map(line => line.replace(SPACE, ' ').replace(/^ +| +$/g, '')).filter(Boolean);
  const made = new Map();
  for (const text of lines) {
    const one = there.get(text) ?? { ...sets.BLANK, id: await freeId(space, text, found), type, text };
    made.set(one.id, one);
  }
  return made;
}

/** The id that follows from the words of a question, unless it was given to one that says something else now. @param {string} space @param {string} text @param {Questions} taken @returns {Promise<string>} */
export async function freeId(space, text, taken) {
  const id = await nameId(space, `question:${text}`);
  return taken.has(id) ? freeId(space, `${text}\n`, taken) : id;
}

/** Field to words. made: the questions typed one a line; count: of all that would be asked; before: how many there were. @param {Questions} made @param {number} count @param {number} before @returns {Record<string, string>} */
export function wrong(made, count, before) {
  if (count > Math.max(MOST_QUESTIONS, before)) return { own: tooMany(count, before) };
  for (const [at, question] of [...made.values()].entries()) {
    const [why] = Object.values(forms.itemProblems('set', 'questions', question));
    if (why) return { own: `Question ${at + 1}: ${why}` };
  }
  return {};
}

/** The words for more questions than there is room for, with the way out. @param {number} count @param {number} before */
function tooMany(count, before) {
  if (before > MOST_QUESTIONS) {
    return `There are ${before} questions already, more than ${MOST_QUESTIONS}, so none can be added; these would be ${count}. `
      + `Leave out ${count - before} of them. Nothing you typed here is lost.`;
  }
  return `${MOST_QUESTIONS} questions at most; these would be ${count}. Leave out ${count - MOST_QUESTIONS} of them. `
    + 'Nothing you typed here is lost.';
}

/** The questions as a worksheet keeps them: what is asked, then what is left out of it, in its words. @param {any} sheet @param {Picked} picked @param {string[]} answered @returns {Fields[]} */
export function arranged(sheet, { found, ids }, answered) {
  const out = askedIn(sheet).map(question => question.id).filter(id => !ids.includes(id));
  const spare = Math.max(0, ids.length + out.length - MOST_ANSWERS);
  const going = [...out].reverse().filter(id => !answered.includes(id)).slice(0, spare);
  return [...ids.map(id => ({ ...found.get(id) })), ...out.filter(id => !going.includes(id)).map(id => ({ ...found.get(id), out: true }))];
}

/** The form: what is ticked in its order, what is left out, and what was typed. @param {any} ctx @param {any} one @param {any} sheet @param {string[]} chosen @param {string[]} answered */
export function shown(ctx, one, sheet, chosen, answered) {
  const mine = new Map((one ? one.questions : []).map((/** @type {any} */ question) => [question.id, question.mine]));
  const rows = [...known(one, sheet).values()].map(({ id, text, type }) =>
    ({ id, text, type, mine: mine.get(id) ?? true, answered: answered.includes(id) }));
  const typed = ctx.form ? { own: forms.text(ctx, 'own'), kind: forms.line(ctx, 'kind') || 'text' } : { own: '', kind: 'text' };
  const left = rows.filter(row => !chosen.includes(row.id)), many = chosen.length === MOST_QUESTIONS && chosen.length < rows.length;
  return { rows: chosen.map(id => rows.find(row => row.id === id)), left, many, ...typed };
}
