import { avatar, el, part } from "./dom.js";

const TOAST_MS = 4000;

/**
 * A short note on top that goes away by itself.
 * @param {string} text
 */
export function toast(text) {
  const node = el("div", { class: "toast", "data-testid": "toast" }, text);
  part("toasts").append(node);
  setTimeout(() => node.remove(), TOAST_MS);
}

/**
 * A text that waits for «Понятно».
 * @param {string} text
 */
export function alertBox(text) {
  const dialog = openDialog(el("p", {}, text), el("div", { class: "actions" }, closer("Понятно", "main")));
  dialog.dataset.testid = "alert";
  dialog.setAttribute("role", "alertdialog");
}

/**
 * Ask for one value; the dialog stays open with a sentence while `save` refuses it.
 * @param {{title: string, label: string, button: string, testid: string}} words
 * @param {Object} field attributes of the input
 * @param {function(string): Promise<void>} save rejects with the sentence to show
 */
export function ask({ title, label, button, testid }, field, save) {
  const input = el("input", { ...field, required: true, "data-testid": `${testid}-input` });
  const refusal = el("p", { class: "refusal", role: "alert", hidden: true });
  const submit = async (event) => {
    event.preventDefault();
    try {
      await save(input.value);
      dialog.close();
    } catch (error) {
      refusal.textContent = error.message;
      refusal.hidden = false;
    }
  };
  const form = el(
    "form",
    { onsubmit: submit },
    el("h2", {}, title),
    el("label", {}, label, input),
    refusal,
    el(
      "div",
      { class: "actions" },
      closer("Отмена", "quiet"),
      el("button", { type: "submit", class: "main", "data-testid": `${testid}-ok` }, button),
    ),
  );
  const dialog = openDialog(form);
  input.focus();
}

/**
 * Let someone be chosen.
 * @param {{title: string, note: string}} words
 * @param {Object[]} people
 * @param {function(Object)} chosen
 */
export function choosePerson({ title, note }, people, chosen) {
  const choose = (person) => {
    dialog.close();
    chosen(person);
  };
  const line = (person) =>
    el(
      "button",
      { type: "button", class: "person", onclick: () => choose(person) },
      avatar(person),
      el("span", { class: "person-name" }, person.name),
      el("span", { class: "person-role" }, person.title),
    );
  const dialog = openDialog(
    el("h2", {}, title),
    el("p", { class: "hint" }, note),
    el("div", { class: "choices" }, ...people.map(line)),
    el("div", { class: "actions" }, closer("Отмена", "quiet")),
  );
  dialog.dataset.testid = "share";
}

/**
 * A photo over the whole page; a click or Esc closes it.
 * @param {string} address
 * @param {string} words what it shows
 */
export function zoom(address, words) {
  const close = closer(el("img", { src: address, alt: words }), "");
  close.setAttribute("aria-label", "Закрыть фото");
  const dialog = openDialog(close);
  dialog.classList.add("photo-view");
  dialog.dataset.testid = "zoom";
}

/**
 * Say on top of the page that the server cannot be reached; null takes it back.
 * @param {string|null} text
 */
export function banner(text) {
  const node = part("connection");
  node.hidden = text === null;
  node.textContent = text ?? "";
}

/** Show a dialog; it leaves the page when closed. @param {...Node} content */
export function openDialog(...content) {
  const dialog = el("dialog", {}, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A button that closes its dialog. @param {Node|string} content @param {string} kind its class */
export function closer(content, kind) {
  const close = (event) => event.currentTarget.closest("dialog").close();
  return el("button", { type: "button", class: kind, onclick: close }, content);
}
