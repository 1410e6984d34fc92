// How a page talks to the worker.

/**
 * Say something to a worker and wait for its answer.
 * @param {ServiceWorker|null|undefined} worker
 * @param {{type: string} & Record<string, any>} said
 * @param {(progress: any) => void} [heard] called with each answer that only says how far it is
 * @returns {Promise<any>} null when there is no worker
 */
export function tell(worker, said, heard = () => {}) {
  if (!worker) return Promise.resolve(null);
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data?.progress === undefined ? resolve(data) : heard(data.progress));
    worker.postMessage(said, [port2]);
  });
}

/** The worker that answers this page, if one does. */
export const controller = () => navigator.serviceWorker?.controller ?? null;
