"""What a sign-up costs, beside the same SQL sent through the bare driver; and sign-ups in a rush.

One sign-up goes the whole way from the stored update to the answer, which is given after the
commit; the messenger answers at once and costs nothing. Its statements are written down and sent
again, one after the other, to a second database that went through the same. The two take turns.
"""

import asyncio
import logging
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiosqlite
import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, GetMe, TelegramMethod
from aiogram.types import User
from pydantic import SecretStr
from sqlalchemy import event, make_url

from benchmarks.databases import postgres_urls, sqlite_urls
from bot.app import App
from bot.callbacks import SignUpHere
from bot.clock import Clock
from bot.database import Database
from bot.handlers import detach
from bot.incoming import Json
from bot.services import registrations
from bot.services.core import Account, Core
from bot.settings import Settings
from bot.vocabulary import Category
from tests.services.factory import make_meeting, make_person, make_region

MEETING = "bench"
SIGN_UPS = 200
WARM_UP = 20
RUSH = 600  # people who sign up at once
GOAL = 2.5
TELEGRAMS_RATE = 30

Statement = tuple[str, Any]


class Silent(BaseSession):
    """A messenger that takes everything at once."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = asyncio.Event()

    async def close(self) -> None:
        """There is nothing to close."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 (aiogram's own signature)
    ) -> Any:
        """Return what a messenger would."""
        if isinstance(method, AnswerCallbackQuery):
            self.answered.set()
        if isinstance(method, GetMe):
            return User(id=bot.id, is_bot=True, first_name="Бот", username="bench_bot")
        return True

    async def stream_content(self, *_: Any, **__: Any) -> AsyncIterator[bytes]:
        """No files here."""
        yield b""


class Recorder:
    """Writes down what goes through the driver."""

    def __init__(self, database: Database) -> None:
        self.statements: list[Statement] = []
        engine = database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", lambda _: self.statements.append(("COMMIT", ())))
        event.listen(engine, "rollback", lambda _: self.statements.append(("ROLLBACK", ())))
        if not database.is_sqlite:
            event.listen(engine, "begin", lambda _: self.statements.append(("BEGIN", ())))

    def _statement(
        self, _c: Any, _cursor: Any, statement: str, parameters: Any, _ctx: Any, many: bool
    ) -> None:
        for row in parameters if many else [parameters]:
            self.statements.append((statement, row))


async def measure() -> None:
    """Print the ratio and the rush, on both databases."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for name, urls, bare in (
        ("SQLite, aiosqlite", sqlite_urls, _bare_sqlite),
        ("PostgreSQL, asyncpg", postgres_urls, _bare_postgres),
    ):
        async with urls(3) as (*three,):
            if not three:
                continue
            await _ratio(name, three[0], three[1], bare)
            await _rush(name, three[2])


async def _ratio(name: str, whole: str, copy: str, bare: Callable[[str], Any]) -> None:
    people = SIGN_UPS + WARM_UP
    for url in (whole, copy):
        core = await _prepared(url, people)
        await core.db.close()
    through_bot, through_driver, counts = [], [], []
    async with _bot(whole) as (app, session), bare(copy) as send:
        recorder = Recorder(app.core.db)
        for number in range(people):
            recorder.statements.clear()
            session.answered.clear()
            await app.inbox.feed([_tap(number)])
            del recorder.statements[: _stored(recorder.statements)]
            started = time.perf_counter()
            await session.answered.wait()
            through_bot.append(time.perf_counter() - started)
            statements = list(recorder.statements)
            counts.append(len(statements))
            await app.inbox.idle()
            started = time.perf_counter()
            await send(statements)
            through_driver.append(time.perf_counter() - started)
    ours = statistics.median(through_bot[WARM_UP:]) * 1000
    theirs = statistics.median(through_driver[WARM_UP:]) * 1000
    print(
        f"{name}: a sign-up {ours:.1f} ms, its {statistics.median(counts):.0f} statements alone "
        f"{theirs:.1f} ms: {ours / theirs:.2f} times (goal ≤ {GOAL})"
    )


async def _rush(name: str, url: str) -> None:
    core = await _prepared(url, RUSH)
    started = time.perf_counter()
    await asyncio.gather(
        *(registrations.sign_up(core, Account(1000 + number), MEETING) for number in range(RUSH))
    )
    rate = RUSH / (time.perf_counter() - started)
    print(
        f"{name}: {RUSH} people for one meeting at once, {rate:.0f} sign-ups a second: "
        f"{rate / TELEGRAMS_RATE:.1f} times Telegram's {TELEGRAMS_RATE}"
    )
    await core.db.close()


async def _prepared(url: str, people: int) -> Core:
    core = Core(db=Database(url), clock=Clock(), admin_ids=frozenset({1}))
    await core.db.migrate()
    towns = await make_region(core)
    await make_meeting(core, towns["achinsk"], token=MEETING, seats=people)
    for number in range(people):
        await make_person(core, 1000 + number, category=Category.PARENT)
    return core


@asynccontextmanager
async def _bot(url: str) -> AsyncIterator[tuple[App, Silent]]:
    settings = Settings(_env_file=None, bot_token=SecretStr("42:TEST"), database_url=url)
    app, session = App(settings), Silent()
    app.bot.session = session
    await app.inbox.start()
    try:
        yield app, session
    finally:
        await app.inbox.stop()
        detach(app.dispatcher)
        detach(app.public)
        await app.core.db.close()


def _tap(number: int) -> Json:
    sender = {"id": 1000 + number, "is_bot": False, "first_name": "А"}
    chat = {"id": -500, "type": "supergroup", "title": "Родители"}
    date = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
    return {
        "update_id": number + 1,
        "callback_query": {
            "id": str(number),
            "from": sender,
            "chat_instance": "1",
            "data": SignUpHere(token=MEETING).pack(),
            "message": {"message_id": 1, "date": date, "chat": chat, "text": "Встреча"},
        },
    }


def _stored(statements: list[Statement]) -> int:
    """Return how many of the first statements stored the update."""
    ends = [place for place, (statement, _) in enumerate(statements) if statement == "COMMIT"]
    return ends[0] + 1


@asynccontextmanager
async def _bare_sqlite(url: str) -> AsyncIterator[Callable[[list[Statement]], Any]]:
    async with aiosqlite.connect(str(make_url(url).database), isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            await connection.execute(f"PRAGMA {pragma}")

        async def send(statements: list[Statement]) -> None:
            for statement, parameters in statements:
                cursor = await connection.execute(statement, parameters)
                await cursor.fetchall()
                await cursor.close()

        yield send


@asynccontextmanager
async def _bare_postgres(url: str) -> AsyncIterator[Callable[[list[Statement]], Any]]:
    import asyncpg

    address = make_url(url).set(drivername="postgresql")
    connection = await asyncpg.connect(address.render_as_string(hide_password=False))

    async def send(statements: list[Statement]) -> None:
        for statement, parameters in statements:
            await connection.fetch(statement, *parameters)

    try:
        yield send
    finally:
        await connection.close()


if __name__ == "__main__":
    sqlite3.register_adapter(datetime, str)
    asyncio.run(measure())
