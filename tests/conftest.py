"""Fixtures: real databases, a clock that is ours, and one line on what this machine cannot run."""

import asyncio
import gc
import os
import shutil
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

import bot.database
from bot.clock import MovableClock
from bot.database import Database
from bot.models import Base
from bot.services.core import Core
from bot.services.regions import load_region_once
from bot.settings import Settings

_prepare = bot.database._prepare_sqlite


def _prepare_without_waiting_for_the_disk(connection: Any, record: Any) -> None:
    # No test cuts the power: what `synchronous=FULL` waits for is half of the run.
    _prepare(connection, record)
    connection.execute("PRAGMA synchronous=OFF").close()


bot.database._prepare_sqlite = _prepare_without_waiting_for_the_disk
# Every client of Telegram reads the certificates of the whole world, and no test speaks to it.
ssl.create_default_context = cache(ssl.create_default_context)

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1/postgres")
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # Monday, 12:00 in Krasnoyarsk


async def _on_server(statement: str) -> None:
    engine = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()


def _has_postgres() -> bool:
    try:
        asyncio.run(_on_server("SELECT 1"))
    except (OSError, SQLAlchemyError, ModuleNotFoundError):
        return False
    return True


TOOLS = {
    "postgres": ("PostgreSQL", _has_postgres),
    "libreoffice": ("LibreOffice Calc", lambda: shutil.which("soffice") is not None),
    "chromium": ("Chromium", lambda: shutil.which("chromium") is not None),
}
_MISSING = "is not on this machine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, (name, available) in TOOLS.items():
        needing = [item for item in items if item.get_closest_marker(marker)]
        if needing and not available():
            if os.environ.get("CI"):
                raise pytest.UsageError(f"{name} is missing, and CI leaves nothing out")
            for item in needing:
                item.add_marker(pytest.mark.skip(reason=f"{name} {_MISSING}"))


def pytest_collection_finish() -> None:
    # The models of the whole Bot API stay anyway: looking through them again is a fifth of the run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 50, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [str(skipped.longrepr) for skipped in terminalreporter.stats.get("skipped", [])]
    left_out = {
        name: sum(f"{name} {_MISSING}" in reason for reason in reasons)
        for name, _ in TOOLS.values()
    }
    parts = ", ".join(f"{count} that need {name}" for name, count in left_out.items() if count)
    if parts:
        terminalreporter.write_line(f"Left out on this machine: {parts}.", yellow=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file; each test works on a copy."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await database.migrate()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def region_template(sqlite_template: Path) -> Path:
    """The SQLite file as a first start of the bot leaves it, with the region in it."""
    path = sqlite_template.with_name("region.sqlite3")
    shutil.copy(sqlite_template, path)

    async def make() -> None:
        core = Core(db=Database(f"sqlite+aiosqlite:///{path}"), clock=MovableClock(NOON))
        await load_region_once(core, Settings.model_fields["region_file"].default)
        await core.db.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A migrated database of this test run on the PostgreSQL server."""
    name = f"networking_test_{os.getpid()}"
    url = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)

    async def make() -> None:
        await _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await _on_server(f"CREATE DATABASE {name}")
        await _on_server(f"ALTER DATABASE {name} SET synchronous_commit = off")
        database = Database(url)
        await database.migrate()
        await database.close()

    asyncio.run(make())
    yield url
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database: once on SQLite, once on PostgreSQL."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return str(request.getfixturevalue("sqlite_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty, migrated SQLite file."""
    return _on_a_copy(sqlite_template, tmp_path)


@pytest.fixture
def region_url(region_template: Path, tmp_path: Path) -> str:
    """The address of a SQLite file with the region and nothing else."""
    return _on_a_copy(region_template, tmp_path)


def _on_a_copy(template: Path, folder: Path) -> str:
    path = folder / "bot.sqlite3"
    shutil.copy(template, path)
    return f"sqlite+aiosqlite:///{path}"


def _emptying() -> str:
    # TRUNCATE makes new files for every table and index: on a few rows that takes 20 times as long.
    deletes = "".join(f"{table.delete()}; " for table in reversed(Base.metadata.sorted_tables))
    return (
        f"DO $$ BEGIN {deletes} PERFORM setval(format('%I', sequencename), 1, false) "
        "FROM pg_sequences WHERE last_value IS NOT NULL; END $$"
    )


async def emptied(url: str) -> Database:
    """Open a database; a PostgreSQL one, shared by the tests of a run, is emptied first."""
    database = Database(url)
    if not database.is_sqlite:
        async with database.write() as session:
            await session.execute(text(_emptying()))
    return database


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An empty database, once on SQLite, once on PostgreSQL."""
    database = await emptied(database_url)
    yield database
    await database.close()


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands still: Monday, 2 March 2026, noon in Krasnoyarsk."""
    return MovableClock(NOON, frozen=True)


@pytest.fixture
def core(db: Database, clock: MovableClock) -> Core:
    """What services are given; account 1 is an administrator."""
    return Core(db=db, clock=clock, admin_ids=frozenset({1}))
