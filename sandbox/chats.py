"""Messages of the chats, and taps on their buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sandbox.events import Events
from sandbox.records import Answer, CallbackQuery, Json, StoredMessage

ENVELOPE = ("message_id", "from", "sender_chat", "chat", "date", "reply_to_message", "via_bot")
"""What an edit leaves as it was."""


class Chats:
    """Messages by chat id and message id.

    Ids grow by one over all private chats and basic groups of the bot; a supergroup counts its
    own (`own_ids`: supergroup → next id), so that ids of two chats may coincide.
    """

    def __init__(self, now: Callable[[], datetime], events: Events) -> None:
        self._now = now
        self._events = events
        self.stored: dict[int, dict[int, StoredMessage]] = {}
        self.next_id = 1
        self.own_ids: dict[int, int] = {}

    def history(self, chat_id: int) -> list[StoredMessage]:
        """Messages of a chat, oldest first; deleted ones are gone."""
        return list(self.stored.get(chat_id, {}).values())

    def get(self, chat_id: int, message_id: int) -> StoredMessage | None:
        """One message of a chat, if it is still there."""
        return self.stored.get(chat_id, {}).get(message_id)

    def reply_keyboard(self, chat_id: int) -> Json | None:
        """The markup of the reply keyboard under the input field now; None without one."""
        used = False
        for message in reversed(self.history(chat_id)):
            markup = message.markup or {}
            if "keyboard" in markup:
                return None if used and markup.get("one_time_keyboard") else markup
            if markup.get("remove_keyboard"):
                return None
            used = used or not message.by_bot
        return None

    def add(
        self, chat: Json, sender: Json, content: Json, markup: Json | None = None
    ) -> StoredMessage:
        """Put a message into a chat: Bot API `Chat` and `User` objects, then the content fields."""
        message_id = self._take_id(chat)
        envelope = {
            "message_id": message_id,
            "from": sender,
            "chat": chat,
            "date": int(self._now().timestamp()),
        }
        body = {**envelope, **content}
        by_bot = sender["is_bot"] and "sender_chat" not in content
        message = StoredMessage(chat["id"], message_id, by_bot, body, markup)
        self.restore(message)
        self._events.emit("message", message.chat_id, message.as_seen())
        return message

    def restore(self, message: StoredMessage) -> None:
        """Put back a message of a snapshot."""
        self.stored.setdefault(message.chat_id, {})[message.message_id] = message

    def edit(self, message: StoredMessage, content: Json, markup: Json | None) -> None:
        """Replace what a message shows."""
        kept = {key: message.body[key] for key in ENVELOPE if key in message.body}
        message.body = {**kept, "edit_date": int(self._now().timestamp()), **content}
        message.markup = markup
        self._events.emit("edited", message.chat_id, message.as_seen())

    def delete(self, message: StoredMessage) -> None:
        """Take a message out of the chat, for both sides."""
        del self.stored[message.chat_id][message.message_id]
        self._events.emit("deleted", message.chat_id, {"message_id": message.message_id})

    def _take_id(self, chat: Json) -> int:
        if chat["type"] == "supergroup":
            message_id = self.own_ids.get(chat["id"], 1)
            self.own_ids[chat["id"]] = message_id + 1
            return message_id
        self.next_id += 1
        return self.next_id - 1


class Queries:
    """Callback queries and the bot's answers to them."""

    def __init__(self, now: Callable[[], datetime], events: Events) -> None:
        self._now = now
        self._events = events
        self.asked: dict[str, CallbackQuery] = {}
        self.answers: dict[str, Answer] = {}
        self.next_id = 4_900_000_000_001
        self._awaited: dict[str, asyncio.Future[None]] = {}

    def ask(self, user_id: int, chat_id: int, message_id: int, data: str) -> CallbackQuery:
        """A tap was made."""
        query = CallbackQuery(str(self.next_id), user_id, chat_id, message_id, data, self._now())
        self.next_id += 1
        self.asked[query.id] = query
        return query

    def answer(self, query: CallbackQuery, answer: Answer) -> None:
        """Answer a tap; only the first answer is seen."""
        if query.id in self.answers:
            return
        self.answers[query.id] = answer
        if (future := self._awaited.pop(query.id, None)) is not None:
            future.set_result(None)
        payload: Json = {
            "query_id": query.id,
            "user_id": query.user_id,
            "message_id": query.message_id,
            "text": answer.text,
            "show_alert": answer.show_alert,
            "url": answer.url,
        }
        self._events.emit("answer", query.chat_id, payload)

    async def answered(self, query_id: str) -> Answer:
        """The bot's answer to a tap, waiting for it if need be."""
        if query_id not in self.answers:
            future = self._awaited.setdefault(query_id, asyncio.get_running_loop().create_future())
            await asyncio.shield(future)
        return self.answers[query_id]
