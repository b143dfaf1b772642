import { el } from "./dom.js";
import { readLink } from "./links.js";

// Formatting of texts: Bot API entities (offsets in UTF-16 units, as JavaScript counts) → nodes.

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
/**
 * A text with its formatting.
 * @param {string} text
 * @param {Object[]} [entities]
 * @param {{botName: string, open: function(string), send: function(string)}} actions `open` takes a
 *   link to the bot, `send` a command
 * @returns {HTMLElement}
 */
export function renderText(text, entities = [], actions) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return el("div", { class: "text" }, range(text, 0, text.length, sorted, actions));
}

function range(text, start, end, entities, actions) {
  const out = document.createDocumentFragment();
  let at = start;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index++];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    const inner = [];
    while (index < entities.length && entities[index].offset < to) inner.push(entities[index++]);
    out.append(text.slice(at, from));
    const content = range(text, from, to, inner, actions);
    out.append(wrap(entity, content, text.slice(from, to), actions));
    at = to;
  }
  out.append(text.slice(at, end));
  return out;
}

function wrap(entity, content, words, actions) {
  switch (entity.type) {
    case "pre": return el("pre", {}, el("code", {}, content));
    case "spoiler": return spoiler(content);
    case "text_link": return link(entity.url, content, actions);
    case "url": return link(words, content, actions);
    case "email": return link(`mailto:${words}`, content, actions);
    case "phone_number": return link(`tel:${words}`, content, actions);
    case "bot_command": return command(words, content, actions);
    default: return entity.type in TAGS ? el(TAGS[entity.type], {}, content) : content;
  }
}

function link(address, content, actions) {
  const target = readLink(address, actions.botName);
  if (!target) return content;
  if (target.kind === "outside") {
    return el("a", { href: target.url, target: "_blank", rel: "noopener noreferrer" }, content);
  }
  const open = (event) => {
    event.preventDefault();
    actions.open(address);
  };
  return el("a", { href: address, onclick: open }, content);
}

function command(words, content, actions) {
  return el("button", { type: "button", class: "command", onclick: () => actions.send(words) }, content);
}

function spoiler(content) {
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  const hint = "Скрытый текст, нажмите, чтобы показать";
  const props = { class: "spoiler", role: "button", tabindex: "0", "aria-label": hint };
  const node = el("span", { ...props, onclick: show, onkeydown: show }, content);
  return node;
}
