import { avatar, el, part } from "./dom.js";
import { brief, sentAt } from "./dates.js";
import { headcount } from "./groups.js";
import { preview } from "./message.js";

const STORE = "last-read";

/** The people and groups on the left, and how far each chat has been read in this browser. */
export class People {
  /** @param {function(number)} chosen the id of a person, or a group's (negative) */
  constructor(chosen) {
    this.chosen = chosen;
    this.all = new Map();
    this.read = JSON.parse(localStorage.getItem(STORE) ?? "{}");
  }

  /** Take the lists from the server. @param {{people: Object[], groups: Object[]}} state */
  load({ people, groups }) {
    const all = [...people, ...groups];
    this.all = new Map(all.map((person) => [person.id, person]));
    for (const person of all) {
      if ((this.read[person.id] ?? 0) > (person.last?.message_id ?? 0)) delete this.read[person.id];
    }
  }

  /**
   * Count a message that has just come, or has changed.
   * @param {number} id
   * @param {Object} message
   */
  heard(id, message) {
    const person = this.all.get(id);
    if (!person.last || message.message_id >= person.last.message_id) person.last = message;
    const isNew = !person.incoming.includes(message.message_id);
    if (message.by_bot && isNew) person.incoming.push(message.message_id);
  }

  /**
   * Everything in this chat has been seen.
   * @param {number} id
   */
  markRead(id) {
    const last = this.all.get(id).last?.message_id ?? 0;
    if (this.read[id] === last) return;
    this.read[id] = last;
    localStorage.setItem(STORE, JSON.stringify(this.read));
  }

  /** The people alone. */
  get people() {
    return [...this.all.values()].filter(({ id }) => id > 0);
  }

  unread(person) {
    return person.incoming.filter((id) => id > (this.read[person.id] ?? 0)).length;
  }

  /**
   * Draw the list.
   * @param {number|null} current id of the open chat
   * @param {Date} now
   */
  render(current, now) {
    const [people, groups] = [part("people"), part("groups")];
    const list = people.parentNode;
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const all = [...this.all.values()];
    const lines = (isGroup) =>
      all.filter(({ id }) => id < 0 === isGroup).map((person) => this.line(person, current, now));
    people.replaceChildren(...lines(false));
    groups.replaceChildren(...lines(true));
    part("groups-name").hidden = !groups.firstChild;
    if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus();
    const unread = all.reduce((sum, person) => sum + this.unread(person), 0);
    document.title = unread ? `(${unread}) Чат с ботом` : "Чат с ботом";
  }

  line(person, current, now) {
    const unread = this.unread(person);
    return el(
      "button",
      {
        type: "button",
        class: "person",
        "data-testid": person.members ? "group" : "person",
        "data-id": person.id,
        "aria-current": person.id === current ? "true" : null,
        title: person.about || null,
        onclick: () => this.chosen(person.id),
      },
      avatar(person),
      el("span", { class: "person-name" }, person.name),
      person.last ? el("span", { class: "person-time" }, brief(sentAt(person.last), now)) : el("span"),
      el("span", { class: "person-role" }, person.members ? headcount(person) : person.title),
      el("span", { class: "person-last" }, preview(person.last)),
      unread ? badge(unread) : null,
    );
  }
}

function badge(count) {
  const label = `непрочитанных: ${count}`;
  const props = { class: "badge", "data-testid": "unread", role: "img", "aria-label": label };
  return el("span", props, String(count));
}
