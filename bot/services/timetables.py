"""The timetable of a half-year: the meetings that are planned (row 1.7 of the plan)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, Refused
from bot.models import Meeting, Municipality, Person, Region
from bot.services import audit
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.services.counting import starting_within
from bot.services.territories import read_municipality, read_region, territory_key
from bot.vocabulary import Audience, Format, MeetingStatus, Mode

MOST_MEETINGS = 5_000
"""So many a file is made of at once; the largest region has a few hundred in a half-year."""


@dataclass(frozen=True, slots=True)
class Half:
    """A half of a year: the first or the second."""

    year: int
    number: int


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting of the timetable.

    Attributes:
        responsible: the full name of whoever made it, where they gave it for papers of the project.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    format: Format
    audience: Audience
    mode: Mode
    place: str
    municipality: str
    timezone: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """What is planned somewhere in a half-year, the nearest first.

    Attributes:
        name, genitive: of the municipality or the region.
        of_region: whether each meeting is in a municipality of its own.
        timezone: of the place itself.
    """

    name: str
    genitive: str
    of_region: bool
    timezone: str
    half: Half
    meetings: tuple[PlannedMeeting, ...]


def halves_of(today: date) -> tuple[Half, ...]:
    """Return the half-years whose timetable is offered: of this year, and the next one."""
    return Half(today.year, 1), Half(today.year, 2), Half(today.year + 1, 1)


async def count_planned(
    core: Core, account: Account, municipality_id: int | None, half: Half
) -> tuple[str, int]:
    """Return whose timetable it is, and how many meetings stand in it.

    Raises:
        Forbidden: this account may not have the papers of that municipality, or the region (None).
        NotFound: no such municipality, or no region yet.
    """
    async with core.db.read() as session:
        place, places = await _territory(session, core, account, municipality_id)
        where = _planned(places, half)
        number = await session.scalar(select(func.count()).select_from(Meeting).where(*where))
        return place.name, number or 0


async def take_timetable(
    core: Core, account: Account, municipality_id: int | None, half: Half
) -> Timetable:
    """Return the timetable, and write down who takes it.

    It has what was published and not called off; what was held without the bot was never planned.

    Args:
        core: what every use case is given.
        account: who takes it.
        municipality_id: whose; None: of all municipalities of the region.
        half: of which year.

    Raises:
        Forbidden, NotFound: as `count_planned`.
        Refused: nothing is planned, or more than a file holds.
    """
    async with core.db.write() as session:
        place, places = await _territory(session, core, account, municipality_id)
        rows = await session.execute(
            select(
                Meeting.title,
                Meeting.starts_at,
                Meeting.ends_at,
                Meeting.format,
                Meeting.audience,
                Meeting.mode,
                Meeting.place,
                Municipality.name,
                Municipality.timezone,
                func.coalesce(Person.staff_name, ""),
            )
            .join(Municipality, Municipality.id == Meeting.municipality_id)
            .outerjoin(Person, Person.id == Meeting.created_by_id)
            .where(*_planned(places, half))
            .order_by(Meeting.starts_at, Municipality.name, Meeting.id)
            .limit(MOST_MEETINGS + 1)
        )
        found: Sequence[Any] = rows.all()
        meetings = tuple(PlannedMeeting(*row) for row in found)
        if not meetings:
            raise Refused("refused-timetable-empty")
        if len(meetings) > MOST_MEETINGS:
            raise Refused("refused-export-large")
        subject = territory_key(municipality_id)
        audit.record(
            session, core, account, "export.take", subject, kind="timetable", rows=len(meetings)
        )
        return Timetable(
            name=place.name,
            genitive=place.genitive,
            of_region=municipality_id is None,
            timezone=place.timezone,
            half=half,
            meetings=meetings,
        )


async def _territory(
    session: AsyncSession, core: Core, account: Account, municipality_id: int | None
) -> tuple[Region | Municipality, list[Municipality]]:
    actor = await get_actor(session, core, account)
    if not rules.may_see_report(actor.grants, municipality_id):
        raise Forbidden("forbidden-report")
    if municipality_id is None:
        region = await read_region(session)
        return region, list(await session.scalars(select(Municipality)))
    municipality = await read_municipality(session, municipality_id)
    return municipality, [municipality]


def _planned(places: list[Municipality], half: Half) -> tuple[ColumnElement[bool], ...]:
    return (
        starting_within(places, rules.half_year(half.year, half.number)),
        Meeting.status.in_((MeetingStatus.PUBLISHED, MeetingStatus.HELD)),
        Meeting.outside.is_(False),
    )
