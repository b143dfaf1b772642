"""aiosqlite with one hop to its thread for each statement.

A cursor of aiosqlite hops to the connection's thread to be made, to execute, to fetch and to be
closed again, and SQLAlchemy waits for each. SQLite itself needs less time for most of the bot's
statements than one of these hops takes (docs/decisions/0019).
"""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import aiosqlite

_CHUNK = 64  # rows that aiosqlite's own iteration fetches at one time; nothing here iterates


class OneHopCursor(aiosqlite.Cursor):
    """A cursor that does all in one hop: its rows are here when the statement has run."""

    def __init__(
        self, connection: aiosqlite.Connection, make: Callable[[], sqlite3.Cursor]
    ) -> None:
        self._conn = connection
        self._make = make
        self._rows: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "OneHopCursor":
        """Run a statement and fetch what it gives."""
        return await self._hop(sqlite3.Cursor.execute, sql, parameters or ())

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "OneHopCursor":
        """Run a statement for each row of parameters."""
        return await self._hop(sqlite3.Cursor.executemany, sql, parameters)

    async def fetchall(self) -> Iterable[Any]:
        """Return the rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """There is nothing left to close."""

    async def __aenter__(self) -> "OneHopCursor":
        return self

    async def _hop(self, *statement: Any) -> "OneHopCursor":
        await self._execute(self._run, *statement)  # type: ignore[no-untyped-call]
        return self

    def _run(self, execute: Callable[..., sqlite3.Cursor], sql: str, parameters: Any) -> None:
        self._cursor = self._make()
        try:
            execute(self._cursor, sql, parameters)
            self._rows = self._cursor.fetchall()
        finally:
            self._cursor.close()


class OneHopConnection(aiosqlite.Connection):
    """A connection whose cursors are such."""

    def cursor(self) -> OneHopCursor:  # type: ignore[override]
        """Return a cursor, without a hop."""
        return OneHopCursor(self, self._conn.cursor)


async def connect(path: str) -> aiosqlite.Connection:
    """Open a database file.

    Args:
        path: of the file, or ":memory:".

    Raises:
        sqlite3.OperationalError: it cannot be opened.
    """
    connection = OneHopConnection(partial(sqlite3.connect, path), _CHUNK)
    connection._thread.daemon = True  # noqa: SLF001 (as SQLAlchemy does: the program may end)
    return await connection
