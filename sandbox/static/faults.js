import { post } from "./api.js";
import { el, part } from "./dom.js";
import { toast } from "./notices.js";

const NEED_SECONDS = ["429", "delay"];
const USUAL_SECONDS = 3;

/** The switch beside the clock: what spoils the bot's network, put on and taken off. */
export class Faults {
  constructor() {
    this.panel = part("faults");
    this.list = part("faults-list");
    this.form = part("faults-form");
    this.lines = new Map();
    this.form.elements.kind.addEventListener("change", () => this.suggestSeconds());
    this.form.addEventListener("submit", (event) => this.add(event));
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.fold());
    this.suggestSeconds();
  }

  /**
   * Show what holds. Lines that stay are the same nodes: whoever is on their button stays there.
   * @param {{id: number, method: string, percent: number, kind: string, seconds: number, hits: number}[]} rules
   */
  show(rules) {
    const old = this.lines;
    this.lines = new Map(rules.map((rule) => [rule.id, old.get(rule.id) ?? this.line(rule)]));
    for (const [id, { node }] of old) {
      if (!this.lines.has(id)) node.remove();
    }
    for (const { id, hits } of rules) {
      const { node, count } = this.lines.get(id);
      count.textContent = `Задето запросов: ${hits}`;
      if (!node.isConnected) this.list.append(node);
    }
    const badge = part("faults-count");
    badge.hidden = !rules.length;
    badge.textContent = String(rules.length);
    const name = rules.length ? `Сбои сети, включено: ${rules.length}` : "Сбои сети";
    part("faults-open").setAttribute("aria-label", name);
  }

  line(rule) {
    const count = el("span", { class: "faults-hits", "data-testid": "fault-hits" });
    const off = el("button", { type: "button", class: "quiet", onclick: () => this.off(rule) }, "Убрать");
    const words = el("span", {}, `${this.words("method", rule.method)}, ${rule.percent}\u00a0%`);
    const node = el(
      "li",
      { "data-testid": "fault" },
      el("div", {}, words, el("span", {}, this.happens(rule)), count),
      off,
    );
    return { node, count };
  }

  happens({ kind, seconds }) {
    const what = this.words("kind", kind);
    return seconds ? `${what}, ${secondsOf(kind).toLowerCase()}\u00a0${seconds}\u00a0с` : what;
  }

  /** The label that the form has for a value; the value itself where a test has put it there. */
  words(field, value) {
    const known = [...this.form.elements[field].options].find((option) => option.value === value);
    return known?.text ?? value;
  }

  suggestSeconds() {
    const { kind, seconds } = this.form.elements;
    const needed = NEED_SECONDS.includes(kind.value);
    seconds.min = needed ? 1 : 0;
    seconds.value = needed ? USUAL_SECONDS : 0;
    part("faults-seconds").textContent = `${secondsOf(kind.value)}, с`;
  }

  async add(event) {
    event.preventDefault();
    await quietly(post("faults", Object.fromEntries(new FormData(this.form))));
  }

  async off({ id }) {
    await quietly(post(`faults/${id}/off`));
    part("faults-add").focus();
  }

  fold() {
    this.panel.open = false;
    part("faults-open").focus();
  }
}

function secondsOf(kind) {
  return kind === "429" ? "Ждать" : "Задержка";
}

function quietly(promise) {
  return promise.catch((error) => toast(error.message));
}
