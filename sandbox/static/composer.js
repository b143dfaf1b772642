import { anchorMenu, el, part } from "./dom.js";
import { InlinePanel } from "./inline.js";
import { keyboardRows } from "./message.js";

/**
 * What the place for writing can ask for.
 * @typedef {Object} ComposerActions
 * @property {function(string): Promise<void>} send
 * @property {function()} start
 * @property {function()} unblock
 * @property {function()} contact
 * @property {string} botName username
 * @property {function(File, "photo"|"document", string): Promise<void>} attach with a caption
 * @property {function(number)} speakAs somebody else of the group
 * @property {string|null} inlineName the bot's name, where typing it brings results
 * @property {import("./inline.js").InlineActions} inline
 */

/** The foot of a chat: the input and the reply keyboard; «Начать» while it is empty. */
export class Composer {
  /** @param {ComposerActions} actions */
  constructor(actions) {
    this.actions = actions;
    this.node = part("composer");
    this.drafts = new Map();
    this.mode = "";
    this.input = null;
  }

  /**
   * Show what fits the chat; what is being typed stays.
   * @param {{id: number, messages: Object[], blocked: boolean, commands: Object[],
   *   keyboard: Object|null, inGroup: boolean, speaker: number, speakers: Object[]}} chat
   */
  update(chat) {
    const newCommands = this.chat !== undefined && this.chat.commands !== chat.commands;
    this.chat = chat;
    const mode = `${chat.blocked ? "blocked" : "write"} ${chat.id}`;
    if (this.mode !== mode) {
      this.mode = mode;
      if (chat.blocked) this.close();
      else this.build();
    }
    if (chat.blocked) return;
    this.start.hidden = chat.inGroup || chat.messages.length > 0;
    this.showSpeakers();
    this.showKeys();
    if (newCommands) this.refreshCommands();
  }

  /** Put the text into the input of the open chat, ready to be sent. @param {string} text */
  prefill(text) {
    if (!this.input) return;
    this.input.value = text;
    this.typed();
    this.input.focus();
  }

  close() {
    this.input = null;
    this.node.replaceChildren(big("Разблокировать бота", "unblock", this.actions.unblock));
  }

  build() {
    this.start = big("Начать", "start", this.actions.start);
    this.input = el("textarea", {
      rows: 1,
      placeholder: "Сообщение",
      "aria-label": "Сообщение",
      "data-testid": "input",
      oninput: () => this.typed(),
      onkeydown: (event) => this.pressed(event),
    });
    this.input.value = this.drafts.get(this.chat.id) ?? "";
    this.list = el("div", { class: "commands", "data-testid": "commands", hidden: true });
    this.keys = el("div", { class: "reply-keys", hidden: true });
    this.toggle = this.round("⌨", "Кнопки ответа", "toggle-keys", () => {
      this.keys.hidden = !this.keys.hidden;
    });
    this.speakers = el("select", {
      "data-testid": "speaker",
      onchange: () => this.actions.speakAs(Number(this.speakers.value)),
    });
    this.from = el("label", { class: "speaker", hidden: true }, "От имени", this.speakers);
    this.found = new InlinePanel(this.actions.inline);
    const attach = this.round("📎", "Прикрепить файл", "attach", null, { popovertarget: "attach-menu" });
    const write = el(
      "div",
      { class: "write" },
      this.round("/", "Команды", "show-commands", () => this.showCommands("/", this.list.hidden)),
      ...(this.chat.inGroup ? [] : [attach, this.attachMenu(attach)]),
      this.input,
      this.toggle,
      this.round("➤", "Отправить", "send", () => this.submit()),
    );
    write.lastChild.classList.add("send");
    this.node.replaceChildren(this.start, this.from, this.list, this.found.node, write, this.keys);
    this.shownKeyboard = undefined;
    this.shownSpeakers = undefined;
  }

  round(words, label, testid, action, more = {}) {
    const props = { type: "button", class: "round", "aria-label": label, title: label, "data-testid": testid };
    return el("button", { ...props, onclick: action, ...more }, words);
  }

