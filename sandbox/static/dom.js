/**
 * Make an element. Text is only ever text here: nothing on the page parses HTML.
 * @param {string} tag
 * @param {Object<string, *>} props attributes; `on…` are listeners; null, undefined and false are left out
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/**
 * The element of the static page with this data-testid.
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(name) {
  return document.querySelector(`[data-testid="${name}"]`);
}

/** A person's own colour, one of eight. @param {number} id */
export function tone(id) {
  return [...String(Math.abs(id))].reduce((sum, digit) => sum + Number(digit), 0) % 8;
}

/**
 * A round picture with the first letters of a name; the colour is the person's own.
 * @param {{id: number, name: string}} person
 * @param {string} [size] extra class
 */
export function avatar(person, size = "") {
  const words = person.name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => [...word][0]).join("");
  const shape = person.id < 0 ? "group" : "";
  return el("span", { class: `avatar tone-${tone(person.id)} ${shape} ${size}`, "aria-hidden": "true" }, letters.toUpperCase());
}

/**
 * Open a popover menu beside the button it belongs to: below it, or above where there is no room.
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
export function anchorMenu(menu, button) {
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    const from = button.getBoundingClientRect();
    const own = menu.getBoundingClientRect();
    const below = from.bottom + 6;
    const top = below + own.height < innerHeight ? below : from.top - own.height - 6;
    menu.style.left = `${Math.max(8, Math.min(from.left, innerWidth - own.width - 8))}px`;
    menu.style.top = `${top}px`;
  });
}
