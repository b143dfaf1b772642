"""What the local Telegram holds, and what one sees of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from sandbox.chats import Chats, Queries
from sandbox.events import Events, Subscription
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.group import Group
from sandbox.groups import Groups
from sandbox.limits import RateLimits
from sandbox.menus import Menus
from sandbox.records import Answer, Bot, BotCommand, File, Json, StoredMessage, User
from sandbox.updates import Updates


class Store:
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
        self.limits = RateLimits(enabled=rate_limits)
        self.faults = Faults()
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
