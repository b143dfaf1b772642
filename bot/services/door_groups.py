"""Groups at the door: their lines are counted, not just marked."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.errors import NotFound
from bot.models import Registration, RegistrationLine
from bot.services.access import get_door_meeting
from bot.services.core import Account, Core
from bot.vocabulary import Category, RegistrationKind, RegistrationStatus

OF_GROUP = (Registration.kind == RegistrationKind.GROUP) & ~RegistrationLine.is_own
"""The condition on a line (with its registration) that people of a group are counted on it."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A line of a group, whose people are counted; `came` is None until they are."""

    title: str
    organisation: str
    category: Category
    seats: int
    came: int | None


@dataclass(frozen=True, slots=True)
class UncountedGroup:
    """A line of a group that nobody has counted yet."""

    line_id: int
    organisation: str
    category: Category
    seats: int


async def get_group_line(core: Core, account: Account, line_id: int) -> GroupLine:
    """Return a line of a group, to count its people.

    Raises:
        Forbidden: this account does not run the line's meeting, or there is no such line.
        NotFound: it is no group's line.
    """
    async with core.db.read() as session:
        line = await session.get(
            RegistrationLine, line_id, options=[joinedload(RegistrationLine.registration)]
        )
        meeting_id = line.registration.meeting_id if line else 0
        _, meeting = await get_door_meeting(session, core, account, meeting_id)
        if line is None or line.registration.kind is not RegistrationKind.GROUP or line.is_own:
            raise NotFound
        return GroupLine(meeting.title, line.organisation, line.category, line.seats, line.came)


async def find_uncounted_groups(
    core: Core, account: Account, meeting_id: int
) -> tuple[UncountedGroup, ...]:
    """Return the lines of a meeting's groups that nobody has counted yet.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        await get_door_meeting(session, core, account, meeting_id)
        return await list_uncounted(session, meeting_id)


async def count_uncounted(session: AsyncSession, meeting_id: int) -> int:
    """Return how many lines of groups wait for their number, within the caller's transaction."""
    uncounted = await session.scalar(
        select(func.count())
        .select_from(RegistrationLine)
        .join(RegistrationLine.registration)
        .where(*_uncounted(meeting_id))
    )
    return uncounted or 0


async def list_uncounted(session: AsyncSession, meeting_id: int) -> tuple[UncountedGroup, ...]:
    """Return those lines, by the order of signing up."""
    rows = await session.execute(
        select(
            RegistrationLine.id,
            RegistrationLine.organisation,
            RegistrationLine.category,
            RegistrationLine.seats,
        )
        .join(RegistrationLine.registration)
        .where(*_uncounted(meeting_id))
        .order_by(RegistrationLine.id)
    )
    return tuple(UncountedGroup(*row) for row in rows)


def _uncounted(meeting_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Registration.meeting_id == meeting_id,
        Registration.status == RegistrationStatus.ACTIVE,
        OF_GROUP,
        RegistrationLine.came.is_(None),
    )
