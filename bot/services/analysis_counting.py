"""What the analysis of a year sums beside the report and the pictures: over the meetings that the
caller's condition names, in the caller's transaction."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.models import Feedback, Headcount, Meeting, TeamMember
from bot.services.results import confirmed
from bot.vocabulary import PUPILS, Audience, Category, Format, Mode, TeamRole

SIDES = {
    Audience.STUDENTS: frozenset(PUPILS),
    Audience.PARENTS: frozenset({Category.PARENT}),
    Audience.EMPLOYERS: frozenset({Category.HEAD, Category.EMPLOYEE}),
}
"""«Ребенок – Родитель – Работодатель»: whose people came."""

_TALKING = (TeamRole.SPEAKER, TeamRole.HOST)


@dataclass(frozen=True, slots=True)
class Triangle:
    """At how many meetings all three sides were, and at how many two of them."""

    all_three: int
    two: int


async def count_triangle(session: AsyncSession, meetings: ColumnElement[bool]) -> Triangle:
    """Count the meetings at which pupils, parents and employers met."""
    there = sum(
        func.max(case((Headcount.category.in_(categories), 1), else_=0))
        for categories in SIDES.values()
    )
    sides = (
        select(there.label("sides"))  # type: ignore[union-attr]
        .join(Meeting, Meeting.id == Headcount.meeting_id)
        .where(meetings)
        .group_by(Headcount.meeting_id)
        .subquery()
    )
    rows = await session.execute(select(sides.c.sides, func.count()).group_by(sides.c.sides))
    found = Counter({number: times for number, times in rows})  # noqa: C416 (a row is no pair)
    return Triangle(all_three=found[3], two=found[2])


async def count_formats(
    session: AsyncSession, meetings: ColumnElement[bool]
) -> tuple[tuple[Format, int], ...]:
    """Count the meetings of each format, the most frequent first."""
    rows = await session.execute(
        select(Meeting.format, func.count()).where(meetings).group_by(Meeting.format)
    )
    return tuple(sorted(((kind, times) for kind, times in rows), key=lambda it: (-it[1], it[0])))


async def count_venues(session: AsyncSession, meetings: ColumnElement[bool]) -> int:
    """Count the different places where people met in person."""
    places = await session.scalars(
        select(Meeting.place)
        .where(meetings, Meeting.mode == Mode.IN_PERSON, Meeting.place != "")
        .distinct()
    )
    return len({fold(place) for place in places})


async def count_speakers(session: AsyncSession, meetings: ColumnElement[bool]) -> int:
    """Count who spoke at a meeting or hosted it and was there: at two meetings, that is two."""
    number = await session.scalar(
        select(func.count())
        .select_from(TeamMember)
        .join(Meeting, Meeting.id == TeamMember.meeting_id)
        .where(meetings, TeamMember.role.in_(_TALKING), TeamMember.came_at.is_not(None))
    )
    return number or 0


async def count_useful(session: AsyncSession, meetings: ColumnElement[bool]) -> Counter[str]:
    """Count how often each thing was ticked as useful in the answers that count."""
    ticked = cast(Feedback.useful, Text).label("ticked")
    rows = await session.execute(
        select(ticked, func.count())
        .join(Meeting, Meeting.id == Feedback.meeting_id)
        .where(meetings, confirmed())
        .group_by("ticked")
    )
    found: Counter[str] = Counter()
    for choices, answers in rows:
        for choice in json.loads(choices):
            found[choice] += answers
    return found


async def count_ratings_by_side(
    session: AsyncSession, meetings: ColumnElement[bool]
) -> dict[Audience | None, list[int]]:
    """Count how many gave 1, 2, 3, 4 and 5, by side of the triangle; None stands for all others."""
    rows = await session.execute(
        select(Feedback.category, Feedback.rating, func.count())
        .join(Meeting, Meeting.id == Feedback.meeting_id)
        .where(meetings, confirmed())
        .group_by(Feedback.category, Feedback.rating)
    )
    found: dict[Audience | None, list[int]] = {}
    for category, rating, people in rows:
        side = next((side for side, those in SIDES.items() if category in those), None)
        found.setdefault(side, [0] * 5)[rating - 1] += people
    return found
