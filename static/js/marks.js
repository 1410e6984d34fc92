/** Signs of Markdown put around words or before lines, and taken away again. Texts in, an edit out: no page is needed. */

/**
 * Put `insert` in place of what stands from `from` to `to`, then select from `start` to `end`.
 * @typedef {{from: number, to: number, insert: string, start: number, end: number}} Edit
 */
/** @typedef {{indent: string, quote: string, mark: string, rest: string}} Line */

const STARS = new Map([
  ['bold', 2],
  ['italic', 1],
]);
const BEFORE = new Map([
  ['heading', '## '],
  ['list', '- '],
  ['quote', '> '],
]);
const HEADING = /^#{1,6}\s/;
const BULLET = /^[-*+]\s/;
const LINE = /^(?<indent>\s*)(?<quote>(?:>[ \t]?)*)(?<mark>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|#{1,6}[ \t]+)?)(?<rest>.*)$/su;
const URL_ONLY = /^(?:https?:\/\/|mailto:)\S+$/iu;
const LINK_ONLY = /^\[([^[\]\n]*)\]\([^()\n]*\)$/u;
const LINK_END = /^\]\([^()\n]*\)/u;
const ADDRESS = 'https://';
const REACH = 100; // how far a word goes

/**
 * What a button or its keys do to a text.
 * @param {string} name `bold`, `italic`, `heading`, `list`, `quote`, `link`
 * @param {string} text
 * @param {number} start of the selection
 * @param {number} end
 * @returns {Edit}
 */
export function marked(name, text, start, end) {
  const stars = STARS.get(name);
  if (stars) return emphasised(stars, text, start, end);
  return name === 'link' ? linked(text, start, end) : begun(name, text, start, end);
}

