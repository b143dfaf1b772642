"""The state of the local Telegram, and what people do in it.

Everything a person does is a plain (not async) method that takes effect at once: the message is in
the chat, the update is in the bot's queue. What the bot does comes through the HTTP API.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sandbox.entities import find_entities
from sandbox.files import document, photo_sizes
from sandbox.inline import Inline, inline_id
from sandbox.records import Json, StoredMessage
from sandbox.store import Store


class World(Store):
    """A store with its people awake: they write, tap, share, block. For groups see `groups`, for
    inline mode `inline`.

    They act in the private chat unless `chat_id` names a group. A person who blocked the bot
    cannot write to it (RuntimeError): start lifts it.
    """

    def __init__(self, now: Callable[[], datetime], *, rate_limits: bool = True) -> None:
        super().__init__(now, rate_limits=rate_limits)
        self.inline = Inline(self)

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
