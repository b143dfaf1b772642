import { el } from "./dom.js";
import { closer, openDialog } from "./notices.js";

const plural = new Intl.PluralRules("ru");
const PEOPLE = { one: "участник", few: "участника", many: "участников", other: "участника" };

/** «3 участника и бот» @param {Object} group as the list has it */
export function headcount(group) {
  const count = group.members.length;
  return `${count} ${PEOPLE[plural.select(count)]}${group.has_bot ? " и бот" : ""}`;
}

/**
 * Ask for the name of a new group and who is in it; everyone is ticked.
 * @param {Object[]} people
 * @param {function(string, number[]): Promise<void>} save rejects with the sentence to show
 */
export function askGroup(people, save) {
  const title = el("input", {
    type: "text",
    maxlength: 128,
    placeholder: "9 «Б», родители",
    autocomplete: "off",
    "data-testid": "new-group-input",
  });
  const boxes = people.map((person) => el("input", { type: "checkbox", value: person.id, checked: true }));
  const lines = people.map((person, index) => el("label", { class: "tick" }, boxes[index], person.name));
  const refusal = el("p", { class: "refusal", role: "alert", hidden: true });
  const submit = async (event) => {
    event.preventDefault();
    try {
      const members = boxes.filter((box) => box.checked).map((box) => Number(box.value));
      await save(title.value, members);
      dialog.close();
    } catch (error) {
      refusal.textContent = error.message;
      refusal.hidden = false;
    }
  };
  const form = el(
    "form",
    { onsubmit: submit },
    el("h2", {}, "Новая группа"),
    el("label", {}, "Как она называется?", title),
    el("fieldset", { class: "ticks" }, el("legend", {}, "Кто в ней? Первый станет владельцем."), ...lines),
    refusal,
    el(
      "div",
      { class: "actions" },
      closer("Отмена", "quiet"),
      el("button", { type: "submit", class: "main", "data-testid": "new-group-ok" }, "Создать группу"),
    ),
  );
  const dialog = openDialog(form);
  title.focus();
}
