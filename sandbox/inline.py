"""Inline mode: what people ask by `@bot words` in any chat, and what they choose of the answer."""

from __future__ import annotations

import asyncio
import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.records import Json, StoredMessage

if TYPE_CHECKING:
    from sandbox.world import World

LONGEST_QUERY = 256


@dataclass(frozen=True)
class InlineResult:
    """One line of an answer, and the message that it becomes: content fields and markup."""

    id: str
    title: str
    description: str
    content: Json
    markup: Json | None


@dataclass(frozen=True)
class InlineAnswer:
    """The bot's answer to an inline query; `button` stands above the results."""

    results: list[InlineResult]
    next_offset: str = ""
    button: Json | None = None
    cache_time: int = 300
    is_personal: bool = False

    @property
    def titles(self) -> list[str]:
        """What stands in the list."""
        return [result.title for result in self.results]


@dataclass
class InlineQuery:
    """What somebody typed after the bot's name, in which chat."""

    id: str
    user_id: int
    chat_id: int
    text: str
    offset: str
    asked_at: datetime
    answer: InlineAnswer | None = None


class Inline:
    """Inline queries of a world. They live in memory only: a restart forgets them, as people do.

    The server keeps an answer for `cache_time` and gives it to the next one who asks the same,
    whoever that is unless it `is_personal`; the bot learns of the first one only.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.asked: dict[str, InlineQuery] = {}
        self._cached: dict[tuple[str, str, int | None], tuple[datetime, InlineAnswer]] = {}
        self._awaited: dict[str, asyncio.Future[None]] = {}
        self._next_id = 7_300_000_000_001

    def ask(self, user_id: int, chat_id: int, text: str, offset: str = "") -> InlineQuery:
        """Somebody typed `@bot text`, or scrolled to the end of results that go on at `offset`.

        Raises:
            RuntimeError: inline mode is off (@BotFather, /setinline).
        """
        if not self._world.bot.inline:
            raise RuntimeError("inline mode is off: set world.bot.inline")
        text = text[:LONGEST_QUERY]
        query = InlineQuery(str(self._next_id), user_id, chat_id, text, offset, self._world.now())
        self._next_id += 1
        self.asked[query.id] = query
        query.answer = self._kept(query)
        if query.answer is None:
            group = self._world.groups.get(chat_id)
            payload: Json = {
                "id": query.id,
                "from": self._world.users[user_id].as_user(),
                "chat_type": "sender" if group is None else group.type,
                "query": text,
                "offset": offset,
            }
            self._world.updates.put(user_id, "inline_query", payload)
        return query

    def answer(self, query: InlineQuery, answer: InlineAnswer) -> None:
        """The bot's answer; it is kept for whoever asks the same."""
        query.answer = answer
        if answer.cache_time:
            until = self._world.now() + timedelta(seconds=answer.cache_time)
            key = (query.text, query.offset, query.user_id if answer.is_personal else None)
            self._cached[key] = until, answer
        if (future := self._awaited.pop(query.id, None)) is not None:
            future.set_result(None)

    async def answered(self, query: InlineQuery) -> InlineAnswer:
        """The answer to a query, waiting for it if need be."""
        if query.answer is None:
            new = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._awaited.setdefault(query.id, new))
        assert query.answer is not None  # noqa: S101 - `answer` sets it before it wakes anyone
        return query.answer

    def choose(self, query: InlineQuery, result_id: str) -> StoredMessage:
        """Send a result into the chat where it was asked for, as the person's message «via» the
        bot; the bot learns of the choice if inline feedback is on.

        Raises:
            KeyError: the answer has no such result.
            RuntimeError: the person cannot write there.
        """
        results = query.answer.results if query.answer is not None else []
        result = next((one for one in results if one.id == result_id), None)
        if result is None:
            raise KeyError(result_id)
        world = self._world
        content = {**result.content, "via_bot": world.bot.as_user()}
        message = world.say(query.user_id, content, chat_id=query.chat_id, markup=result.markup)
        if world.bot.inline_feedback:
            payload: Json = {
                "result_id": result.id,
                "from": world.users[query.user_id].as_user(),
                "query": query.text,
            }
            if message.inline_keyboard:
                payload["inline_message_id"] = inline_id(message)
            world.updates.put(query.user_id, "chosen_inline_result", payload)
        return message

    def message(self, inline_message_id: str) -> StoredMessage | None:
        """The message «via» the bot with this id, if it is still there.

        Raises:
            ValueError: this is no id.
        """
        try:
            chat_id, message_id = map(
                int, base64.urlsafe_b64decode(inline_message_id).decode().split(":")
            )
        except (binascii.Error, UnicodeError, ValueError):
            raise ValueError(inline_message_id) from None
        message = self._world.message(chat_id, message_id)
        return message if message is not None and "via_bot" in message.body else None

    def _kept(self, query: InlineQuery) -> InlineAnswer | None:
        for whose in (query.user_id, None):
            until, answer = self._cached.get(
                (query.text, query.offset, whose), (query.asked_at, None)
            )
            if answer is not None and until > query.asked_at:
                return answer
        return None


def inline_id(message: StoredMessage) -> str:
    """The `inline_message_id` of a message «via» the bot; it names no chat that the bot knows."""
    return base64.urlsafe_b64encode(f"{message.chat_id}:{message.message_id}".encode()).decode()
