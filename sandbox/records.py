"""What the local Telegram keeps: people, messages, files, updates, events.

Everything here is plain data. Bot API objects are dictionaries of the shape the official
documentation gives them, so that nothing is lost between the store and the wire.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
EventKind = Literal[
    "message",
    "edited",
    "deleted",
    "action",
    "answer",
    "commands",
    "clock",
    "users",
    "blocked",
    "groups",
]


@dataclass
class Bot:
    """The bot of this world, as getMe shows it; profile texts are kept per language code.

    `inline` and `inline_feedback` are what @BotFather switches by /setinline and
    /setinlinefeedback.
    """

    token: str
    username: str
    name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    inline: bool = False
    inline_feedback: bool = False

    @property
    def id(self) -> int:
        """The account id: what stands before the colon of the token."""
        return int(self.token.partition(":")[0])

    def as_user(self) -> Json:
        """The Bot API `User` object of the bot."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass
class User:
    """A person with an account. The private chat with the bot has the same id.

    `started` is true once they wrote to the bot; before that it may not write to them. An `extra`
    is one of a crowd: their chat is there, and no page lists them.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "ru"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    extra: bool = False

    @property
    def full_name(self) -> str:
        """First and last name with a space between."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def as_user(self) -> Json:
        """The Bot API `User` object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if (value := getattr(self, key)) is not None:
                user[key] = value
        return user

    def as_chat(self) -> Json:
        """The Bot API `Chat` object of the private chat with this person."""
        chat: Json = {"id": self.id, "type": "private"}
        for key in ("first_name", "last_name", "username"):
            if (value := getattr(self, key)) is not None:
                chat[key] = value
        return chat


@dataclass
class StoredMessage:
    """One message of a private chat or a group.

    `body` is the Bot API `Message` without `reply_markup`; `markup` is the reply markup as the
    bot sent it, of any kind (inline keyboard, reply keyboard, its removal, force reply). A message
    that somebody sent «via» the bot (inline mode) is theirs, not the bot's.
    """

    chat_id: int
    message_id: int
    by_bot: bool
    body: Json
    markup: Json | None = None

    @property
    def text(self) -> str:
        """The text, or the caption of a file, without formatting; empty when there is none."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """Formatting of `text`, offsets and lengths in UTF-16 code units."""
        entities: list[Json] = self.body.get("entities") or self.body.get("caption_entities") or []
        return entities

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        """Rows of inline buttons; empty when there are none."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    def as_seen(self) -> Json:
        """The message for the chat page: with whatever markup it carries, and who sent it."""
        markup = {} if self.markup is None else {"reply_markup": self.markup}
        return {**self.body, **markup, "by_bot": self.by_bot}

    def as_api(self) -> Json:
        """The `Message` for the bot: only inline keyboards are shown, as the Bot API does."""
        markup = {"reply_markup": self.markup} if self.inline_keyboard else {}
        return {**self.body, **markup}


@dataclass
class File:
    """A stored file; `path` is its address under /file/bot<token>/."""

    id: str
    unique_id: str
    name: str
    mime: str
    path: str
    data: bytes

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.data)


@dataclass(frozen=True)
class BotCommand:
    """A line of the command menu."""

    command: str
    description: str


@dataclass
class CallbackQuery:
    """A tap on an inline button that the bot has to answer."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: datetime


@dataclass(frozen=True)
class Answer:
    """What the bot answered to a tap: a toast, an alert (`show_alert`) or nothing but an end."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


@dataclass
class Update:
    """Something the bot has to learn. `user_id` says whose action it was, `chat_id` where it
    was done; `kind` is the field of the Bot API `Update` object that `payload` stands in."""

    update_id: int
    user_id: int
    chat_id: int
    kind: str
    payload: Json
    created_at: datetime

    @property
    def queue(self) -> tuple[str, int]:
        """Messages and callbacks are separate queues (telegram.md 15): what happens in a chat
        waits for what happened there before, taps and inline queries for those of the person."""
        in_chat = self.kind in {"message", "my_chat_member"}
        return self.kind, self.chat_id if in_chat else self.user_id

    def as_api(self) -> Json:
        """The Bot API `Update` object."""
        return {"update_id": self.update_id, self.kind: self.payload}


@dataclass(frozen=True)
class Event:
    """Something that a viewer of the world may want to show. `seq` grows by one.

    Payloads by kind: message, edited — `StoredMessage.as_seen()`; deleted — `{"message_id"}`;
    action — `{"action"}`; answer — `{"query_id", "user_id", "message_id", "text", "show_alert",
    "url"}`; commands, users, groups — `{}`; blocked — `{"blocked"}`; clock — `{"now"}` in ISO 8601.
    `chat_id` is None for what concerns everyone (commands, users, groups, clock).
    """

    kind: EventKind
    chat_id: int | None
    payload: Json
    seq: int
