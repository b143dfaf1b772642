// Which links belong to the bot and open inside the page, and which are safe to open outside.

const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);
const OUTSIDE = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * Read a link.
 * @param {string} text as written; a missing «https://» is added
 * @param {string} botName username of the bot
 * @returns {{kind: "bot", payload: string}|{kind: "share", url: string}|
 *   {kind: "outside", url: string}|null} null for what is no link or must not be followed
 */
export function readLink(text, botName) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  if (isWeb && TELEGRAM.has(url.hostname)) {
    const path = url.pathname.replace(/^\/|\/$/g, "").toLowerCase();
    if (path === botName.toLowerCase()) return toBot(url);
    if (path === "share/url") return { kind: "share", url: url.searchParams.get("url") ?? "" };
  }
  const domain = url.protocol === "tg:" ? url.searchParams.get("domain") : null;
  if (domain?.toLowerCase() === botName.toLowerCase()) return toBot(url);
  return OUTSIDE.has(url.protocol) ? { kind: "outside", url: url.href } : null;
}

function toBot(url) {
  return { kind: "bot", payload: url.searchParams.get("start") ?? "" };
}

/**
 * The link to the bot that is the whole of a text, if it is one.
 * @param {string} text
 * @param {string} botName
 * @returns {{kind: "bot", payload: string}|null}
 */
export function botLink(text, botName) {
  if (/\s/.test(text) || !/[./:]/.test(text)) return null;
  const link = readLink(text, botName);
  return link?.kind === "bot" ? link : null;
}
