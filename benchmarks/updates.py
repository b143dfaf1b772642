"""How many updates a second the bot works off, on SQLite.

First the inbox alone, with a handler that does nothing: storing, ordering, finishing. Then the
whole bot: people tap the first button they see, and the screen changes in place (new messages are
bound by Telegram's 30 a second anyway). The local Telegram is in the same process, so the bot
itself is faster than the number.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Message

from bot.app import App
from bot.clock import Clock
from bot.database import Database
from bot.inbox import Inbox
from bot.incoming import Json
from bot.services.core import Core
from bot.settings import Settings
from sandbox.client import Person
from sandbox.server import Sandbox

CHATS = 50
BATCH = 100  # as getUpdates brings them
UPDATES = 2000
PEOPLE = 60
TAPS = 5  # of each person


class Stopwatch:
    """Seconds of the wall and of the CPU since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def told(self, name: str, updates: int) -> str:
        """Return a line about so many updates."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        return f"{name}: {updates / wall:.0f} a second, {cpu / updates * 1000:.2f} ms of CPU each"


def _said(number: int) -> Json:
    account = 7000 + number % CHATS
    person = {"id": account, "first_name": "А"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1772427600,
            "chat": {**person, "type": "private"},
            "from": {**person, "is_bot": False},
            "text": "Здравствуйте",
        },
    }


async def _nobody_told(_update: Json) -> None:
    """Nothing is set aside here."""


@asynccontextmanager
async def _trivial(url: str, heard: list[int]) -> AsyncIterator[Inbox]:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def hear(message: Message) -> None:
        heard.append(message.message_id)

    core = Core(Database(url), Clock())
    await core.db.migrate()
    try:
        inbox = Inbox(core, Bot("42:TEST"), dispatcher, _nobody_told)
        await inbox.start()
        yield inbox
        await inbox.stop()
    finally:
        await core.db.close()


async def _inbox_alone(url: str) -> None:
    heard: list[int] = []
    async with _trivial(url, heard) as inbox:
        watch = Stopwatch()
        for first in range(0, UPDATES, BATCH):
            await inbox.feed([_said(number) for number in range(first, first + BATCH)])
        await inbox.idle()
        print(watch.told("updates, inbox alone", len(heard)))


async def _whole_bot(url: str) -> None:
    async with Sandbox(Clock().now, rate_limits=False) as telegram:
        settings = Settings(
            _env_file=None,
            bot_token=telegram.world.bot.token,
            bot_api_url=telegram.url,
            database_url=url,
        )
        async with App(settings) as app:
            serving = asyncio.create_task(app.serve())
            telegram.world.idle = app.inbox.idle
            people = [
                Person(telegram.world, telegram.world.add_user(f"П{number}"), patience=60)
                for number in range(PEOPLE)
            ]
            await asyncio.gather(*(person.start() for person in people))
            watch = Stopwatch()
            await asyncio.gather(*(_tap(person) for person in people))
            print(watch.told("taps, whole bot with its Telegram", PEOPLE * TAPS))
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


async def _tap(person: Person) -> None:
    for _ in range(TAPS):
        await person.tap(lambda button: "callback_data" in button)


async def measure() -> None:
    """Print updates a second."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        await _inbox_alone(f"sqlite+aiosqlite:///{folder}/inbox.sqlite3")
        await _whole_bot(f"sqlite+aiosqlite:///{folder}/bot.sqlite3")


if __name__ == "__main__":
    asyncio.run(measure())
