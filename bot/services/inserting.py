"""INSERT … ON CONFLICT, which both databases speak but SQLAlchemy spells twice."""

from typing import TYPE_CHECKING, cast

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert


def insert_into(session: AsyncSession, model: type[Base]) -> "Insert":
    """Return an INSERT for the session's database that has `on_conflict_do_nothing` and
    `on_conflict_do_update`."""
    # Each dialect takes up to 0.2 s to import, and a program needs only one of them.
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return cast("Insert", postgresql.insert(model))
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415

    return sqlite.insert(model)
