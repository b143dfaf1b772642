"""Incoming updates: kept from before they are acknowledged until they are worked off.

A row lives as *unfinished* (has a payload) → *done* (payload and chat erased, the number remembered
for a day, so that a repeat is known) or *set aside* (payload and error kept for 7 days).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import IncomingUpdate
from bot.services import dialog_states
from bot.services.core import Account, Core
from bot.services.dialog_states import Remembered
from bot.services.inserting import insert_into

REPEATS_REMEMBERED = timedelta(days=1)
SET_ASIDE_KEPT = timedelta(days=7)
NOTHING_SAID: Mapping[str, Remembered] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update as it came: its number, the chat whose order it obeys, its JSON text."""

    update_id: int
    chat: str
    payload: str


@dataclass(frozen=True, slots=True)
class UnfinishedUpdate(NewUpdate):
    """An update that an earlier run of the program left; `attempts` counts those begun."""

    attempts: int


@dataclass(frozen=True, slots=True)
class SetAsideUpdate:
    """An update nobody could work off, as the administrator sees it."""

    update_id: int
    received_at: datetime
    set_aside_at: datetime
    attempts: int
    error: str


async def store(core: Core, bot_id: int, updates: Sequence[NewUpdate]) -> set[int]:
    """Store a batch in one transaction.

    Returns:
        The numbers that are new; the others were stored before and change nothing.
    """
    now = core.clock.now()
    rows = [
        {
            "bot_id": bot_id,
            "update_id": item.update_id,
            "chat": item.chat,
            "payload": item.payload,
            "received_at": now,
            "attempts": 0,
            "error": "",
        }
        for item in updates
    ]
    async with core.db.write() as session:
        statement = insert_into(session, IncomingUpdate).on_conflict_do_nothing()
        new = await session.scalars(statement.returning(IncomingUpdate.update_id), rows)
        return set(new)


async def unfinished(core: Core, bot_id: int) -> list[UnfinishedUpdate]:
    """Return what an earlier run left, in the order in which it came."""
    async with core.db.read() as session:
        rows = await session.scalars(
            select(IncomingUpdate)
            .where(
                IncomingUpdate.bot_id == bot_id,
                IncomingUpdate.payload.is_not(None),
                IncomingUpdate.set_aside_at.is_(None),
            )
            .order_by(IncomingUpdate.received_at, IncomingUpdate.update_id)
        )
        return [
            UnfinishedUpdate(row.update_id, row.chat, row.payload or "", row.attempts)
            for row in rows
        ]


async def finish(
    core: Core,
    bot_id: int,
    update_ids: Sequence[int],
    conversations: Mapping[str, Remembered] = NOTHING_SAID,
) -> None:
    """Mark updates as done: payload and chat go, the number stays as the memory of repeats.

    Args:
        core: what every use case is given.
        bot_id: whose updates they are.
        update_ids: their numbers.
        conversations: what they changed in conversations, stored in the same transaction.
    """
    async with core.db.write() as session:
        await dialog_states.store(session, core, conversations)
        await session.execute(
            update(IncomingUpdate)
            .where(IncomingUpdate.bot_id == bot_id, IncomingUpdate.update_id.in_(update_ids))
            .values(payload=None, chat="", done_at=core.clock.now(), error="")
        )


async def begin_attempts(core: Core, bot_id: int, begun: Mapping[int, int]) -> None:
    """Remember that attempts begin, in case they end the program.

    Args:
        core: what every use case is given.
        bot_id: whose updates they are.
        begun: by the update's number, that of the attempt (from 1).
    """
    async with core.db.write() as session:
        await session.execute(
            update(IncomingUpdate)
            .where(IncomingUpdate.bot_id == bot_id, IncomingUpdate.update_id.in_(begun))
            .values(attempts=case(begun, value=IncomingUpdate.update_id))
        )


async def set_aside(core: Core, bot_id: int, update_id: int, *, attempts: int, error: str) -> None:
    """Give an update up: it is not worked again, and an administrator can look at it."""
    async with core.db.write() as session:
        await session.execute(
            update(IncomingUpdate)
            .where(*_is(bot_id, update_id))
            .values(set_aside_at=core.clock.now(), attempts=attempts, error=error)
        )


async def list_set_aside(core: Core, limit: int = 20) -> list[SetAsideUpdate]:
    """Return the updates that were set aside, the latest first; the caller checks the right."""
    async with core.db.read() as session:
        rows = await session.scalars(
            select(IncomingUpdate)
            .where(IncomingUpdate.set_aside_at.is_not(None))
            .order_by(IncomingUpdate.set_aside_at.desc(), IncomingUpdate.update_id.desc())
            .limit(limit)
        )
        return [
            SetAsideUpdate(
                row.update_id, row.received_at, row.set_aside_at, row.attempts, row.error
            )
            for row in rows
            if row.set_aside_at
        ]


async def purge(core: Core) -> None:
    """Erase what was done over a day ago and what was set aside over 7 days ago."""
    now = core.clock.now()
    async with core.db.write() as session:
        await session.execute(
            delete(IncomingUpdate).where(
                or_(
                    IncomingUpdate.done_at < now - REPEATS_REMEMBERED,
                    IncomingUpdate.set_aside_at < now - SET_ASIDE_KEPT,
                )
            )
        )


async def forget(session: AsyncSession, account: Account) -> None:
    """Erase what was set aside from a person's own chat, within the caller's transaction."""
    await session.execute(
        delete(IncomingUpdate).where(
            IncomingUpdate.chat == str(account.id), IncomingUpdate.set_aside_at.is_not(None)
        )
    )


def _is(bot_id: int, update_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return IncomingUpdate.bot_id == bot_id, IncomingUpdate.update_id == update_id
