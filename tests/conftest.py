"""Fixtures: real databases, a clock that is ours, and one line on what this machine cannot run."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
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

_prepare = bot.database._prepare_sqlite


def _prepare_without_waiting_for_the_disk(connection: Any, record: Any) -> None:
    # No test cuts the power: what `synchronous=FULL` waits for is half of the run.
    _prepare(connection, record)
    connection.execute("PRAGMA synchronous=OFF").close()


bot.database._prepare_sqlite = _prepare_without_waiting_for_the_disk

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
def postgres_url() -> Iterator[str]:
    """A migrated database of this test run on the PostgreSQL server."""
    name = f"networking_test_{os.getpid()}"
    url = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)

    async def make() -> None:
        await _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await _on_server(f"CREATE DATABASE {name}")
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
    path = tmp_path / "bot.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


async def emptied(url: str) -> Database:
    """Open a database; a PostgreSQL one, shared by the tests of a run, is emptied first."""
    database = Database(url)
    if not database.is_sqlite:
        tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
        async with database.write() as session:
            await session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
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
