"""Empty databases to measure on: SQLite files, and some on the PostgreSQL server where one is."""

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1/postgres")


@asynccontextmanager
async def sqlite_urls(names: int) -> AsyncIterator[list[str]]:
    """Give the addresses of so many new SQLite files."""
    with tempfile.TemporaryDirectory() as folder:
        yield [f"sqlite+aiosqlite:///{Path(folder)}/{name}.sqlite3" for name in range(names)]


@asynccontextmanager
async def postgres_urls(names: int) -> AsyncIterator[list[str]]:
    """Give the addresses of so many new databases on PostgreSQL; none when no server answers."""
    databases = [f"networking_bench_{os.getpid()}_{name}" for name in range(names)]
    try:
        for database in databases:
            await _on_server(f"CREATE DATABASE {database}")
    except (OSError, SQLAlchemyError):
        print("No PostgreSQL answers; its part is left out.")
        yield []
        return
    try:
        yield [
            make_url(POSTGRES).set(database=database).render_as_string(hide_password=False)
            for database in databases
        ]
    finally:
        for database in databases:
            await _on_server(f"DROP DATABASE {database} WITH (FORCE)")


async def _on_server(statement: str) -> None:
    engine = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()
