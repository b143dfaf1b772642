"""Storing by plain statements: tables, and INSERT … ON CONFLICT, which SQLAlchemy spells twice."""

from functools import cache
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert


def table_of(model: type[Base]) -> Table:
    """Return the table, not the class: of rows that nobody reads back the ORM need know nothing."""
    return cast("Table", model.__table__)


def insert_into(session: AsyncSession, model: type[Base]) -> "Insert":
    """Return an INSERT for the session's database that has `on_conflict_do_nothing` and
    `on_conflict_do_update`."""
    return _insert_into(session.get_bind().dialect.name, model)


@cache
def _insert_into(dialect: str, model: type[Base]) -> "Insert":
    table = table_of(model)
    # Each dialect takes up to 0.2 s to import, and a program needs only one of them.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return cast("Insert", postgresql.insert(table))
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415

    return sqlite.insert(table)
