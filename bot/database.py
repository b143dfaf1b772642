"""The engine, SQLite's pragmas, read and write transactions, migrating."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Row, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InvalidatePoolError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot import sqlite_driver
from bot.errors import StartupError

BUSY_TIMEOUT_MS = 15_000
REST = 5.0
"""Seconds after which a connection to a server is asked whether it still stands."""
MIGRATIONS = Path(__file__).parent / "migrations"
_PLAN_ANEW = text("SET LOCAL plan_cache_mode = force_custom_plan")
"""After five runs the server may plan a statement once for whatever parameters: a year of all
municipalities then takes twice its time. To plan each anew costs a tenth of a millisecond."""
_MIGRATION_LOCK = 7_302_2022
_REVISION = re.compile(r"(\d{4})_\w+\.py")


class Database:
    """One database, SQLite or PostgreSQL, with short read and write transactions.

    Raises:
        StartupError: the address is not one of a database this program knows.
    """

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
            if self.url.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
                raise ArgumentError(self.url.drivername)
            self.is_sqlite = self.url.get_backend_name() == "sqlite"
            if self.is_sqlite and self.url.database:
                Path(self.url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
            driver: dict[str, Any] = {}
            if self.is_sqlite:
                driver["async_creator"] = partial(sqlite_driver.connect, self.url.database or "")
            self.engine = create_async_engine(
                self.url, pool_size=8, max_overflow=8, pool_use_lifo=True, **driver
            )
        except (ArgumentError, NoSuchModuleError, ValueError):
            raise StartupError(
                "DATABASE_URL: expected sqlite+aiosqlite:///path/to/file.sqlite3 or "
                "postgresql+asyncpg://user:password@host/name"
            ) from None
        except ModuleNotFoundError as error:
            raise StartupError(
                f"DATABASE_URL: the package {error.name} is missing; install the extra 'postgres'"
            ) from None
        except OSError as error:
            raise StartupError(f"DATABASE_URL: {error.strerror}: {error.filename}") from None
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        else:
            _ask_after_a_rest(self.engine.sync_engine)
        self._reading_engine = self.engine
        if not self.is_sqlite:
            self._reading_engine = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._asking_engine = self.engine.execution_options(begins=False)
        if not self.is_sqlite:
            self._asking_engine = self._asking_engine.execution_options(
                isolation_level="AUTOCOMMIT"
            )
        self._writing_engine = self.engine.execution_options(writes=True)
        # SQLite's own waiting is a lottery of sleeps; inside one process writers queue up instead.
        self._writers = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that only reads: all its statements see the data of one moment."""
        async with (
            AsyncSession(self._reading_engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            if not self.is_sqlite:
                await session.execute(_PLAN_ANEW)
            yield session

    async def ask(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return the rows of one statement that only reads, without a transaction around it.

        It is of one moment by itself; what every update and every tick asks goes this shorter way.
        """
        async with self._asking_engine.connect() as connection:
            return (await connection.execute(statement, parameters)).all()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that writes: commits at the end, rolls back on an error.

        On SQLite it holds the write lock from its first statement (BEGIN IMMEDIATE), so what it
        read is still true when it writes. On PostgreSQL (READ COMMITTED) the caller locks the row
        it decides about with `FOR UPDATE` first.
        """
        async with self._writers or nullcontext():
            session = AsyncSession(self._writing_engine, expire_on_commit=False)
            try:
                yield session
                await session.commit()
                session.expunge_all()
            except BaseException:
                async with session:  # rolls back to the end, whoever is cancelled meanwhile
                    raise

    async def migrate(self) -> None:
        """Bring the tables to the newest revision; cheap when they are there already.

        Raises:
            StartupError: the database cannot be opened, or was made by a newer program.
        """
        try:
            async with self.engine.connect() as connection:
                current = await connection.run_sync(_current_revision)
                newest = newest_revision()
                if current == newest:
                    return
                if current and current > newest:
                    raise StartupError(
                        f"DATABASE_URL: the database is at revision {current}, newer than this "
                        f"program's {newest}; start the newer program"
                    )
            await self.migrate_to("head")
        except (DBAPIError, OSError, SQLAlchemyError) as error:
            cause = getattr(error, "orig", None) or error
            reason = " ".join(str(cause).split())
            where = self.url.render_as_string(hide_password=True)
            raise StartupError(f"DATABASE_URL: cannot open {where}: {reason}") from None

    async def migrate_to(self, revision: str) -> None:
        """Walk the migrations up or down to `revision` ("head", "base" or a number)."""
        async with self.engine.connect() as connection:
            if self.is_sqlite:
                # A batch change drops and recreates tables: with foreign keys on, SQLite would
                # silently delete the rows of every ON DELETE CASCADE child.
                await _outside_transactions(connection, "PRAGMA foreign_keys=OFF")
            await connection.run_sync(_walk, revision)
            await connection.commit()
            if self.is_sqlite:
                await _outside_transactions(connection, "PRAGMA foreign_keys=ON")

    async def close(self) -> None:
        """Close all connections; without it aiosqlite's threads keep the program from exiting."""
        await self.engine.dispose()


async def _outside_transactions(connection: AsyncConnection, pragma: str) -> None:
    # SQLite ignores this pragma inside a transaction, and SQLAlchemy begins one by itself.
    raw: Any = (await connection.get_raw_connection()).driver_connection
    await (await raw.execute(pragma)).close()


def newest_revision() -> str:
    """Return the number of the newest migration, read off the file names."""
    names = (path.name for path in (MIGRATIONS / "versions").iterdir())
    return max(match[1] for name in names if (match := _REVISION.fullmatch(name)))


def _current_revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _walk(connection: Connection, revision: str) -> None:
    # Alembic takes a third of a second to import, and most starts need no migration.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = _current_revision(connection)
    going_down = revision == "base" or (revision != "head" and (current or "") > revision)
    (command.downgrade if going_down else command.upgrade)(config, revision)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StartupError(f"DATABASE_URL: the migration would break {len(broken)} references")


def _ask_after_a_rest(engine: Engine) -> None:
    """Let no connection out of the pool that a restarted server does not know any more.

    `pool_pre_ping` asks each time, which costs every update two round trips; one that was used a
    moment ago is still there.
    """

    @event.listens_for(engine, "checkin")
    def rest(_dbapi_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rested_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def wake(dbapi_connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        rested_since = record.info.get("rested_since")
        if rested_since is None or time.monotonic() - rested_since < REST:
            return
        try:
            engine.dialect.do_ping(dbapi_connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None


def _prepare_sqlite(dbapi_connection: Any, _record: ConnectionPoolEntry) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("begins", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
