// Ways to reach somebody: what can be tapped, what cannot work, and how it is said. The twin of mentorlog/ways.py.
const MOST_LINES = 10;
// ASCII rules alone: \s, \w and ignored case are not the same in Python and in JavaScript.
const LINK = /https?:\/\/[^\x00-\x20]+/i;
const ALL_LINK = /^https?:\/\/[^\x00-\x20]+$/i;
const NO_PLACE = /^([a-z][a-z0-9+.-]*:\/\/|(javascript|vbscript|data|blob|file):)/i;
const BARE_LINK = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(\/[^\x00-\x20]*)?$/i;
const MAIL = /[^\x00-\x20@,<>]{1,64}@[^\x00-\x20@,<>]{1,180}\.[^\x00-\x20@,<>.]{1,60}/;
const ALL_MAIL = /^[^\x00-\x20@,<>]{1,64}@[^\x00-\x20@,<>]{1,180}\.[^\x00-\x20@,<>.]{1,60}$/;
const NUMBER = /\+?[0-9][0-9 ()/.-]{2,38}[0-9]/;
const ALL_NUMBER = /^[ (]*\+?[0-9 ()/.\u2010-\u2015-]+$/;
const [FEWEST_DIGITS, MOST_DIGITS] = [3, 15]; // the most by ITU-T E.164
const FEWEST_ABROAD = 7; // with the code of the country
const MOST_SHORT = 6; // digits of a number that has no country code, such as 112
const ABROAD = /^[ (]*\+/;
const FROM_ABROAD = /^[ (]*(\+|00)/; // 00: how many countries write the plus
const MESSAGE = /^(sms|text|message)/i;
const VIDEO = /^video/i;
const AUTHORITY = /^[^/]*\/\/([^/?#\\]*)/;
const PORT = /:([0-9]*)$/;
const LAST_PORT = 65535;
const BY_NUMBER = /^(phone|telephone|tel|mobile|sms)[ :.]+[^ ]/i;
// Letters that no browser maps to a digit or a dot (UTS 46), so that a name in them is never an IP address in disguise.
const HOST = /^[A-Za-z0-9.\u00df-\u00f6\u00f8-\u024f\u0370-\u10ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3-]+$/;
const LABEL = /^(?!-)[^.]{1,63}(?<!-)$/;
// A browser takes a host whose last part looks like a number for an IPv4 address (URL Standard, 3.5).
const NUMERIC = /^([0-9]+|0x[0-9a-f]*)$/i;
const FOUR = /^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$/;
const AT_HOME = /^.*\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/i;

const NO_LINK = 'Write the whole address, beginning with https://, such as https://meet.example/room.';
const WITH_NAME = 'Leave out the part before the @, such as https://meet.example/room.';
const NOT_OUTSIDE = 'This link works in one house or office only. Write one that works from everywhere, such as ' +
  'https://meet.example/room.';
const TOO_MANY_DOTS = 'There is a dot too many in this address. Write it such as https://meet.example/room.';
const NO_PORT = 'After the colon stands 65535 at most, and mostly nothing. Write it such as https://meet.example/room.';
const NO_COUNTRY = 'Write the number with its country code, which works from everywhere, such as +49 30 1234567.';
const NO_NUMBER = 'Write the number in digits, with its country code, such as +49 30 1234567.';
const SHORT_NUMBER = 'Some digits are missing. Write the number such as +49 30 1234567.';
const LONG_NUMBER = 'A phone number has 15 digits at most, such as +49 30 1234567.';
const NO_MAIL = 'Write an e-mail address, such as name@example.org.';
const NEXT = 'sms:{number}?body=It%20does%20not%20work%20here.%20Shall%20we%20try%20the%20next%20way%3F';
const SAID = '“It does not work here. Shall we try the next way?”';
/** The symbol of a way to its name in a sentence. @type {Record<string, string>} */
const NAMES = { call: 'phone', sms: 'text message', video: 'video', chat: 'chat', letter: 'e-mail' };
/** And to how a session went on by it. @type {Record<string, string>} */
const WENT_ON = { call: 'phone', sms: 'text', video: 'video', chat: 'chat', letter: 'mail', people: 'other' };
const BY_CHANNEL = ['video', 'phone', 'chat'];

/** @typedef {Record<string, any>} Fields */
/** `href`: '' for nothing to tap; `own`: a person's words in place of the title. @typedef {{href: string, icon: string, title: string, own: string, small: string}} Way */

/** A link as it was typed, with `https://` before a bare address such as meet.example/room. @param {string} typed */
export const web = typed => (BARE_LINK.test(typed) ? `https://${typed}` : typed);

/** True for what opens from everywhere; nothing else becomes a link. @param {string} link */
export const opens = link => !wrongLink(link);

/** True for what a letter can be sent to. @param {string} address */
export const isMail = address => ALL_MAIL.test(address);

/** The digits of a phone number for `tel:` and `sms:`, with a leading plus; '' where nobody can dial it. @param {string} phone */
export const number = phone => (['', NO_COUNTRY].includes(wrongNumber(phone)) ? digits(phone) : '');

/** What is typed on a phone, with a leading plus; '' where there are too few digits to call. @param {string} phone */
export function digits(phone) {
  const plus = ABROAD.test(phone) ? '+' : '';
  const typed = (plus ? phone.replace('(0)', '') : phone).replace(/[^0-9]/g, '');
  return typed.length >= FEWEST_DIGITS ? plus + typed : '';
}

/** Why a link cannot work for two people in different places, in words; '' where it may. @param {string} link */
export function wrongLink(link) {
  if (!ALL_LINK.test(link)) return NO_LINK;
  const authority = hostOf(link);
  if (authority.includes('@')) return WITH_NAME;
  const host = authority.replace(PORT, '');
  if (host.includes('..') || host.startsWith('.')) return TOO_MANY_DOTS;
  if (!isName(host)) return NO_LINK;
  if (!canBePort(authority)) return NO_PORT;
  return isPublic(host) ? '' : NOT_OUTSIDE;
}

/** What is wrong with a link that stands as the place or in it, '' where none is: a place is words. @param {string} text */
export function wrongPlace(text) {
  const link = LINK.exec(text)?.[0];
  if (link) return wrongLink(link);
  return NO_PLACE.test(text) ? NO_LINK : '';
}

/** Host of a link, with what stands before it and with its port. @param {string} link */
export const hostOf = link => AUTHORITY.exec(link)?.[1] ?? '';

/** Whether the port behind a host is one that can be connected to (16 bits, RFC 9293); none behind it is fine. @param {string} authority */
export function canBePort(authority) {
  const typed = PORT.exec(authority)?.[1] ?? '', digits = typed.replace(/^0+/, '');
  return !typed || (digits.length > 0 && digits.length <= 5 && Number(digits) <= LAST_PORT);
}

/** Whether each part of it, between the dots, may be the name of a host. @param {string} host */
export const isName = host => HOST.test(host) && host.replace(/\.$/, '').split('.').every(part => LABEL.test(part));

/** Whether a host may be found from everywhere. @param {string} host */
export function isPublic(host) {
  const name = host.replace(/\.$/, '');
  if (!isName(name) || !name.includes('.') || AT_HOME.test(name)) return false;
  return !NUMERIC.test(name.slice(name.lastIndexOf('.') + 1)) || isPublicAddress(name);
}

/** The same of an IPv4 address in four plain numbers. @param {string} text */
export function isPublicAddress(text) {
  const [a = 0, b = 0, c = 0, d = 0] = (FOUR.exec(text) ?? []).slice(1).map(Number);
  const near = [0, 10, 127].includes(a) || a >= 224 || (a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 198 && [18, 19].includes(b));
  return !near && Math.max(b, c, d) < 256;
}

/** Why nobody can dial this, in words; '' where they can. @param {string} phone */
export function wrongNumber(phone) {
  if (!ALL_NUMBER.test(phone) || !digits(phone)) return NO_NUMBER;
  if (FROM_ABROAD.test(phone)) return wrongAbroad(digits(phone).replace(ABROAD.test(phone) ? '+' : '00', ''));
  return digits(phone).length > MOST_SHORT ? NO_COUNTRY : '';
}

/** The same of the digits that follow the plus. @param {string} code */
export function wrongAbroad(code) {
  if (code.startsWith('0')) return NO_COUNTRY;
  return code.length < FEWEST_ABROAD ? SHORT_NUMBER : code.length > MOST_DIGITS ? LONG_NUMBER : '';
}

/** Why no e-mail gets there, in words; '' where one may. @param {string} address */
export const wrongMail = address =>
  (ALL_MAIL.test(address) && isPublic(address.slice(address.lastIndexOf('@') + 1)) ? '' : NO_MAIL);

/** What is wrong with the first link or number that cannot work among lines of free text, '' where none is. @param {string} text */
export const wrongLines = text => text.split('\n').map(wrongLine).find(Boolean) ?? '';

/** The same of one line. What begins as `phone`, `sms` and the like has a number to dial. @param {string} line */
export function wrongLine(line) {
  const link = LINK.exec(line)?.[0];
  if (link) return wrongLink(link);
  if (!BY_NUMBER.test(line.replace(/^ +/, '')) || MAIL.test(line)) return '';
  const dialled = NUMBER.exec(line)?.[0];
  return dialled ? wrongNumber(dialled) : NO_NUMBER;
}

/** The ways that stand as lines on a card, in their order; else its phone number. @param {Fields} fields @returns {Way[]} */
export function ofCard(fields) {
  const typed = (fields.fallback || '').split('\n').map((/** @type {string} */ line) => line.replace(/^ +| +$/g, ''));
  const name = fields.name || 'your mentor';
  const found = typed.filter(Boolean).slice(0, MOST_LINES).map((/** @type {string} */ line) => way(line, name));
  return found.length ? found : byPhone(fields.phone || '', name);
}

/** One number is two ways. @param {string} phone @param {string} name @returns {Way[]} */
export const byPhone = (phone, name) => (number(phone) ? [call(phone, '', name), message(phone, '', name)] : []);

/** One line of a card, such as `phone +49 30 1234567` or `chat https://…`. @param {string} line @param {string} name @returns {Way} */
export function way(line, name) {
  const link = LINK.exec(line)?.[0];
  if (link) {
    if (!opens(link)) return words(line);
    const said = without(line, link);
    return { href: link, icon: VIDEO.test(said) ? 'video' : 'chat', own: said, title: 'Open the link', small: link };
  }
  const mail = MAIL.exec(line)?.[0];
  if (mail) return letter(mail, name);
  const dialled = NUMBER.exec(line)?.[0];
  if (dialled && number(dialled)) return (MESSAGE.test(line) ? message : call)(dialled, without(line, dialled), name);
  return words(line);
}

/** What a person wrote beside an address. @param {string} line @param {string} address */
export const without = (line, address) => line.replace(address, ' ').replace(/^[ :,-]+|[ :,-]+$/g, '');

/** A way by phone. @param {string} phone @param {string} said @param {string} name @returns {Way} */
export const call = (phone, said, name) =>
  ({ href: `tel:${number(phone)}`, icon: 'call', own: '', title: `Call ${name}`, small: beside(said, phone) });

/** A way by text message. @param {string} phone @param {string} said @param {string} name @returns {Way} */
export const message = (phone, said, name) =>
  ({ href: `sms:${number(phone)}`, icon: 'sms', own: '', title: `Text ${name}`, small: beside(said, phone) });

/** A way by e-mail. @param {string} address @param {string} name @returns {Way} */
export const letter = (address, name) =>
  ({ href: mailto(address), icon: 'letter', own: '', title: `Write to ${name}`, small: address });

/** The link that writes to an address, and to nobody else (RFC 6068, 2). @param {string} address */
export const mailto = address =>
  `mailto:${address.replace(/[%?&#]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/** A way that is nothing to tap. @param {string} own @returns {Way} */
export const words = own => ({ href: '', icon: 'people', own, title: '', small: '' });

/** The number, with what a person wrote beside it when that is more than the name of the way. @param {string} said @param {string} phone */
export const beside = (said, phone) => (said.includes(' ') ? `${phone}, ${said}` : phone);

/** A way of an agreement. One with an address that cannot be tapped stands as words: nothing typed is hidden. @param {string} kind @param {string} address @param {string} name @returns {Way} */
export function agreed(kind, address, name) {
  if (['call', 'text'].includes(kind) && number(address)) return kind === 'call' ? call(address, '', name) : asking(address);
  if (['video', 'chat'].includes(kind) && opens(address)) {
    const title = kind === 'video' ? 'Open the video room' : 'Written chat';
    return { href: address, icon: kind, own: '', title, small: address };
  }
  return kind === 'mail' && ALL_MAIL.test(address) ? letter(address, name) : words(address);
}

/** A text message that is written already (RFC 5724). @param {string} phone @returns {Way} */
export const asking = phone => ({ ...message(phone, '', ''), href: NEXT.replace('{number}', number(phone)), title: `Text ${SAID}` });

/** The ways out of a session that does not work: the one by which it was to be comes last. @param {Way[]} found @param {Fields} session @param {Fields} card */
export function othersFirst(found, session, card) {
  const channel = session.channel || 'video', name = channel === 'phone' ? 'phone' : 'link', address = session[name] || card[name] || '';
  const own = channel === 'phone' ? `tel:${number(address)}` : BY_CHANNEL.includes(channel) ? address : '';
  const isOwn = (/** @type {Way} */ way) => Boolean(own) && way.href === own;
  return [...found.filter(way => !isOwn(way)), ...found.filter(isOwn)];
}

/** A way in a word, or in those of the person. @param {Way} one */
export const nameOf = one => NAMES[one.icon] || one.own;

/** A way with its number, link or address, without what a person wrote beside a number. @param {Way} one */
export const named = one => [nameOf(one), addressOf(one)].filter(Boolean).join(' ');

/** The number, link or address of a way; '' for words. @param {Way} one */
export const addressOf = one => (['call', 'sms'].includes(one.icon) ? one.small.split(',')[0] : one.small);

/** The ways as a sentence; '' where there is none. @param {Way[]} found @param {number} minutes */
export const inWords = (found, minutes) =>
  (found.length ? `We wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then ${found.map(nameOf).join(', then ')}.` : '');

/** How a session may have gone on: as planned after all, then by one of the ways. @param {Way[]} found @param {string} channel */
export function waysOn(found, channel) {
  const first = BY_CHANNEL.includes(channel) ? [channel] : [];
  const all = [...new Set([...first, ...found.map(one => WENT_ON[one.icon])])];
  return all.length ? all : ['phone', 'text'];
}
