import { get, listen, post } from "./api.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { part } from "./dom.js";
import { ask, banner, choosePerson, toast } from "./notices.js";
import { People } from "./people.js";

// The page put together: the address says whose chat is open (#/<user id>), the server says the rest.

const LOST = "Связь с демо потеряна. Как только оно снова заработает, чат продолжится.";
const LOST_AFTER_MS = 1500;

const people = new People((id) => { location.hash = `#/${id}`; });
const clock = new Clock(() => drawPeople());
const chat = new Chat({ heard: drawPeople, share });
let lostTimer = null;

function drawPeople() {
  if (chat.id !== null && people.all.has(chat.id) && !document.hidden) people.markRead(chat.id);
  people.render(chat.id, clock.now);
}

/** Read everything anew: at the start, and after the stream missed something. */
async function reload() {
  const state = await get("state");
  part("bot-name").textContent = state.bot.name;
  chat.botName = state.bot.username;
  people.load(state.people);
  await follow();
}

/** Open the chat that the address names; «?start=» in it becomes a link ready to be sent. */
async function follow() {
  const [, id, payload] = /^#\/(\d+)(?:\?start=([\w-]*))?$/.exec(location.hash) ?? [];
  const person = people.all.get(Number(id)) ?? null;
  document.body.dataset.view = person ? "chat" : "people";
  part("welcome").hidden = person !== null;
  await chat.open(person);
  drawPeople();
  if (payload) chat.offer(`https://t.me/${chat.botName}?start=${payload}`);
}

function share(link) {
  const words = { title: "Кому передать ссылку?", note: "Ссылка откроется в чате этого человека с ботом." };
  choosePerson(words, [...people.all.values()], async (person) => {
    location.hash = `#/${person.id}`;
    await chat.openLinkAs(person, link);
  });
}

function happened(event) {
  if (event.kind === "users") return quietly(reloadPeople());
  if (event.kind === "commands") return quietly(chat.refresh());
  if (!people.all.has(event.chat_id)) return undefined; // The list is on its way.
  if (event.message) people.heard(event.chat_id, event.message);
  chat.happened(event);
  if (event.kind === "deleted") return quietly(reloadPeople());
  return drawPeople();
}

/** Someone is new, or a message is gone that may have been the last one or an unread one. */
async function reloadPeople() {
  people.load((await get("state")).people);
  drawPeople();
}

function quietly(promise) {
  promise.catch((error) => toast(error.message));
}

function connected({ resumed }) {
  clearTimeout(lostTimer);
  lostTimer = null;
  if (!part("connection").hidden) toast("Связь восстановлена.");
  banner(null);
  if (!resumed) quietly(reload());
}

function lost() {
  lostTimer ??= setTimeout(() => banner(LOST), LOST_AFTER_MS);
}

function newPerson() {
  ask(
    { title: "Новый человек", label: "Как его или её зовут?", button: "Открыть чат", testid: "new-person" },
    { type: "text", maxlength: 120, placeholder: "Марина Котова", autocomplete: "off" },
    async (name) => {
      const { id } = await post("people", { name });
      await reloadPeople();
      location.hash = `#/${id}`;
    },
  );
}

part("new-person").addEventListener("click", newPerson);
part("back").addEventListener("click", () => { location.hash = ""; });
addEventListener("hashchange", () => quietly(follow()));
document.addEventListener("visibilitychange", drawPeople);
listen({ hello: connected, world: happened, clock: (face) => clock.show(face), lost });
