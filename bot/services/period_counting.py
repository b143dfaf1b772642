"""What statistics sum: a few statements over the meetings held in a period.

The meetings are those of Appendix 2, and «held» means what it means there. People are headcounts,
grades 5 and 6 among them.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, distinct, exists, extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Feedback, Headcount, Meeting, Municipality, Registration, RegistrationLine
from bot.rules import Period
from bot.services.counting import counted_by, starting_within
from bot.services.results import confirmed
from bot.vocabulary import Category, Format, RegistrationStatus

_DAY = 24 * 60 * 60


class Ahead(StrEnum):
    """How long before the start somebody signed up."""

    LAST_DAY = "last_day"
    DAYS = "days"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    LONGER = "longer"


_AHEAD_BELOW = {Ahead.LAST_DAY: 1, Ahead.DAYS: 4, Ahead.WEEK: 8, Ahead.FORTNIGHT: 15}
"""In full days."""


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that counts: where, on which day by the clock there, and how many came."""

    municipality_id: int
    day: date
    people: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were signed up, and how many of them came."""

    signed_up: int
    came: int


class PeriodCount:
    """The sums of one period.

    Args:
        session: the caller's transaction.
        places: the municipalities counted.
        period: whose days are counted by the clock of each place.
        now: the current moment; what has not ended by then is not counted.
        made_by: only the meetings that this person made; None: all of them.

    Attributes:
        held: the condition that a meeting is counted.
    """

    def __init__(
        self,
        session: AsyncSession,
        places: Sequence[Municipality],
        period: Period,
        now: datetime,
        made_by: int | None = None,
    ) -> None:
        self._session = session
        self._zones = {place.id: ZoneInfo(place.timezone) for place in places}
        held: ColumnElement[bool] = and_(starting_within(places, period), counted_by(now))
        self.held = held if made_by is None else and_(held, Meeting.created_by_id == made_by)

    async def meetings(self) -> tuple[HeldMeeting, ...]:
        """List the meetings, each with the people who came."""
        rows = await self._session.execute(
            select(
                Meeting.municipality_id,
                Meeting.starts_at,
                func.coalesce(func.sum(Headcount.people), 0),
            )
            .outerjoin(Headcount, Headcount.meeting_id == Meeting.id)
            .where(self.held)
            .group_by(Meeting.id)
            .order_by(Meeting.starts_at, Meeting.id)
        )
        return tuple(
            HeldMeeting(place, starts_at.astimezone(self._zones[place]).date(), people)
            for place, starts_at, people in rows
        )

    async def people(self) -> dict[Category, int]:
        """Sum who came, by category."""
        rows = await self._session.execute(
            select(Headcount.category, func.sum(Headcount.people))
            .join(Meeting, Meeting.id == Headcount.meeting_id)
            .where(self.held)
            .group_by(Headcount.category)
        )
        return {category: people for category, people in rows}  # noqa: C416

    async def turnout(self) -> tuple[dict[Category, Turnout], dict[Ahead, Turnout]]:
        """Sum who was signed up and who of them came: by category, and by how long before.

        Of meetings where somebody was marked. Who came beyond the seats of their line had not
        signed up.
        """
        seconds = extract("epoch", Meeting.starts_at) - extract("epoch", Registration.created_at)
        ahead = case(
            *((seconds < days * _DAY, name.value) for name, days in _AHEAD_BELOW.items()),
            else_=Ahead.LONGER.value,
        ).label("ahead")
        came = func.coalesce(RegistrationLine.came, 0)
        of_those = case(
            (came > RegistrationLine.seats, RegistrationLine.seats),
            else_=came,
        )
        rows = await self._session.execute(
            select(
                RegistrationLine.category,
                ahead,
                func.sum(RegistrationLine.seats),
                func.sum(of_those),
            )
            .join(Registration, Registration.id == RegistrationLine.registration_id)
            .join(Meeting, Meeting.id == Registration.meeting_id)
            .where(
                self.held,
                Registration.status == RegistrationStatus.ACTIVE,
                exists().where(Headcount.meeting_id == Meeting.id),
            )
            .group_by(RegistrationLine.category, "ahead")
        )
        categories: defaultdict[Category, list[tuple[int, int]]] = defaultdict(list)
        leads: defaultdict[Ahead, list[tuple[int, int]]] = defaultdict(list)
        for category, lead, signed_up, present in rows:
            categories[category].append((signed_up, present))
            leads[Ahead(lead)].append((signed_up, present))
        return (
            {
                category: _sum(categories[category])
                for category in Category
                if category in categories
            },
            {lead: _sum(leads[lead]) for lead in Ahead if lead in leads},
        )

    async def ratings(self) -> dict[Format, list[int]]:
        """Count how many gave 1, 2, 3, 4 and 5, by the format of the meeting."""
        return await count_ratings(self._session, self.held)

    async def visits(self, most: int) -> Counter[int]:
        """Count the different people with a profile by how many meetings they came to themselves.

        Args:
            most: so many meetings and more are counted together.
        """
        each = (
            select(func.count(distinct(Registration.meeting_id)).label("times"))
            .join(RegistrationLine, RegistrationLine.registration_id == Registration.id)
            .join(Meeting, Meeting.id == Registration.meeting_id)
            .where(
                self.held,
                Registration.person_id.is_not(None),
                RegistrationLine.is_own,
                RegistrationLine.came > 0,
            )
            .group_by(Registration.person_id)
            .subquery()
        )
        times = case((each.c.times > most, most), else_=each.c.times).label("capped")
        rows = await self._session.execute(select(times, func.count()).group_by("capped"))
        return Counter({times: people for times, people in rows})  # noqa: C416


async def count_ratings(
    session: AsyncSession, meetings: ColumnElement[bool]
) -> dict[Format, list[int]]:
    """Count how many gave 1, 2, 3, 4 and 5, by the format of the meeting."""
    rows = await session.execute(
        select(Meeting.format, Feedback.rating, func.count())
        .join(Meeting, Meeting.id == Feedback.meeting_id)
        .where(meetings, confirmed())
        .group_by(Meeting.format, Feedback.rating)
    )
    found: dict[Format, list[int]] = {}
    for format_, rating, people in rows:
        found.setdefault(format_, [0] * 5)[rating - 1] += people
    return found


def _sum(parts: Sequence[tuple[int, int]]) -> Turnout:
    return Turnout(sum(signed_up for signed_up, _ in parts), sum(came for _, came in parts))
