/** New ids, and the ids two devices make alike. Twin: mentorlog/records/ids.py. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Return a random id (UUID version 4). */
export function newId() {
  return crypto.randomUUID();
}

/**
 * Return the id that two devices make alike for one thing, such as the rating of a goal (UUID version 8, RFC 9562 5.8).
 * Not inside a transaction of IndexedDB: waiting for the digest ends it.
 * @param {string} space
 * @param {string} name
 */
export async function nameId(space, name) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${space}:${name}`));
  const raw = new Uint8Array(digest, 0, 16);
  raw[6] = (raw[6] & 0x0f) | 0x80;
  raw[8] = (raw[8] & 0x3f) | 0x80;
  const hex = Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * Whether this is an id as we write them: a UUID in lower case.
 * @param {unknown} value
 */
export function isId(value) {
  return typeof value === 'string' && UUID.test(value);
}
