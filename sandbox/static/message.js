import { el, tone } from "./dom.js";
import { sentAt, time } from "./dates.js";
import { renderText } from "./entities.js";
import { name, serviceWords } from "./service.js";

const PHOTO = { width: 420, height: 340 };

/**
 * What can be done from a message.
 * @typedef {Object} MessageActions
 * @property {function(Object, Object, HTMLButtonElement)} tap an inline button of a message
 * @property {string} botName username, by which links to the bot are known
 * @property {number} self who is looking
 * @property {function(string)} open a link to the bot
 * @property {function(string)} send a command found in the text
 * @property {function(string, string)} zoom a photo: its address and what it shows
 */

/**
 * A message as it stands in the chat, with its inline keyboard.
 * @param {Object} message Bot API message with `by_bot`
 * @param {MessageActions} actions
 * @returns {HTMLElement}
 */
export function renderMessage(message, actions) {
  const happened = serviceWords(message);
  if (happened) return el("div", { class: "day", "data-testid": "service" }, happened);
  const own = message.by_bot ? false : message.from.id === actions.self;
  const text = message.text ?? message.caption;
  const keyboard = message.reply_markup?.inline_keyboard;
  const edited = message.edit_date && !keyboard;
  const sent = sentAt(message);
  const meta = el(
    "span",
    { class: "meta" },
    edited ? "изменено " : null,
    el("time", { datetime: sent.toISOString() }, time(sent)),
  );
  const words = text ? renderText(text, message.entities ?? message.caption_entities, actions) : null;
  words?.append(meta);
  return el(
    "article",
    {
      class: `message ${own ? "out" : "in"}`,
      "data-testid": "message",
      "data-id": message.message_id,
      "data-from": message.by_bot ? "bot" : "person",
      "aria-label": message.by_bot ? "Бот" : own ? "Вы" : name(message.from),
    },
    el("div", { class: "bubble" }, author(message, own), media(message, actions), words ?? meta),
    keyboard?.length ? inlineKeyboard(message, keyboard, actions) : null,
  );
}

/** In a group: who wrote it; of what was sent through the bot, that too. */
function author(message, own) {
  const via = message.via_bot ? `через @${message.via_bot.username}` : "";
  const writer = message.sender_chat ? message.chat.title : name(message.from);
  const who = message.chat.type === "private" || own ? "" : writer;
  const words = [who, via].filter(Boolean).join(" · ");
  if (!words) return null;
  return el("div", { class: `author ink-${tone(message.from.id)}`, "data-testid": "author" }, words);
}

/**
 * One line that stands for a message in the list of people.
 * @param {Object|null} message
 */
export function preview(message) {
  if (!message) return "Ещё не писали боту";
  const happened = serviceWords(message);
  if (happened) return happened;
  const wordless = message.photo ? "Фото" : message.document?.file_name ?? "Сообщение";
  const shown = message.text ?? message.caption ?? wordless;
  const who = message.chat.type === "private" ? "Вы" : message.from.first_name;
  return `${message.by_bot ? "" : `${who}: `}${shown.replace(/\s+/g, " ").slice(0, 120)}`;
}

function media(message, actions) {
  if (message.photo) return photo(message, actions);
  if (message.document) return attachment(message.document);
  if (message.contact) {
    const { first_name: name, phone_number: phone } = message.contact;
    return el("div", { class: "text" }, `Контакт: ${name}, ${phone}`);
  }
  return message.text ? null : el("div", { class: "text" }, "Такие сообщения эта страница не показывает.");
}

function photo(message, actions) {
  const largest = message.photo.reduce((best, size) => (size.width > best.width ? size : best));
  const scale = Math.min(1, PHOTO.width / largest.width, PHOTO.height / largest.height);
  const [width, height] = [largest.width, largest.height].map((side) => Math.round(side * scale));
  const address = `files/${encodeURIComponent(largest.file_id)}`;
  const words = message.caption ?? "Фото";
  return el(
    "button",
    { type: "button", class: "photo", "data-testid": "photo", onclick: () => actions.zoom(address, words) },
    el("img", { src: address, alt: words, width, height }),
  );
}

function attachment(file) {
  const name = file.file_name ?? "Файл";
  const kind = name.match(/\.([a-z0-9]{1,5})$/i)?.[1] ?? "файл";
  const address = `files/${encodeURIComponent(file.file_id)}`;
  return el(
    "a",
    { class: "file", "data-testid": "document", href: address, download: name },
    el("span", { class: "file-icon", "aria-hidden": "true" }, kind.toUpperCase()),
    el(
      "span",
      {},
      el("span", { class: "file-name" }, name),
      el("span", { class: "file-size" }, `${size(file.file_size)} · скачать`),
    ),
  );
}

function size(bytes = 0) {
  if (bytes < 1024) return `${bytes} Б`;
  const [value, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "КБ"] : [bytes / 1024 ** 2, "МБ"];
  return `${value.toLocaleString("ru", { maximumFractionDigits: 1 })} ${unit}`;
}

function inlineKeyboard(message, rows, actions) {
  const key = (button) =>
    el(
      "button",
      {
        type: "button",
        class: button.url ? "key link" : "key",
        onclick: (event) => actions.tap(message, button, event.currentTarget),
      },
      button.text,
    );
  return keyboardRows(rows, key, "inline-keyboard");
}

/**
 * Rows of buttons.
 * @param {Object[][]} rows
 * @param {function(Object): HTMLElement} key makes one button
 * @param {string} name data-testid of the keyboard
 */
export function keyboardRows(rows, key, name) {
  const lines = rows.map((row) => el("div", { class: "row" }, ...row.map(key)));
  return el("div", { class: "keyboard", "data-testid": name }, ...lines);
}