/** @param {string} text @param {number} at @returns {[number, number]} the word around a place, or the place itself */
function wordAt(text, at) {
  const left = text.slice(Math.max(0, at - REACH), at).match(/[\p{L}\p{N}\p{M}'’-]+$/u)?.[0].length ?? 0;
  const right = text.slice(at, at + REACH).match(/^[\p{L}\p{N}\p{M}'’-]+/u)?.[0].length ?? 0;
  return [at - left, at + right];
}

/** Where the line of a place begins. @param {string} text @param {number} at */
const lineStart = (text, at) => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

/** @param {string} line @returns {Line} */
const apart = (line) => /** @type {any} */ (line.match(LINE)?.groups);

/**
 * The words of a selection, line by line: emphasis does not go over the end of a paragraph.
 * @param {string} text @param {number} start @param {number} end @returns {[number, number][]}
 */
function pieces(text, start, end) {
  let from = start;
  /** @type {[number, number][]} */
  const found = [];
  for (const line of text.slice(start, end).split('\n')) {
    const isWhole = from === 0 || text[from - 1] === '\n';
    const lead = isWhole ? line.length - apart(line).rest.trimStart().length : line.length - line.trimStart().length;
    const words = line.slice(lead).trimEnd();
    if (words) found.push([from + lead, from + lead + words.length]);
    from += line.length + 1;
  }
  return found;
}

/**
 * How many stars stand around a piece, inside its edges or outside of them, and what is between.
 * @param {string} text @param {[number, number]} piece
 */
function starsAround(text, [a, b]) {
  const piece = text.slice(a, b);
  const inside = Math.min(piece.match(/^\**/)?.[0].length ?? 0, piece.match(/\**$/)?.[0].length ?? 0, (piece.length - 1) >> 1);
  const left = text.slice(Math.max(0, a - 3), a).match(/\**$/)?.[0].length ?? 0;
  const right = text.slice(b, b + 3).match(/^\**/)?.[0].length ?? 0;
  const outside = inside ? 0 : Math.min(left, right);
  return { from: a - outside, to: b + outside, count: inside + outside, core: text.slice(a + inside, b - inside) };
}

/** @param {number} stars @param {string} text @param {number} start @param {number} end @returns {Edit} */
function emphasised(stars, text, start, end) {
  const isPlace = start === end;
  const [a, b] = isPlace ? wordAt(text, start) : [start, end];
  const found = (a === b ? [] : pieces(text, a, b)).map((piece) => starsAround(text, piece));
  if (!found.length) return empty(stars, text, start);
  const has = (/** @type {number} */ count) => (stars === 2 ? count >= 2 : count % 2 === 1);
  const isOn = found.every(({ count }) => has(count));
  const { from } = found[0];
  let at = from;
  let insert = '';
  for (const one of found) {
    const signs = '*'.repeat(has(one.count) === isOn ? one.count + (isOn ? -stars : stars) : one.count);
    insert += text.slice(at, one.from) + signs + one.core + signs;
    at = one.to;
  }
  if (!isPlace) return { from, to: at, insert, ...around(from, insert, found.length) };
  const moved = start - found[0].from - found[0].count + (insert.length - found[0].core.length) / 2;
  return { from, to: at, insert, start: from + moved, end: from + moved };
}

/** What is selected after: the words alone, where it is one piece. @param {number} from @param {string} insert @param {number} count */
function around(from, insert, count) {
  const signs = count > 1 ? 0 : Math.min(insert.match(/^\**/)?.[0].length ?? 0, insert.match(/\**$/)?.[0].length ?? 0);
  return { start: from + signs, end: from + insert.length - signs };
}

/** No word is there: signs for one to come; where they stand already, they go. @param {number} stars @param {string} text @param {number} at @returns {Edit} */
function empty(stars, text, at) {
  const sign = '*'.repeat(stars);
  const isOn = text.slice(0, at).endsWith(sign) && text.slice(at).startsWith(sign);
  if (isOn) return { from: at - stars, to: at + stars, insert: '', start: at - stars, end: at - stars };
  return { from: at, to: at, insert: sign + sign, start: at + stars, end: at + stars };
}

/** @param {string} name @param {string} text @param {number} start @param {number} end @returns {Edit} */
function begun(name, text, start, end) {
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const from = lineStart(text, start);
  const to = last + text.slice(last).split('\n', 1)[0].length;
  const lines = text.slice(from, to).split('\n').map(apart);
  const written = lines.filter((line) => line.mark + line.rest + line.quote || lines.length === 1);
  const isOn = written.length > 0 && written.every((line) => begins(name, line));
  const insert = lines.map((line) => together(written.includes(line) ? change(name, line, isOn) : line)).join('\n');
  if (start !== end) return { from, to, insert, start: from, end: from + insert.length };
  const place = Math.max(from, start + insert.length - (to - from));
  return { from, to, insert, start: place, end: place };
}

/** @param {string} name @param {Line} line */
function begins(name, { quote, mark }) {
  if (name === 'quote') return quote !== '';
  return (name === 'heading' ? HEADING : BULLET).test(mark);
}

/** @param {string} name @param {Line} line @param {boolean} isOn @returns {Line} */
function change(name, line, isOn) {
  const sign = BEFORE.get(name) ?? '';
  if (name === 'quote') return { ...line, quote: isOn ? line.quote.replace(/^>[ \t]?/, '') : sign + line.quote };
  return { ...line, mark: isOn ? '' : sign };
}

/** @param {Line} line */
const together = ({ indent, quote, mark, rest }) => indent + quote + mark + rest;

/** @param {string} text @param {number} start @param {number} end @returns {Edit} */
function linked(text, start, end) {
  const [a, b] = start === end ? wordAt(text, start) : [start, end];
  const words = text.slice(a, b);
  const whole = words.match(LINK_ONLY);
  if (whole) return { from: a, to: b, insert: whole[1], start: a, end: a + whole[1].length };
  const tail = text.slice(b).match(LINK_END);
  if (tail && text[a - 1] === '[') {
    return { from: a - 1, to: b + tail[0].length, insert: words, start: a - 1, end: a - 1 + words.length };
  }
  if (URL_ONLY.test(words)) return { from: a, to: b, insert: `[](${words})`, start: a + 1, end: a + 1 };
  const address = a + words.length + 3;
  const insert = `[${words}](${ADDRESS})`;
  return words ? { from: a, to: b, insert, start: address, end: address + ADDRESS.length } : { from: a, to: b, insert, start: a + 1, end: a + 1 };
}

/**
 * What follows a line break that was just typed: the next item of a list or line of a quote; after an empty one its end.
 * @param {string} text
 * @param {number} caret just after the line break
 * @returns {Edit|null}
 */
export function carriedOn(text, caret) {
  const from = lineStart(text, caret - 1);
  const line = apart(text.slice(from, caret - 1));
  const rest = text.slice(caret).split('\n', 1)[0];
  if (HEADING.test(line.mark) || !(line.mark || line.quote)) return null;
  if (!line.rest.trim() && !rest.trim()) return { from, to: caret, insert: '', start: from, end: from };
  const mark = line.mark.replace(/\d+/, (number) => String(Number(number) + 1));
  const insert = line.indent + line.quote + mark;
  return { from: caret, to: caret, insert, start: caret + insert.length, end: caret + insert.length };
}
