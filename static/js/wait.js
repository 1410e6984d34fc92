/**
 * *It isn't working*: how long to wait for each way, counted. `<div data-wait="<session> <its hour>" data-lasts data-start
 * data-minutes>` stands before `.way[data-said]`, in their order. What was begun goes on when the page or the sheet is opened
 * again, also after the app was closed; once the session is over, nothing is waited for.
 */

const SECOND_MS = 1_000, PER_MINUTE = 60 * SECOND_MS;
const BEGUN = 'wait'; // the session and when its waiting began: of the last one only. leave.js forgets it
const OVER = 'All of these were tried. Say below how it went on.';
let tick = 0;

/** When the waiting began, by this device's clock. @param {HTMLElement} box */
function beginOf({ dataset }) {
  const start = Date.parse(dataset.start ?? ''), [wait, at] = (localStorage.getItem(BEGUN) ?? '').split('|');
  const begun = wait === dataset.wait && Number(at) <= start ? Number(at) : start;
  localStorage.setItem(BEGUN, `${dataset.wait}|${begun}`);
  return begun;
}

/** When its session ends. @param {HTMLElement} box */
const endOf = ({ dataset }) => Date.parse((dataset.wait ?? '').split(' ')[1]) + Number(dataset.lasts) * PER_MINUTE;

/** Clock and bar, which only somebody who has a script sees. @param {Element} box */
function parts(box) {
  if (!box.querySelector('output')) {
    const output = document.createElement('output'), bar = document.createElement('progress');
    output.setAttribute('aria-label', 'Time left');
    output.setAttribute('aria-live', 'off'); // not every second
    bar.setAttribute('aria-label', 'Waited');
    box.append(output, bar);
  }
  return {
    words: /** @type {HTMLElement} */ (box.querySelector('p')),
    output: /** @type {HTMLOutputElement} */ (box.querySelector('output')),
    bar: /** @type {HTMLProgressElement} */ (box.querySelector('progress')),
  };
}

/** As the page writes hours: in the person's zone. @param {number} moment ms @param {string} [timeZone] */
const hour = (moment, timeZone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment);

/** @param {HTMLElement} words @param {Element|undefined} next the way whose turn comes @param {string} at */
function say(words, next, at) {
  const said = next ? `${at} ${next.getAttribute('data-said')}` : OVER;
  if (words.dataset.now === said) return;
  words.dataset.now = said;
  const time = Object.assign(document.createElement('time'), { textContent: at });
  words.replaceChildren(...(next ? ['Wait until ', time, `, then ${next.getAttribute('data-said')}.`] : [OVER]));
}

/** @param {number} left ms */
function clock(left) {
  const seconds = Math.ceil(left / SECOND_MS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The way whose turn it is stands out. @param {Element[]} ways @param {number} turn */
function point(ways, turn) {
  ways.forEach((way, at) => way.querySelector('.button')?.toggleAttribute('data-kind', at === turn));
  const button = ways[turn]?.querySelector('.button');
  button?.setAttribute('data-kind', 'primary');
}

/** @param {HTMLElement} box */
function show(box) {
  const ways = [...(box.parentElement?.querySelectorAll('.way') ?? [])];
  box.hidden = Date.now() >= endOf(box);
  if (box.hidden) return;
  const length = Number(box.dataset.minutes) * PER_MINUTE, begun = beginOf(box), past = Math.max(0, Date.now() - begun);
  const turn = Math.floor(past / length), next = ways[turn], until = begun + (turn + 1) * length;
  const { words, output, bar } = parts(box);
  say(words, next, hour(until, box.dataset.zone));
  for (const part of [output, bar]) part.hidden = !next;
  output.value = next ? clock(until - Date.now()) : '';
  bar.max = length;
  bar.value = past % length;
  point(ways, Math.min(turn, ways.length - 1));
}

function look() {
  const box = /** @type {HTMLElement|null} */ (document.querySelector('[data-wait]'));
  clearTimeout(tick);
  if (!box) return;
  show(box);
  tick = window.setTimeout(look, SECOND_MS);
}

document.addEventListener('htmx:after:swap', look);
document.addEventListener('visibilitychange', look);
look();