  attachMenu(button) {
    const choose = (kind, words, accept) => {
      const input = el("input", { type: "file", accept, hidden: true, "data-testid": `attach-${kind}` });
      input.addEventListener("change", () => this.attach(input, kind));
      const open = () => {
        menu.hidePopover();
        input.click();
      };
      return [el("button", { type: "button", onclick: open }, words), input];
    };
    const menu = el("div", { popover: true, id: "attach-menu", class: "menu" });
    menu.append(...choose("photo", "Фото", "image/png,image/jpeg"), ...choose("document", "Файл", null));
    anchorMenu(menu, button);
    return menu;
  }

  async attach(input, kind) {
    const [file] = input.files;
    const caption = this.input.value.trim();
    input.value = "";
    if (file && (await this.actions.attach(file, kind, caption))) this.prefill("");
  }

  /** The menu changed while it stands open, or while its command is being typed. */
  refreshCommands() {
    const text = this.input.value;
    if (text.startsWith("/")) this.typed();
    else if (!this.list.hidden) this.showCommands("/", true);
  }

  typed() {
    const text = this.input.value;
    this.drafts.set(this.chat.id, text);
    this.showCommands(text, /^\/\w*$/.test(text));
    this.found.typed(this.wantedInline(text));
  }

  /** What stands behind «@bot » at the beginning; null where it does not. */
  wantedInline(text) {
    const name = `@${this.actions.inlineName} `.toLowerCase();
    const named = this.actions.inlineName !== null && text.toLowerCase().startsWith(name);
    return named ? text.slice(name.length).trim() : null;
  }

  pressed(event) {
    if (event.key === "Escape") this.list.hidden = this.found.node.hidden = true;
    if (event.key === "ArrowUp" && !this.list.hidden) {
      event.preventDefault();
      this.list.lastChild.focus();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.found.chooseFirst()) this.submit();
  }

  async submit() {
    const text = this.input.value.trim();
    if (text && (await this.actions.send(text))) this.prefill("");
  }

  showCommands(text, wanted) {
    const fitting = this.chat.commands.filter(({ command }) => `/${command}`.startsWith(text));
    this.list.hidden = !wanted || (text !== "/" && !fitting.length);
    if (this.list.hidden) return;
    const line = ({ command, description }) =>
      el(
        "button",
        { type: "button", onclick: () => this.command(command) },
        el("b", {}, `/${command}`),
        el("span", {}, description),
      );
    const none = el("p", {}, this.chat.inGroup ? "В этой группе команд нет." : "У этого человека пока нет команд.");
    this.list.replaceChildren(...(fitting.length ? fitting.map(line) : [none]));
  }

  command(name) {
    this.list.hidden = true;
    this.prefill("");
    this.actions.send(this.chat.inGroup ? `/${name}@${this.actions.botName}` : `/${name}`);
  }

  showSpeakers() {
    const { inGroup, speaker, speakers } = this.chat;
    const shown = JSON.stringify([speaker, speakers.map(({ id, name }) => [id, name])]);
    this.from.hidden = !inGroup;
    if (shown === this.shownSpeakers) return;
    this.shownSpeakers = shown;
    const option = ({ id, name }) => el("option", { value: id, selected: id === speaker }, name);
    this.speakers.replaceChildren(...speakers.map(option));
  }

  showKeys() {
    const shown = JSON.stringify(this.chat.keyboard);
    if (shown === this.shownKeyboard) return;
    this.shownKeyboard = shown;
    const rows = this.chat.keyboard?.keyboard ?? [];
    this.toggle.hidden = !rows.length;
    this.keys.hidden = !rows.length;
    this.input.placeholder = this.chat.keyboard?.input_field_placeholder ?? "Сообщение";
    this.keys.replaceChildren(keyboardRows(rows, (button) => this.key(button), "reply-keyboard"));
  }

  key(button) {
    const words = typeof button === "string" ? button : button.text;
    const act = () => (button.request_contact ? this.actions.contact() : this.actions.send(words));
    return el("button", { type: "button", class: "key", onclick: act }, words);
  }
}

function big(words, testid, action) {
  return el("button", { type: "button", class: "main", "data-testid": testid, onclick: action }, words);
}
