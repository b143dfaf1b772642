"""The state of the local Telegram, and what people do in it.

Everything a person does is a plain (not async) method that takes effect at once: the message is in
the chat, the update is in the bot's queue. What the bot does comes through the HTTP API.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from sandbox.chats import Chats, Queries
from sandbox.entities import find_entities
from sandbox.events import Events, Subscription
from sandbox.files import Files, document, photo_sizes
from sandbox.group import Group
from sandbox.groups import Groups
from sandbox.inline import Inline, inline_id
from sandbox.limits import RateLimits
from sandbox.menus import Menus
from sandbox.records import Answer, Bot, BotCommand, File, Json, StoredMessage, User
from sandbox.updates import Updates


class World:
    """One bot, its users, their private chats with it and their groups.

    Args:
        now: the movable clock; aware datetimes. Message dates, the 48 hours of deleting, the life
            of callback queries and of updates follow it.
        rate_limits: whether the rate windows (monotonic time) refuse with 429.

    Attributes:
        idle: set by tests to the bot's own «my inbox is empty»; awaited by `settle`.
    """

    def __init__(self, now: Callable[[], datetime], *, rate_limits: bool = True) -> None:
        self.now = now
        self.users: dict[int, User] = {}
        self.events = Events()
        self.chats = Chats(now, self.events)
        self.queries = Queries(now, self.events)
        self.updates = Updates(now)
        self.files = Files()
        self.menus = Menus()
        self.groups = Groups(self)
        self.inline = Inline(self)
        self.limits = RateLimits(enabled=rate_limits)
        self.idle: Callable[[], Awaitable[None]] | None = None
        self._bot: Bot | None = None

    @property
    def bot(self) -> Bot:
        """The bot of this world.

        Raises:
            RuntimeError: none was added yet.
        """
        if self._bot is None:
            raise RuntimeError("add_bot was not called")
        return self._bot

    @bot.setter
    def bot(self, bot: Bot) -> None:
        self._bot = bot

    def add_bot(self, token: str, username: str, name: str) -> Bot:
        """Create the world's bot; a token is `<digits>:<anything>`."""
        self.bot = Bot(token, username, name)
        return self.bot

    def add_user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "ru",
        user_id: int | None = None,
    ) -> User:
        """Create an account that has not written to the bot yet; ids grow from 1001 by default.

        Raises:
            ValueError: the id is taken.
        """
        if user_id is None:
            user_id = max([1000, *self.users]) + 1
        if user_id in self.users:
            raise ValueError(f"user {user_id} exists")
        user = User(user_id, first_name, last_name, username, language_code)
        self.users[user_id] = user
        self.events.emit("users", None, {})
        return user

    def add_group(self, title: str, members: Iterable[int], *, supergroup: bool = False) -> Group:
        """Create a group without the bot; see `Groups` for what then happens in it."""
        return self.groups.add(title, members, supergroup=supergroup)

    # What a person does, in the private chat unless `chat_id` names a group. A person who blocked
    # the bot cannot write to it (RuntimeError): start lifts it.

    def send_text(
        self,
        user_id: int,
        text: str,
        *,
        reply_to: int | None = None,
        chat_id: int | None = None,
        anonymous: bool = False,
    ) -> StoredMessage:
        """Write; commands, links and mentions become entities as in a client. An administrator
        of a group may write in its name (`anonymous`)."""
        content: Json = {"text": text}
        if entities := find_entities(text):
            content["entities"] = entities
        where = user_id if chat_id is None else chat_id
        if reply_to is not None and (answered := self.message(where, reply_to)) is not None:
            content["reply_to_message"] = answered.as_api()
        return self.say(user_id, content, chat_id=chat_id, anonymous=anonymous)

    def start(self, user_id: int, payload: str | None = None) -> StoredMessage:
        """Press «Start», or open a link `t.me/<bot>?start=<payload>`; lifts a block."""
        self.unblock(user_id)
        return self.send_text(user_id, "/start" if payload is None else f"/start {payload}")

    def press(self, user_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Send a callback query and return its id. Whether such a button exists is not checked:
        a client can forge any data on any message (telegram.md 11)."""
        user, where = self.users[user_id], user_id if chat_id is None else chat_id
        query = self.queries.ask(user_id, where, message_id, data)
        message = self.message(where, message_id)
        payload: Json = {
            "id": query.id,
            "from": user.as_user(),
            "chat_instance": str(where * 7919),
            "data": data,
        }
        if message is not None and "via_bot" in message.body:
            payload["inline_message_id"] = inline_id(message)
        elif message is not None:
            payload["message"] = message.as_api()
        else:
            chat = self.chat(where).as_chat()
            payload["message"] = {"chat": chat, "message_id": message_id, "date": 0}
        self.updates.put(user_id, "callback_query", payload, where)
        return query.id

    def send_document(
        self,
        user_id: int,
        data: bytes,
        name: str,
        *,
        mime: str | None = None,
        caption: str | None = None,
    ) -> StoredMessage:
        """Send a file to the bot."""
        file = self.files.add(name, data, mime=mime, kind="documents")
        return self.say(user_id, {"document": document(file)} | _captioned(caption))

    def send_photo(self, user_id: int, data: bytes, *, caption: str | None = None) -> StoredMessage:
        """Send a picture to the bot.

        Raises:
            ApiError: 400 IMAGE_PROCESS_FAILED for what is neither PNG nor JPEG.
        """
        file = self.files.add("photo.jpg", data, kind="photos")
        return self.say(user_id, {"photo": photo_sizes(file)} | _captioned(caption))

    def send_contact(
        self,
        user_id: int,
        phone_number: str,
        *,
        first_name: str | None = None,
        contact_user_id: int | None = None,
    ) -> StoredMessage:
        """Share a contact: one's own by default, or somebody else's (telegram.md 20)."""
        contact: Json = {
            "phone_number": phone_number,
            "first_name": first_name or self.users[user_id].first_name,
            "user_id": user_id if contact_user_id is None else contact_user_id,
        }
        return self.say(user_id, {"contact": contact})

    def say(
        self,
        user_id: int,
        content: Json,
        *,
        chat_id: int | None = None,
        markup: Json | None = None,
        anonymous: bool = False,
    ) -> StoredMessage:
        """Put a message of a person into the private chat or a group, and tell the bot of it.

        Raises:
            RuntimeError: the person may not write there.
        """
        user = self.users[user_id]
        if chat_id is not None and (group := self.groups.get(chat_id)) is not None:
            return self.groups.say(group, user_id, content, markup, anonymous=anonymous)
        if user.blocked:
            raise RuntimeError(f"{user.full_name} has blocked the bot: unblock or start first")
        user.started = True
        message = self.chats.add(user.as_chat(), user.as_user(), content, markup)
        self.updates.put(user_id, "message", message.as_api())
        return message

    def block(self, user_id: int) -> None:
        """Block the bot; it learns by `my_chat_member` with status «kicked» (telegram.md 2)."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Let the bot write again; it learns by `my_chat_member` with status «member»."""
        self._set_blocked(user_id, blocked=False)

    # What one sees. A private chat has the id of its person.

    def chat(self, chat_id: int) -> User | Group:
        """The person or the group of a chat.

        Raises:
            KeyError: there is none with this id.
        """
        return self.groups.get(chat_id) or self.users[chat_id]

    def history(self, chat_id: int) -> list[StoredMessage]:
        """Messages of the chat, oldest first; deleted ones are gone."""
        return self.chats.history(chat_id)

    def message(self, chat_id: int, message_id: int) -> StoredMessage | None:
        """One message of the chat, if it is still there."""
        return self.chats.get(chat_id, message_id)

    def reply_keyboard(self, chat_id: int) -> Json | None:
        """The markup of the reply keyboard under the input field now; None without one."""
        return self.chats.reply_keyboard(chat_id)

    def commands(self, user_id: int, group: Group | None = None) -> list[BotCommand]:
        """The command menu as this user sees it, in private or in a group (telegram.md 21)."""
        language = self.users[user_id].language_code
        if group is None:
            return self.menus.seen_by(user_id, language)
        return self.menus.seen_in(group, user_id, language)

    @property
    def answers(self) -> dict[str, Answer]:
        """The bot's answers to taps so far, by query id."""
        return self.queries.answers

    async def answered(self, query_id: str) -> Answer:
        """The bot's answer to a tap, waiting for it if need be."""
        return await self.queries.answered(query_id)

    def file(self, file_id: str) -> File:
        """A stored file.

        Raises:
            KeyError: there is none with this id.
        """
        if (file := self.files.get(file_id)) is None:
            raise KeyError(file_id)
        return file

    def subscribe(self, chat_id: int | None = None) -> Subscription:
        """Events from now on (see `records.Event`); with `chat_id` those of this chat and those
        that concern everyone."""
        return self.events.subscribe(chat_id)

    def clock_moved(self) -> None:
        """Tell viewers that `now` was moved; whoever moves the clock calls it."""
        self.events.emit("clock", None, {"now": self.now().isoformat()})

    async def settle(self, user_id: int) -> None:
        """Return once the bot took all updates of this user and, with `idle` set, worked them."""
        await self.updates.settled(user_id)
        if self.idle is not None:
            await self.idle()

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        user = self.users[user_id]
        if user.blocked == blocked:
            return
        user.blocked = blocked
        gone: Json = {"status": "kicked", "user": self.bot.as_user(), "until_date": 0}
        here: Json = {"status": "member", "user": self.bot.as_user()}
        payload: Json = {
            "chat": user.as_chat(),
            "from": user.as_user(),
            "date": int(self.now().timestamp()),
            "old_chat_member": here if blocked else gone,
            "new_chat_member": gone if blocked else here,
        }
        self.updates.put(user_id, "my_chat_member", payload)
        self.events.emit("blocked", user_id, {"blocked": blocked})


def _captioned(caption: str | None) -> Json:
    return {"caption": caption} if caption else {}
