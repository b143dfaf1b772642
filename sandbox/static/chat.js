import { get, post, upload } from "./api.js";
import { Composer } from "./composer.js";
import { anchorMenu, avatar, el, part } from "./dom.js";
import { headcount } from "./groups.js";
import { botLink, readLink } from "./links.js";
import { Log } from "./log.js";
import { alertBox, toast, zoom } from "./notices.js";

const ACTION_MS = 5500;
const ANSWER_MS = 15_000;
const ACTIONS = {
  upload_document: "бот отправляет файл…",
  upload_photo: "бот отправляет фото…",
};

/**
 * What a chat asks of the page around it.
 * @typedef {Object} PageActions
 * @property {function()} heard
 * @property {function(string)} share a link
 * @property {function(Object, string): Promise<void>} enter a person's private chat with a payload
 * @property {function(Object)} addPerson to a group
 * @property {function(Object, number)} speakAs in a group, from now on
 */

/** The open chat, private or a group: what stands in it, and what its person does. */
export class Chat {
  /** @param {PageActions} page */
  constructor(page) {
    this.page = page;
    this.bot = { name: "", username: "", inline: false };
    this.person = null; // whose private chat it is; in a group, who speaks
    this.group = null;
    this.speakers = [];
    this.messages = new Map();
    this.waiting = new Map();
    this.early = new Set();
    this.held = null; // what happens while a chat is being loaded, to be told after it
    this.actionTimer = 0;
    const chat = this;
    this.log = new Log({
      get botName() { return chat.bot.username; },
      get self() { return chat.person.id; },
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
      speakAs: (id) => this.page.speakAs(this.group, id),
      get botName() { return chat.bot.username; },
      get inlineName() { return chat.bot.inline ? chat.bot.username : null; },
      inline: {
        ask: (text, offset) => this.ask(text, offset),
        choose: (query, result) => this.act("choose", { query_id: query, result_id: result }),
        open: (payload) => this.start(payload),
        done: () => this.composer.prefill(""),
      },
    });
    this.choice("block", () => this.block(this.blocked ? "no" : "yes"));
    this.choice("group-bot", () => this.act("bot", { there: this.group.has_bot ? "no" : "yes" }));
    this.choice("group-person", () => this.page.addPerson(this.group));
    anchorMenu(document.getElementById("chat-menu"), part("menu"));
  }

  /** Something in the menu of the chat. */
  choice(name, action) {
    part(name).addEventListener("click", () => {
      document.getElementById("chat-menu").hidePopover();
      action();
    });
  }

  /** The id of the chat: a person's or, negative, a group's; null when none is open. */
  get id() {
    return (this.group ?? this.person)?.id ?? null;
  }

  /** Where the server keeps this chat, as its person sees it. */
  get path() {
    return this.group ? `groups/${this.group.id}/${this.person.id}` : `chats/${this.person.id}`;
  }

  /**
   * Show a private chat, a group as somebody of it sees it, or none.
   * @param {{person: Object, group: Object|null, speakers: Object[]}|null} place
   */
  async open(place) {
    this.regroup(place);
    part("chat").hidden = place === null;
    this.held = null;
    if (place === null) return;
    part("chat").setAttribute("aria-label", `Чат: ${(this.group ?? this.person).name}`);
    const held = (this.held = []);
    const loaded = await get(this.path);
    if (this.held !== held) return;
    this.held = null;
    this.take(loaded);
    this.log.open([...this.messages.values()]);
    this.composer.update(this.state());
    held.forEach((event) => this.happened(event));
  }

  /** Who is in the group, and who speaks, has changed. @param {Object|null} place as for `open` */
  regroup(place) {
    const { person, group, speakers } = place ?? { person: null, group: null };
    Object.assign(this, { person, group, speakers: speakers ?? [] });
    this.showAction("");
    part("block").hidden = group !== null;
    part("group-bot").hidden = part("group-person").hidden = group === null;
    part("group-bot").textContent = group?.has_bot ? "Убрать бота" : "Добавить бота";
  }

  /** Read again what may have changed without an event of its own: the command menu. */
  async refresh() {
    const { person, group } = this;
    if (person === null) return;
    const { commands } = await get(this.path);
    if (this.person !== person || this.group !== group) return; // another chat was opened meanwhile
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
    const { id, commands, keyboard, blocked, group, person, speakers } = this;
    const messages = [...this.messages.values()];
    return { id, commands, keyboard, blocked, messages, inGroup: group !== null, speaker: person.id, speakers };
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
    const shown = this.group ?? this.person;
    const about = this.group ? [headcount(this.group)] : [shown.title, shown.about].filter(Boolean);
    const note = el("div", { class: words ? "chat-note busy" : "chat-note", "data-testid": "chat-note" });
    note.textContent = words || about.join(" · ");
    const names = el("div", {}, el("div", { class: "chat-name", "data-testid": "chat-name" }, shown.name), note);
    document.querySelector(".chat-who").replaceChildren(avatar(shown, "small"), names);
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
    return this.attempt(() => post(`${this.path}/${path}`, body));
  }

  send(text) {
    const link = botLink(text, this.bot.username);
    return link ? this.start(link.payload) : this.act("text", { text });
  }

  /** Start the bot by a link; from a group that leads into the private chat of who speaks. */
  start(payload) {
    if (this.group) return this.attempt(() => this.page.enter(this.person, payload));
    return this.act("start", { payload });
  }

  /** What the bot offers for `@bot text`; null, and a note, when it cannot be asked. */
  async ask(text, offset) {
    let found = null;
    await this.attempt(async () => { found = await post(`${this.path}/inline`, { text, offset }); });
    return found;
  }

  block(blocked) {
    return this.act("block", { blocked });
  }

  openLink(address) {
    const link = readLink(address, this.bot.username);
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
    const link = readLink(address, this.bot.username);
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
      const { query_id: query } = await post(`${this.path}/press`, body);
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

  answered({ query_id: query, user_id: user, text, show_alert: modal, url }) {
    if (user !== this.person.id) return; // somebody else of the group has tapped
    if (!this.release(query)) this.early.add(query);
    if (text) (modal ? alertBox : toast)(text);
    if (url) this.openLink(url);
  }

  async copy(text) {
    const copied = await this.attempt(() => navigator.clipboard.writeText(text));
    if (copied) toast("Скопировано.");
  }
}
