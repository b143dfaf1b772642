import { el } from "./dom.js";

const PAUSE_MS = 250;

/**
 * What the panel can ask for.
 * @typedef {Object} InlineActions
 * @property {function(string, string): Promise<Object|null>} ask text and offset; null on failure
 * @property {function(string, string): Promise<boolean>} choose ids of the query and the result
 * @property {function(string)} open the private chat with a start parameter
 * @property {function()} done something was sent
 */

/** What the bot offers while its name is being typed: `@bot words`. */
export class InlinePanel {
  /** @param {InlineActions} actions */
  constructor(actions) {
    this.actions = actions;
    this.node = el("div", { class: "commands found", "data-testid": "inline", hidden: true });
    this.text = null; // what is asked for now; null while the panel is closed
    this.timer = 0;
  }

  /**
   * Follow what is typed.
   * @param {string|null} text what stands behind the bot's name; null where it is not named
   */
  typed(text) {
    if (text === this.text) return;
    this.text = text;
    clearTimeout(this.timer);
    if (text === null) this.node.hidden = true;
    else this.timer = setTimeout(() => this.find(text, ""), PAUSE_MS);
  }

  /** Send the first result. @returns {boolean} whether there was one */
  chooseFirst() {
    const first = this.node.hidden ? null : this.node.querySelector(".result");
    first?.click();
    return Boolean(first);
  }

  async find(text, offset) {
    const found = await this.actions.ask(text, offset);
    if (this.text !== text || found === null) return; // typed on meanwhile
    this.node.hidden = false;
    const lines = found.results.map((result) => this.line(found.query_id, result));
    if (offset) this.node.querySelector(".more")?.replaceWith(...lines);
    else this.node.replaceChildren(...this.top(found), ...lines);
    if (found.next_offset) this.node.append(this.more(text, found.next_offset));
  }

  top({ button, results }) {
    if (button) {
      const open = () => this.actions.open(button.start_parameter);
      return [el("button", { type: "button", class: "above", onclick: open }, button.text)];
    }
    return results.length ? [] : [el("p", {}, "Ничего не нашлось.")];
  }

  line(query, { id, title, description }) {
    const choose = async () => {
      if (await this.actions.choose(query, id)) this.actions.done();
    };
    return el(
      "button",
      { type: "button", class: "result", "data-testid": "inline-result", onclick: choose },
      el("b", {}, title),
      el("span", {}, description),
    );
  }

  more(text, offset) {
    const next = () => this.find(text, offset);
    return el("button", { type: "button", class: "more", onclick: next }, "Показать ещё");
  }
}
