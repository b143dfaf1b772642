import { get, listen, post } from "./api.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { part } from "./dom.js";
import { Faults } from "./faults.js";
import { askGroup } from "./groups.js";
import { ask, banner, choosePerson, toast } from "./notices.js";
import { People } from "./people.js";

// The page put together: the address says which chat is open (#/<user id>, or #/<group id>/<user id>:
// a group as this person sees it), the server says the rest.

const LOST = "Связь с демо потеряна. Как только оно снова заработает, чат продолжится.";
const LOST_AFTER_MS = 1500;

const people = new People((id) => { location.hash = `#/${id}`; });
const clock = new Clock(() => drawPeople());
const chat = new Chat({ heard: drawPeople, share, enter, addPerson, speakAs });
const faults = new Faults();
const speakers = new Map(); // group → who spoke there last
let lostTimer = null;

function drawPeople() {
  if (chat.id !== null && people.all.has(chat.id) && !document.hidden) people.markRead(chat.id);
  people.render(chat.id, clock.now);
}

/** Read everything anew: at the start, and after the stream missed something. */
async function reload() {
  const state = await get("state");
  part("bot-name").textContent = state.bot.name;
  chat.bot = state.bot;
  people.load(state);
  await follow();
}

/** Open the chat that the address names; «?start=» in it becomes a link ready to be sent. */
async function follow() {
  const address = /^#\/(-?\d+)(?:\/(\d+))?(?:\?start=([\w-]*))?$/.exec(location.hash) ?? [];
  const [, id, speaker, payload] = address;
  const open = people.all.get(Number(id)) ?? null;
  const place = open?.members ? inGroup(open, Number(speaker)) : open && { person: open, group: null };
  document.body.dataset.view = place ? "chat" : "people";
  part("welcome").hidden = place !== null;
  await chat.open(place);
  drawPeople();
  if (payload) chat.offer(`https://t.me/${chat.bot.username}?start=${payload}`);
}

/** A group as somebody of it sees it: who was asked for, else who spoke there last. */
function inGroup(group, asked) {
  const known = group.members.filter((id) => people.all.has(id));
  const speaker = [asked, speakers.get(group.id), known[0]].find((id) => known.includes(id));
  if (speaker === undefined) return null;
  speakers.set(group.id, speaker);
  return { person: people.all.get(speaker), group, speakers: known.map((id) => people.all.get(id)) };
}

/** Open a person's private chat and follow a link to the bot there. */
async function enter(person, payload) {
  location.hash = `#/${person.id}`;
  await post(`chats/${person.id}/start`, { payload });
}

function speakAs(group, id) {
  location.hash = `#/${group.id}/${id}`;
}

function addPerson(group) {
  const others = people.people.filter(({ id }) => !group.members.includes(id));
  if (!others.length) return toast("Все люди уже в этой группе.");
  const words = { title: "Кого добавить в группу?", note: "Этот человек сможет писать в ней." };
  return choosePerson(words, others, (person) => quietly(post(`groups/${group.id}/${person.id}/join`)));
}

function share(link) {
  const words = { title: "Кому передать ссылку?", note: "Ссылка откроется в чате этого человека с ботом." };
  choosePerson(words, people.people, async (person) => {
    location.hash = `#/${person.id}`;
    await chat.openLinkAs(person, link);
  });
}

function happened(event) {
  if (event.kind === "users") return quietly(reloadPeople());
  if (event.kind === "groups") return quietly(reloadGroups());
  if (event.kind === "commands") return quietly(chat.refresh());
  if (!people.all.has(event.chat_id)) return undefined; // The list is on its way.
  if (event.message) people.heard(event.chat_id, event.message);
  chat.happened(event);
  if (event.kind === "deleted") return quietly(reloadPeople());
  return drawPeople();
}

/** Someone is new, or a message is gone that may have been the last one or an unread one. */
async function reloadPeople() {
  people.load(await get("state"));
  drawPeople();
}

/** Who is in a group has changed, the bot perhaps: then its commands have, too. */
async function reloadGroups() {
  await reloadPeople();
  const group = people.all.get(chat.id);
  if (!group?.members) return;
  chat.regroup(inGroup(group, chat.person.id));
  await chat.refresh();
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

function newGroup() {
  askGroup(people.people, async (title, members) => {
    const { id } = await post("groups", { title, members });
    await reloadPeople();
    location.hash = `#/${id}`;
  });
}

part("new-person").addEventListener("click", newPerson);
part("new-group").addEventListener("click", newGroup);
part("back").addEventListener("click", () => { location.hash = ""; });
addEventListener("hashchange", () => quietly(follow()));
document.addEventListener("visibilitychange", drawPeople);
listen({
  hello: connected,
  world: happened,
  clock: (face) => clock.show(face),
  faults: (rules) => faults.show(rules),
  lost,
});
