import { get, post, upload } from "./api.js";
import { Composer } from "./composer.js";
import { anchorMenu, avatar, el, part } from "./dom.js";
import { botLink, readLink } from "./links.js";
import { Log } from "./log.js";
import { alertBox, toast, zoom } from "./notices.js";

const ACTION_MS = 5500;
const ANSWER_MS = 15_000;
const ACTIONS = {
  upload_document: "бот отправляет файл…",
  upload_photo: "бот отправляет фото…",
};

/** The open chat: what stands in it, and what its person does. */
export class Chat {
  /** @param {{heard: function(), share: function(string)}} page */
  constructor(page) {
    this.page = page;
    this.botName = "";
    this.person = null;
    this.messages = new Map();
    this.waiting = new Map();
    this.early = new Set();
    this.held = null; // what happens while a chat is being loaded, to be told after it
    this.actionTimer = 0;
    const chat = this;
    this.log = new Log({
      get botName() { return chat.botName; },
      tap: (message, button, key) => this.tap(message, button, key),
      open: (address) => this.openLink(address),
      send: (text) => this.send(text),
      zoom,
    });
    this.composer = new Composer({
      send: (text) => this.send(text),
      start: () => this.start(""),
      unblock: () => this.block("no"),
      contact: () => this.act("contact"),
      attach: (file, kind, caption) => this.attempt(() => upload(this.id, file, kind, caption)),
    });
    part("block").addEventListener("click", () => this.toggleBlock());
    anchorMenu(document.getElementById("chat-menu"), part("menu"));
  }

  /** Whose chat it is; null when none is open. */
  get id() {
    return this.person?.id ?? null;
  }

  /** Show the chat of a person, or none. @param {Object|null} person */
  async open(person) {
    this.person = person;
    this.showAction("");
    part("chat").hidden = person === null;
    this.held = null;
    if (person === null) return;
    part("chat").setAttribute("aria-label", `Чат: ${person.name}`);
    const held = (this.held = []);
    const loaded = await get(`chats/${person.id}`);
    if (this.held !== held) return;
    this.held = null;
    this.take(loaded);
    this.log.open([...this.messages.values()]);
    this.composer.update(this.state());
    held.forEach((event) => this.happened(event));
  }

  /** Read again what may have changed without an event of its own: the command menu. */
  async refresh() {
    const { person } = this;
    if (person === null) return;
    const { commands } = await get(`chats/${person.id}`);
    if (this.person !== person) return; // another chat was opened meanwhile
    this.commands = commands;
    this.draw();
  }

  /** Put a link or text into the input. @param {string} text */
  offer(text) {
    this.composer.prefill(text);
  }

  /** What the server told of this or another chat. @param {Object} event */
  happened(event) {
    if (this.held) {
      this.held.push(event);
      return;
    }
    if (event.chat_id !== this.id || event.seq <= this.seq) return;
    if (event.kind === "message") this.showAction("");
    if (event.message) this.messages.set(event.message.message_id, event.message);
    if (event.kind === "deleted") this.messages.delete(event.message_id);
    if (event.kind === "blocked") this.blocked = event.blocked;
    if (event.kind === "action") this.showAction(ACTIONS[event.action] ?? "бот печатает…");
    if (event.kind === "answer") this.answered(event);
    this.keyboard = event.keyboard;
    this.draw();
  }

  take({ seq, messages, commands, keyboard, blocked }) {
    this.seq = seq;
    const known = this.messages;
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    for (const [id, message] of this.messages) {
      const old = known.get(id);
      if (old && JSON.stringify(old) === JSON.stringify(message)) this.messages.set(id, old);
    }
    Object.assign(this, { commands, keyboard, blocked });
    part("block").textContent = blocked ? "Разблокировать бота" : "Заблокировать бота";
  }

  state() {
    const { id, commands, keyboard, blocked } = this;
    return { id, commands, keyboard, blocked, messages: [...this.messages.values()] };
  }

  draw() {
    const state = this.state();
    this.log.update(state.messages);
    this.composer.update(state);
    part("block").textContent = this.blocked ? "Разблокировать бота" : "Заблокировать бота";
  }

  showAction(words) {
    clearTimeout(this.actionTimer);
    if (this.person === null) return;
    const { name, title, about } = this.person;
    const note = el("div", { class: words ? "chat-note busy" : "chat-note", "data-testid": "chat-note" });
    note.textContent = words || [title, about].filter(Boolean).join(" · ");
    const names = el("div", {}, el("div", { class: "chat-name", "data-testid": "chat-name" }, name), note);
    document.querySelector(".chat-who").replaceChildren(avatar(this.person, "small"), names);
    if (words) this.actionTimer = setTimeout(() => this.showAction(""), ACTION_MS);
  }

  async attempt(action) {
    try {
      await action();
      return true;
    } catch (error) {
      toast(error.message);
      return false;
    }
  }

  act(path, body) {
    return this.attempt(() => post(`chats/${this.id}/${path}`, body));
  }

  send(text) {
    const link = botLink(text, this.botName);
    return link ? this.start(link.payload) : this.act("text", { text });
  }

  start(payload) {
    return this.act("start", { payload });
  }

  block(blocked) {
    return this.act("block", { blocked });
  }

  toggleBlock() {
    document.getElementById("chat-menu").hidePopover();
    this.block(this.blocked ? "no" : "yes");
  }

  openLink(address) {
    const link = readLink(address, this.botName);
    if (link?.kind === "bot") this.start(link.payload);
    else if (link?.kind === "share") this.page.share(link.url);
    else if (link?.kind === "outside") window.open(link.url, "_blank", "noopener,noreferrer");
    else toast("Эту ссылку открыть нельзя.");
  }

  /**
   * Follow a link that someone was given.
   * @param {Object} person
   * @param {string} address
   */
  async openLinkAs(person, address) {
    const link = readLink(address, this.botName);
    if (link?.kind !== "bot") return toast("Здесь можно передать только ссылку на бота.");
    return this.attempt(() => post(`chats/${person.id}/start`, { payload: link.payload }));
  }

  async tap(message, button, key) {
    if (button.url) return this.openLink(button.url);
    if (button.copy_text) return this.copy(button.copy_text.text);
    if (button.callback_data === undefined) return toast("Такие кнопки на этой странице не работают.");
    if (key.getAttribute("aria-busy") === "true") return undefined;
    key.setAttribute("aria-busy", "true");
    const sent = await this.attempt(async () => {
      const body = { message_id: String(message.message_id), data: button.callback_data };
      const { query_id: query } = await post(`chats/${this.id}/press`, body);
      this.wait(query, key);
    });
    if (!sent) key.removeAttribute("aria-busy");
    return undefined;
  }

  /** The answer may have come before the request returned: then there is nothing to wait for. */
  wait(query, key) {
    this.waiting.set(query, key);
    if (this.early.delete(query)) this.release(query);
    else setTimeout(() => this.release(query), ANSWER_MS);
  }

  release(query) {
    this.waiting.get(query)?.removeAttribute("aria-busy");
    return this.waiting.delete(query);
  }

  answered({ query_id: query, text, show_alert: modal, url }) {
    if (!this.release(query)) this.early.add(query);
    if (text) (modal ? alertBox : toast)(text);
    if (url) this.openLink(url);
  }

  async copy(text) {
    const copied = await this.attempt(() => navigator.clipboard.writeText(text));
    if (copied) toast("Скопировано.");
  }
}
