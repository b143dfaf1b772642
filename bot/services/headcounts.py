"""The one table that every report sums, kept true by whatever changes who came; and its sums."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.models import Headcount, Meeting, Registration, RegistrationLine, TeamMember, WalkIn
from bot.vocabulary import Category, RegistrationStatus

CategoryCounts = tuple[tuple[Category, int], ...]


async def recount(session: AsyncSession, meeting_id: int) -> None:
    """Make a meeting's headcounts anew from marks, walk-ins and its team; the caller has its row.

    Whoever was marked counts, whatever became of the registration afterwards. The organisation
    is kept for row 2.11 alone: no other row of Appendix 2 names it.
    """
    people = union_all(
        select(
            RegistrationLine.category,
            _named(RegistrationLine.category, RegistrationLine.organisation),
            RegistrationLine.came,
        )
        .join(RegistrationLine.registration)
        .where(Registration.meeting_id == meeting_id, RegistrationLine.came > 0),
        select(WalkIn.category, _named(WalkIn.category, WalkIn.organisation), WalkIn.people).where(
            WalkIn.meeting_id == meeting_id
        ),
        select(
            TeamMember.category,
            _named(TeamMember.category, TeamMember.organisation),
            literal(1),
        ).where(TeamMember.meeting_id == meeting_id, TeamMember.came_at.is_not(None)),
    ).subquery()
    category, organisation, number = people.c
    rows = await session.execute(
        select(category, organisation, func.sum(number)).group_by(category, organisation)
    )
    counted = [
        Headcount(meeting_id=meeting_id, category=kind, organisation=whose, people=int(total))
        for kind, whose, total in rows
    ]
    await session.execute(delete(Headcount).where(Headcount.meeting_id == meeting_id))
    session.add_all(counted)
    await session.flush()


async def count_signed_up(session: AsyncSession, meeting_id: int) -> CategoryCounts:
    """Return how many people are signed up, by category, in the order of the form."""
    return await _by_category(
        session,
        select(RegistrationLine.category, func.sum(RegistrationLine.seats))
        .join(RegistrationLine.registration)
        .where(
            Registration.meeting_id == meeting_id,
            Registration.status == RegistrationStatus.ACTIVE,
        )
        .group_by(RegistrationLine.category),
    )


async def count_came(session: AsyncSession, meeting_id: int) -> CategoryCounts:
    """Return how many people came, by category, in the order of the form."""
    return await _by_category(
        session,
        select(Headcount.category, func.sum(Headcount.people))
        .where(Headcount.meeting_id == meeting_id)
        .group_by(Headcount.category),
    )


def people_at() -> ColumnElement[int]:
    """Return the subquery that counts the people who came to the row's meeting."""
    return (
        select(func.coalesce(func.sum(Headcount.people), 0))
        .where(Headcount.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )


def total_of(counts: Iterable[tuple[Category, int]]) -> int:
    """Return the sum over all categories."""
    return sum(people for _, people in counts)


async def count_walk_ins(session: AsyncSession, meeting_id: int) -> int:
    """Return how many people came to a meeting without a registration."""
    people = await session.scalar(
        select(func.sum(WalkIn.people)).where(WalkIn.meeting_id == meeting_id)
    )
    return people or 0


async def count_team(session: AsyncSession, meeting_id: int) -> int:
    """Return how many of those who came are on the meeting's team."""
    people = await session.scalar(
        select(func.count()).where(
            TeamMember.meeting_id == meeting_id, TeamMember.came_at.is_not(None)
        )
    )
    return people or 0


async def _by_category(session: AsyncSession, statement: Select[Category, int]) -> CategoryCounts:
    rows = await session.execute(statement)
    people = {category: int(number) for category, number in rows}
    return tuple((category, people[category]) for category in Category if category in people)


def _named(
    category: InstrumentedAttribute[Category], organisation: InstrumentedAttribute[str]
) -> ColumnElement[str]:
    return case((category == Category.OTHER, organisation), else_="").label("organisation")
