import { el, part } from "./dom.js";
import { day, sentAt } from "./dates.js";
import { renderMessage } from "./message.js";

const NEAR_END = 120;

/**
 * The list of messages of the open chat. Nodes of unchanged messages stay; an edited one is
 * replaced, a deleted one fades out.
 */
export class Log {
  /** @param {import("./message.js").MessageActions} actions */
  constructor(actions) {
    this.actions = actions;
    this.node = part("log");
    this.down = part("down");
    this.nodes = new Map();
    this.following = true;
    this.top = 0;
    this.down.addEventListener("click", () => this.toEnd());
    this.node.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.node);
  }

  /**
   * Show another chat, from its end. Screen readers are not read the whole of it.
   * @param {Object[]} messages oldest first
   */
  open(messages) {
    this.node.setAttribute("aria-live", "off");
    this.nodes.clear();
    this.node.replaceChildren();
    this.update(messages);
    this.toEnd();
    requestAnimationFrame(() => this.node.setAttribute("aria-live", "polite"));
  }

  /**
   * Show the chat as it is now, staying at the end if one was there.
   * @param {Object[]} messages oldest first
   */
  update(messages) {
    const follow = this.following || messages.at(-1)?.by_bot === false;
    const old = this.nodes;
    this.nodes = new Map();
    let shownDay = "";
    for (const message of messages) {
      const itsDay = day(sentAt(message));
      if (itsDay !== shownDay) {
        this.keep(`day ${itsDay}`, itsDay, old, () => separator(itsDay));
        shownDay = itsDay;
      }
      this.keep(message.message_id, message, old, () => renderMessage(message, this.actions));
    }
    if (!messages.length) {
      this.keep("empty", "empty", old, emptyNote);
    }
    this.place(old);
    if (follow) this.toEnd();
    else this.scrolled();
  }

  keep(key, shown, old, make) {
    const known = old.get(key);
    this.nodes.set(key, known?.shown === shown ? known : { shown, node: make() });
  }

  place(old) {
    for (const [key, { node }] of old) {
      if (this.nodes.get(key)?.node === node) continue;
      if (this.nodes.has(key)) node.replaceWith(this.nodes.get(key).node);
      else this.leave(node);
    }
    let previous = null;
    for (const { node } of this.nodes.values()) {
      let next = previous ? previous.nextSibling : this.node.firstChild;
      while (next?.classList.contains("leaving")) next = next.nextSibling;
      if (next !== node) this.node.insertBefore(node, next);
      previous = node;
    }
  }

  leave(node) {
    if (!node.classList.contains("message")) return node.remove();
    node.classList.add("leaving");
    node.inert = true;
    return node.addEventListener("animationend", () => node.remove(), { once: true });
  }

  atEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.scrolled();
  }

  /** Only scrolling up stops the following: the list also moves when something grows or shrinks. */
  scrolled() {
    const { scrollTop } = this.node;
    if (this.atEnd()) this.following = true;
    else if (scrollTop < this.top) this.following = false;
    this.top = scrollTop;
    this.down.hidden = this.atEnd();
  }
}

function separator(words) {
  return el("div", { class: "day", "data-testid": "day" }, words);
}

function emptyNote() {
  return el("p", { class: "log-empty" }, "Здесь пока пусто. Нажмите «Начать», и бот ответит.");
}
