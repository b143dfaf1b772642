"""The control of the races: the same services without what guards the seats."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot import database
from bot.database import Database
from bot.models import Meeting
from bot.services import booking
from bot.services.core import Core


@asynccontextmanager
async def unguarded(core: Core, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Core]:
    """Give a core whose services do not wait for a meeting's row."""
    if not core.db.is_sqlite:
        monkeypatch.setattr(booking, "lock_meeting", _read_without_lock)
        monkeypatch.setattr(booking, "_LOCKED_BY_TOKEN", booking._BY_TOKEN)
        yield core
        return
    db = _without_transactions(core.db.url.render_as_string(hide_password=False))
    try:
        yield Core(db=db, clock=core.clock)
    finally:
        await db.close()


def _without_transactions(url: str) -> Database:
    """A SQLite database as the driver has it by default: a read holds nothing for the write."""
    unguarded = Database(url)
    engine = unguarded.engine.sync_engine
    event.remove(engine, "begin", database._begin_sqlite)

    def as_by_default(connection: Any, _record: Any) -> None:
        connection.isolation_level = ""

    event.listen(engine, "connect", as_by_default)
    unguarded._writers = None
    return unguarded


async def _read_without_lock(session: AsyncSession, meeting_id: int) -> Meeting:
    return await session.get_one(Meeting, meeting_id)
