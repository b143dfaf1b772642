"""What a sign-up costs, beside the same SQL sent through the bare driver; and sign-ups in a rush.

Somebody taps «Записаться» under a card in a group. What is measured begins when their update is
stored and ends when the bot calls the messenger with its answer, which it does after the commit;
the messenger takes the call at once and costs nothing. Putting the update down as done comes later.

All that goes to the database in between, BEGIN and COMMIT among it, is written down with its
parameters in a run of its own, for writing down takes time, and sent again, one after the other, to
another database: many rows at once again as many rows at once. Bot and driver take turns, in three
rounds, for a round's ratio alone wavers by a tenth.

In the rush everybody taps in one moment, and as many are let in at one time as the inbox lets in.
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
from unittest import mock

import aiosqlite
import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, GetMe, TelegramMethod
from aiogram.types import User
from pydantic import SecretStr
from sqlalchemy import Connection, event, make_url

from benchmarks.databases import postgres_urls, sqlite_urls
from bot.app import App
from bot.callbacks import SignUpHere
from bot.clock import Clock
from bot.database import Database
from bot.handlers import detach
from bot.inbox import PARALLEL
from bot.incoming import Json
from bot.services import registrations, updates
from bot.services.core import Account, Core
from bot.settings import Settings
from bot.vocabulary import Category
from tests.services.factory import make_meeting, make_person, make_region

MEETING = "bench"
ROUNDS = 3
SIGN_UPS = 200
WARM_UP = 20
RUSH = 600  # people who sign up at once
GOAL = 2.5
TELEGRAMS_RATE = 30

Statement = tuple[str, Any, bool]  # SQL, its parameters, whether they are many rows


class Silent(BaseSession):
    """A messenger that takes everything at once."""

    def __init__(self) -> None:
        super().__init__()
        self.answered, self.answered_at = asyncio.Event(), 0.0

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
            self.answered_at = time.perf_counter()
            self.answered.set()
        if isinstance(method, GetMe):
            return User(id=bot.id, is_bot=True, first_name="Бот", username="bench_bot")
        return True

    async def stream_content(self, *_: Any, **__: Any) -> AsyncIterator[bytes]:
        """No files here."""
        yield b""


class Stored:
    """Knows when the last update was stored."""

    def __init__(self) -> None:
        self.at = 0.0
        self._store = updates.store

    async def __call__(self, *given: Any) -> set[int]:
        """Store updates."""
        new = await self._store(*given)
        self.at = time.perf_counter()
        return new


class Recorder:
    """Writes down what goes through the driver."""

    def __init__(self, database: Database) -> None:
        self.statements: list[Statement] = []
        engine = database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", lambda connection: self._turn(connection, "COMMIT"))
        event.listen(engine, "rollback", lambda connection: self._turn(connection, "ROLLBACK"))
        if not database.is_sqlite:
            event.listen(engine, "begin", lambda connection: self._turn(connection, "BEGIN"))

    def _statement(
        self, _c: Any, _cursor: Any, statement: str, parameters: Any, _ctx: Any, many: bool
    ) -> None:
        self._note(statement, parameters, many)

    def _turn(self, connection: Connection, statement: str) -> None:
        if connection.get_execution_options().get("begins", True):  # else no driver sends it
            self._note(statement)

    def _note(self, statement: str, parameters: Any = (), many: bool = False) -> None:
        self.statements.append((statement, parameters, many))


async def measure() -> None:
    """Print the ratio and the rush, on both databases."""
    sqlite3.register_adapter(datetime, str)
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for name, urls, bare in (
        ("SQLite, aiosqlite", sqlite_urls, _bare_sqlite),
        ("PostgreSQL, asyncpg", postgres_urls, _bare_postgres),
    ):
        async with urls(1 + 3 * ROUNDS) as (*some,):
            if not some:
                continue
            await _ratio(name, some[1:], bare)
            await _rush(name, some[0])


async def _ratio(name: str, urls: list[str], bare: Callable[[str], Any]) -> None:
    for url in urls:
        core = await _prepared(url, SIGN_UPS + WARM_UP)
        await core.db.close()
    through_bot: list[float] = []
    through_driver: list[float] = []
    for first in range(0, len(urls), 3):
        recorded, whole, copy = urls[first : first + 3]
        sign_ups = await _recorded(recorded)
        count = statistics.median(map(len, sign_ups))
        async with _bot(whole) as (app, session), bare(copy) as send:
            for number, statements in enumerate(sign_ups):
                took = await _signed_up(app, session, number)
                started = time.perf_counter()
                await send(statements)
                if number >= WARM_UP:
                    through_bot.append(took)
                    through_driver.append(time.perf_counter() - started)
    ours = statistics.median(through_bot) * 1000
    theirs = statistics.median(through_driver) * 1000
    print(
        f"{name}: a sign-up {ours:.1f} ms, its {count:.0f} statements alone "
        f"{theirs:.1f} ms: {ours / theirs:.2f} times (goal ≤ {GOAL})"
    )


async def _recorded(url: str) -> list[list[Statement]]:
    sign_ups = []
    async with _bot(url) as (app, session):
        recorder = Recorder(app.core.db)
        for number in range(SIGN_UPS + WARM_UP):
            recorder.statements.clear()
            await _signed_up(app, session, number)
            sign_ups.append(_of_sign_up(recorder.statements))
    return sign_ups


async def _signed_up(app: App, session: Silent, number: int) -> float:
    """Let somebody sign up, and return how many seconds it took until they were answered."""
    stored = Stored()
    session.answered.clear()
    with mock.patch.object(updates, "store", stored):
        await app.inbox.feed([_tap(number)])
    await session.answered.wait()
    await app.inbox.idle()
    return session.answered_at - stored.at


async def _rush(name: str, url: str) -> None:
    core = await _prepared(url, RUSH)
    in_hand = asyncio.Semaphore(PARALLEL)

    async def sign_up(account: Account) -> None:
        async with in_hand:
            await registrations.sign_up(core, account, MEETING)

    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(RUSH):
            group.create_task(sign_up(Account(1000 + number)))
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


def _of_sign_up(statements: list[Statement]) -> list[Statement]:
    """Return what lies between storing the update and putting it down as done."""
    stored, answered, *_ = (at for at, (sql, *_) in enumerate(statements, 1) if sql == "COMMIT")
    return statements[stored:answered]


@asynccontextmanager
async def _bare_sqlite(url: str) -> AsyncIterator[Callable[[list[Statement]], Any]]:
    async with aiosqlite.connect(str(make_url(url).database), isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            await connection.execute(f"PRAGMA {pragma}")

        async def send(statements: list[Statement]) -> None:
            for statement, parameters, many in statements:
                send_it = connection.executemany if many else connection.execute
                cursor = await send_it(statement, parameters)
                await cursor.fetchall()
                await cursor.close()

        yield send


@asynccontextmanager
async def _bare_postgres(url: str) -> AsyncIterator[Callable[[list[Statement]], Any]]:
    import asyncpg

    address = make_url(url).set(drivername="postgresql")
    connection = await asyncpg.connect(address.render_as_string(hide_password=False))

    async def send(statements: list[Statement]) -> None:
        for statement, parameters, many in statements:
            if many:
                await connection.executemany(statement, parameters)
            else:
                await connection.fetch(statement, *parameters)

    try:
        yield send
    finally:
        await connection.close()


if __name__ == "__main__":
    asyncio.run(measure())
