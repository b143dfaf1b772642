// Requests to the server of the page, and its stream of events.

const LOST = "Связь с демо потеряна.";

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Error(LOST);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `Не получилось (${response.status}).`);
  return body;
}

/**
 * Read state.
 * @param {string} path under `api/`
 * @returns {Promise<Object>} rejects with a sentence for the person
 */
export function get(path) {
  return answer(fetch(`api/${path}`));
}

/**
 * Ask for a change.
 * @param {string} path under `api/`
 * @param {Object} [body]
 * @returns {Promise<Object>} rejects with a sentence for the person
 */
export function post(path, body = {}) {
  return answer(
    fetch(`api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

/**
 * Send a file to the bot.
 * @param {number} userId
 * @param {File} file
 * @param {"photo"|"document"} kind
 * @param {string} caption may be empty
 */
export function upload(userId, file, kind, caption) {
  const query = new URLSearchParams({ name: file.name, kind, caption });
  return answer(
    fetch(`api/chats/${userId}/files?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
    }),
  );
}

/**
 * Listen to the server for as long as the page is open. The browser reconnects by itself with
 * Last-Event-ID; where it gives up, a new stream is opened.
 * @param {{hello: Function, world: Function, clock: Function, faults: Function, lost: Function}}
 *   handlers each gets the event's data, `lost` nothing
 */
export function listen(handlers) {
  const source = new EventSource("api/events");
  for (const name of ["hello", "world", "clock", "faults"]) {
    source.addEventListener(name, (event) => handlers[name](JSON.parse(event.data)));
  }
  source.addEventListener("error", () => {
    handlers.lost();
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(handlers), 2000);
  });
}
