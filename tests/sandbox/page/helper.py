"""A served chat page for tests: its clock, its cast, a hand-driven bot.

Elements are found by `data-testid`:

- people: `person` (with `data-id`), `unread` inside it, `new-person`, `new-person-input`,
  `new-person-ok`; groups: `group`, `new-group`, `new-group-input`, `new-group-ok`; at phone width
  `back` leads to them;
- the chat: `chat-name`, `chat-note` (role or «бот печатает…»), `log`, `message` (with `data-id`
  and `data-from` = bot or person), `inline-keyboard`, `photo`, `document`, `day`, `down`, `menu`,
  `block`; in a group `author` of a message, `service` lines, `group-bot` and `group-person` in the
  menu;
- writing: `start`, `input`, `send`, `show-commands`, `commands`, `reply-keyboard`, `unblock`,
  `attach`, `attach-photo`, `attach-document`; `speaker` in a group; `inline` with
  `inline-result` while the bot's name is typed;
- the clock: `clock`, `clock-hour`, `clock-day`, `clock-goto`, `goto-input`, `goto-ok`,
  `clock-progress`; the faults: `faults-open`, `faults-count`, `faults-add`, `fault` with
  `fault-hits`;
- over the page: `toast`, `alert`, `zoom`, `share`, `connection`.
"""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from aiohttp import ClientResponse, ClientSession

from sandbox.page import CastMember, chat_page
from sandbox.server import Sandbox
from sandbox.world import World

NOON = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
"""10:15 in Krasnoyarsk, a Saturday."""
PUPIL, PARENT, CURATOR = 1001, 1002, 1003
CAST = (
    CastMember(PUPIL, "Ученица 9 класса", "школа № 4, Ачинск"),
    CastMember(PARENT, "Родитель", "сын в 8 классе"),
    CastMember(CURATOR, "Муниципальный куратор", "Ачинск"),
)


@dataclass
class GatedClock:
    """Stands still, and moves in two halves: the second one starts when the test opens the gate."""

    current: datetime = NOON
    timezone: str = "Asia/Krasnoyarsk"
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    halfway: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None

    def now(self) -> datetime:
        return self.current

    async def move_to(self, target: datetime) -> None:
        self.current += (target - self.current) / 2
        self.halfway.set()
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        self.current = target


@dataclass
class Served:
    """A page under `url` (with the closing slash) and a bot that a test drives by hand."""

    url: str
    world: World
    clock: GatedClock
    bot: Bot

    async def next_update(self, kind: str) -> Update:
        """The next update with something of this kind, fetched and acknowledged by getUpdates."""
        while True:
            for update in await self.bot.get_updates(timeout=10):
                await self.bot.get_updates(offset=update.update_id + 1)
                if getattr(update, kind) is not None:
                    return update

    async def next_tap(self) -> CallbackQuery:
        """The next tap on an inline button."""
        tap = (await self.next_update("callback_query")).callback_query
        assert tap is not None
        return tap


@asynccontextmanager
async def served_page(port: int = 0) -> AsyncIterator[Served]:
    """A local Telegram with three people, and the page mounted on it as the demo does."""
    clock = GatedClock()
    world = World(clock.now, rate_limits=False)
    world.add_bot("42:TEST", "proforient_bot", "Профориентационный нетворкинг")
    world.add_user("Алина", last_name="Соколова", user_id=PUPIL)
    world.add_user("Марина", last_name="Котова", user_id=PARENT)
    world.add_user("Ольга", last_name="Ветрова", user_id=CURATOR)
    sandbox = Sandbox(world=world, port=port)
    sandbox.app.add_subapp("/chat", chat_page(world, clock=clock, cast=CAST))
    async with sandbox:
        session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
        async with Bot(
            "42:TEST", session=session, default=DefaultBotProperties(parse_mode="HTML")
        ) as bot:
            yield Served(f"{sandbox.url}/chat/", world, clock, bot)


def buttons(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    """An inline keyboard of (text, callback data or https link)."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=text, url=target)
                if "://" in target
                else InlineKeyboardButton(text=text, callback_data=target)
                for text, target in row
            ]
            for row in rows
        ]
    )


def png(width: int, height: int) -> bytes:
    """A picture of two colours."""
    row = b"\x00" + b"".join(
        b"\x1f\x6f\x5c" if x // 16 % 2 else b"\xec\xe8\xdf" for x in range(width)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


async def error_of(response: ClientResponse) -> str:
    """The sentence of a refusal."""
    return str((await response.json())["error"])


async def state_of(http: ClientSession, path: str) -> Any:
    """What the page reads at `path`."""
    async with http.get(path) as response:
        assert response.status == 200
        return await response.json()
