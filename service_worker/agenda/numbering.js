// Which session with a card it is: the first, the second, the third. The twin of mentorlog/agenda/numbering.py.

/** Id to number of the sessions that have one. @param {any} ctx */
export const numbers = async ctx => numbered((await ctx.records.shelf('session')).reverse());

/** The first, the second, the third session with a card: see the twin. @param {any[]} found all, the oldest first @returns {Map<string, number>} */
export function numbered(found) {
  const last = new Map(), given = new Map();
  for (const one of found) {
    const card = one.fields.partner;
    if (!card || one.fields.state === 'cancelled') continue;
    last.set(card, (last.get(card) ?? 0) + 1);
    given.set(one.id, last.get(card));
  }
  return given;
}
