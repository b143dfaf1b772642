"""A year of Appendix 2 as facts, counted in the caller's transaction; rights are the caller's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Refused
from bot.models import ConsolidatedReport, Municipality, Region
from bot.rules import FIRST_YEAR, existed
from bot.services.counted import (
    Attention,
    Counted,
    MeetingsCount,
    PeopleCount,
    Proposals,
    together,
)
from bot.services.counting import YearCount
from bot.services.regions import municipalities_between
from bot.services.signatures import SignatureFacts, find_signatures
from bot.services.territories import read_municipality, read_region
from bot.vocabulary import OUTSIDE_FORM, Role

YEARS_BEFORE = 2  # that the region's report compares its year with


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the form of Appendix 2 says about a year of a municipality, or of the region.

    Attributes:
        name: of the municipality or region; `genitive` likewise.
        photo_links: the year's folder and those of the meetings counted, each once (row 3).
        proposals: row 4; of the region, its own text.
        proposals_for_region: of a municipality, for the region. The region's photo links and
            organisations stand with its municipalities alone.
        coordinator, curator: who signs, None where not known.
    """

    name: str
    genitive: str
    year: int
    meetings: MeetingsCount
    people: PeopleCount
    photo_links: tuple[str, ...] = ()
    proposals: str = ""
    proposals_for_region: str = ""
    coordinator: SignatureFacts | None = None
    curator: SignatureFacts | None = None

    @property
    def people_outside_form(self) -> int:
        """How many pupils came whose grade the form does not have."""
        return sum(self.people.by_category.get(category, 0) for category in OUTSIDE_FORM)

    @property
    def people_in_form(self) -> int:
        """Row 2."""
        return sum(self.people.by_category.values()) - self.people_outside_form

    @property
    def meetings_in_form(self) -> int:
        """Row 1."""
        return sum(self.meetings.by_audience.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts(FormFacts):
    """The form, and what is said beside it.

    Attributes:
        municipality_id: None for the region.
        timezone: of the municipality or region.
        unique_people: how many different people with a profile came, beside the visits of row 2.
        made_at: when it was counted.
    """

    municipality_id: int | None
    timezone: str
    attention: Attention
    unique_people: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RegionReport:
    """A year of the region: of all its municipalities together, and of each.

    Attributes:
        municipalities: those that existed in the year or counted something in it, by name.
        earlier: the same for the years before that it is compared with, the oldest first.
    """

    region: ReportFacts
    municipalities: tuple[FormFacts, ...]
    earlier: dict[int, tuple[FormFacts, ...]]


async def count_municipality(
    session: AsyncSession, municipality_id: int, year: int, now: datetime, signer: int | None
) -> ReportFacts:
    """Count a year of a municipality.

    Args:
        session: the caller's transaction.
        municipality_id: whose report it is.
        year: the year.
        now: the current moment.
        signer: the id of the person who makes the report: a role they hold, they sign for.

    Raises:
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality.
    """
    place = await read_municipality(session, municipality_id)
    check_year(year, now, place.timezone)
    if not _existed(place, year):
        raise Refused("report-not-that-year", name=place.name, year=str(year))
    count = YearCount(session, [place], year, now)
    counted = (await count.counted())[place.id]
    proposals = (await count.proposals()).get(place.id, Proposals())
    signatures = await find_signatures(
        session, (Role.COORDINATOR, Role.CURATOR), signer, (place.id,)
    )
    return ReportFacts(
        municipality_id=place.id,
        name=place.name,
        genitive=place.genitive,
        timezone=place.timezone,
        year=year,
        meetings=counted.meetings,
        people=counted.people,
        photo_links=counted.photo_links,
        proposals=proposals.for_municipality,
        proposals_for_region=proposals.for_region,
        coordinator=signatures.get((Role.COORDINATOR, place.id)),
        curator=signatures.get((Role.CURATOR, place.id)),
        attention=counted.attention,
        unique_people=await count.unique_people(),
        made_at=now,
    )


async def count_region(
    session: AsyncSession, year: int, now: datetime, signer: int | None
) -> RegionReport:
    """Count a year of the region, of each municipality and of the years before.

    All municipalities that ever were are counted: a meeting that stands in one after its last day
    must not fall out. The arguments are those of `count_municipality`.

    Raises:
        Refused: the year lies ahead, or no municipality existed in it.
        NotFound: there is no region yet.
    """
    region = await read_region(session)
    check_year(year, now, region.timezone)
    places = await municipalities_between(session, date.min, date.max)
    count = YearCount(session, places, year, now)
    counted, proposals = await count.counted(), await count.proposals()
    held = {place for place, each in counted.items() if each.meetings.by_audience}
    shown = [
        place for place in places if _existed(place, year) or place.id in held | proposals.keys()
    ]
    if not shown:
        raise Refused("report-not-that-year", name=region.name, year=str(year))
    signatures = await find_signatures(
        session,
        (Role.COORDINATOR, Role.CURATOR, Role.REGIONAL_COORDINATOR, Role.REGIONAL_CURATOR),
        signer,
    )
    return RegionReport(
        region=replace(
            _all_together(region, year, now, counted, await count.unique_people()),
            proposals=await session.scalar(
                select(ConsolidatedReport.proposals).where(ConsolidatedReport.year == year)
            )
            or "",
            coordinator=signatures.get((Role.REGIONAL_COORDINATOR, None)),
            curator=signatures.get((Role.REGIONAL_CURATOR, None)),
        ),
        municipalities=tuple(
            FormFacts(
                name=place.name,
                genitive=place.genitive,
                year=year,
                meetings=counted[place.id].meetings,
                people=counted[place.id].people,
                photo_links=counted[place.id].photo_links,
                proposals=proposals.get(place.id, Proposals()).for_municipality,
                proposals_for_region=proposals.get(place.id, Proposals()).for_region,
                coordinator=signatures.get((Role.COORDINATOR, place.id)),
                curator=signatures.get((Role.CURATOR, place.id)),
            )
            for place in shown
        ),
        earlier={
            before: await _numbers(session, places, before, now)
            for before in range(year - YEARS_BEFORE, year)
        },
    )


async def sum_region(session: AsyncSession, year: int, now: datetime) -> ReportFacts:
    """Count a year of the region alone, without its municipalities, other years and signatures.

    Raises:
        Refused: the year lies ahead.
        NotFound: there is no region yet.
    """
    region = await read_region(session)
    check_year(year, now, region.timezone)
    places = await municipalities_between(session, date.min, date.max)
    count = YearCount(session, places, year, now)
    return _all_together(region, year, now, await count.counted(), await count.unique_people())


def _all_together(
    region: Region, year: int, now: datetime, counted: Mapping[int, Counted], unique_people: int
) -> ReportFacts:
    all_of_it = together(counted.values())
    return ReportFacts(
        municipality_id=None,
        name=region.name,
        genitive=region.genitive,
        timezone=region.timezone,
        year=year,
        meetings=all_of_it.meetings,
        people=all_of_it.people,
        attention=all_of_it.attention,
        unique_people=unique_people,
        made_at=now,
    )


def check_year(year: int, now: datetime, timezone: str) -> None:
    """Let pass a year that a report can be about.

    Raises:
        Refused: it lies ahead, or before any programme of this kind.
    """
    if not FIRST_YEAR <= year <= now.astimezone(ZoneInfo(timezone)).year:
        raise Refused("report-no-such-year")


async def _numbers(
    session: AsyncSession, places: list[Municipality], year: int, now: datetime
) -> tuple[FormFacts, ...]:
    count = YearCount(session, places, year, now)
    meetings, people = await count.meetings(), await count.people()
    held = {place for place, each in meetings.items() if each.by_audience}
    return tuple(
        FormFacts(place.name, place.genitive, year, meetings[place.id], people[place.id])
        for place in places
        if place.id in held or _existed(place, year)
    )


def _existed(place: Municipality, year: int) -> bool:
    return existed(place.valid_from, place.valid_until, date(year, 1, 1), date(year, 12, 31))
