// How long something is waited for: so many seconds, and not after a person has taken the new version.
const way = new AbortController();

/** The new version comes only when nothing of this one is under way any more: what waits for the server is given up. */
export const giveWay = () => way.abort();

/**
 * For what may be asked again. A browser without `AbortSignal.any` waits the seconds.
 * @param {number} seconds @returns {AbortSignal} aborted with a `TimeoutError` when they are over
 */
export function within(seconds) {
  const late = AbortSignal.timeout(1_000 * seconds);
  return AbortSignal.any ? AbortSignal.any([late, way.signal]) : late;
}
