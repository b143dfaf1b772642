"""«Подтвердить, что были»: people who say themselves that they came, and whom nobody marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.models import Registration, RegistrationLine
from bot.services.attendance import get_meeting_with_door
from bot.services.core import Account, Core
from bot.services.marks import store_marks
from bot.vocabulary import RegistrationStatus


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many people were checked in by their own word, and the lines to undo it by."""

    people: int
    line_ids: tuple[int, ...]


async def confirm_words(core: Core, account: Account, meeting_id: int) -> Confirmed:
    """Check in all those who said themselves that they came and were not marked.

    People speak for themselves: of «Я и ребёнок» only the parent's line is checked in, the child's
    waits for a tap of its own.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        registrations = await session.scalars(
            select(Registration)
            .where(*only_said(meeting_id))
            .options(selectinload(Registration.lines))
            .order_by(Registration.id)
        )
        lines = [
            next(line for line in registration.lines if line.is_own)
            for registration in registrations.all()
        ]
        people = sum(line.seats for line in lines)
        if lines:
            marks = [(line, line.seats) for line in lines]
            await store_marks(
                session, core, account, meeting, "attendance.confirm", marks, people=people
            )
        return Confirmed(people, tuple(line.id for line in lines))


async def undo_confirm(
    core: Core, account: Account, meeting_id: int, line_ids: Sequence[int]
) -> int:
    """Take back what `confirm_words` did; lines without a mark are passed over.

    Returns:
        How many people are unmarked by it; they wait to be confirmed again.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: the door is not open.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        rows = await session.scalars(
            select(RegistrationLine)
            .join(RegistrationLine.registration)
            .where(
                RegistrationLine.id.in_(line_ids),
                RegistrationLine.is_own,
                RegistrationLine.came.is_not(None),
                Registration.meeting_id == meeting_id,
                Registration.says_came_at.is_not(None),
            )
        )
        lines = rows.all()
        people = sum(line.seats for line in lines)
        if lines:
            marks = [(line, None) for line in lines]
            await store_marks(
                session, core, account, meeting, "attendance.confirm_undo", marks, people=people
            )
        return people


async def count_only_said(session: AsyncSession, meeting_id: int) -> int:
    """Return how many registrations wait for the curator's mark: see `only_said`."""
    waiting = await session.scalar(
        select(func.count()).select_from(Registration).where(*only_said(meeting_id))
    )
    return waiting or 0


def only_said(meeting_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on a registration whose people say they came, and nobody marked."""
    return (
        Registration.meeting_id == meeting_id,
        Registration.status == RegistrationStatus.ACTIVE,
        Registration.says_came_at.is_not(None),
        Registration.lines.any(RegistrationLine.is_own),
        ~Registration.lines.any(RegistrationLine.came.is_not(None)),
    )
