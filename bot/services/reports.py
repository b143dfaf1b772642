"""Appendix 2 as facts: the numbers of a year, its words, and who signs."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import clean_text
from bot.errors import Forbidden, NotFound, Refused
from bot.models import TEXT_LENGTH, AnnualReport, Municipality, Region
from bot.rules import FIRST_YEAR, is_regional, may_see_report, may_write_proposals, report_places
from bot.services import audit
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.services.counting import Attention, MeetingsCount, PeopleCount, YearCount
from bot.services.inserting import insert_into
from bot.services.regions import Places, facts_of, municipalities_between, search_municipalities
from bot.services.signatures import SignatureFacts, find_signature
from bot.vocabulary import OUTSIDE_FORM, Role


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A year of a municipality, or of the region, as Appendix 2 counts it.

    Attributes:
        municipality_id: None for the region.
        name: of the municipality or region; `genitive` likewise.
        timezone: of the municipality or region.
        photo_links: of the meetings counted, each once, in their order.
        proposals: (municipality, text) of row 4.
        coordinator, curator: who signs, None where not known.
        unique_people: how many different people with a profile came, beside the visits of row 2.
        made_at: when it was counted.
    """

    municipality_id: int | None
    name: str
    genitive: str
    timezone: str
    year: int
    meetings: MeetingsCount
    people: PeopleCount
    photo_links: tuple[str, ...]
    proposals: tuple[tuple[str, str], ...]
    coordinator: SignatureFacts | None
    curator: SignatureFacts | None
    attention: Attention
    unique_people: int
    made_at: datetime

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


async def find_report_places(core: Core, account: Account, letters: str = "") -> Places:
    """Return whose reports this account may have; by letters means the region's too.

    Args:
        core: what every use case is given.
        account: who asks.
        letters: what was typed, for those who may have every municipality's; without it and for
            the others, the municipalities of their own roles.

    Raises:
        Forbidden: it may have none.
    """
    today = core.today()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        regional, own = is_regional(actor.grants), report_places(actor.grants)
        if not regional and not own:
            raise Forbidden("forbidden-report")
        stored = await session.scalars(
            select(Municipality).where(Municipality.id.in_(own)).order_by(Municipality.name)
        )
        places = tuple(map(facts_of, stored))
    if regional and letters:
        # One that was merged this year or the last still owes its report.
        since = date(today.year - 1, 1, 1)
        places = await search_municipalities(core, letters, today, since=since)
    return Places(by_letters=regional, found=places)


async def get_report_place(core: Core, account: Account, municipality_id: int | None) -> str:
    """Return the name of a municipality, or of the region (None), whose report is to be made.

    Raises:
        Forbidden: this account may not have this report.
        NotFound: there is no such municipality, or no region yet.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not may_see_report(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        return (await _get_territory(session, municipality_id)).name


async def appendix2(
    core: Core, account: Account, year: int, municipality_id: int | None
) -> ReportFacts:
    """Count a year for a municipality, or for the region (None).

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality, or no region yet.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not may_see_report(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        territory = await _get_territory(session, municipality_id)
        _check_year(year, now, territory.timezone)
        places = await _places(session, year, municipality_id)
        if not places:
            raise Refused("report-not-that-year", name=territory.name, year=str(year))
        count = YearCount(session, places, year, now)
        coordinator, curator = (
            (Role.REGIONAL_COORDINATOR, Role.REGIONAL_CURATOR)
            if municipality_id is None
            else (Role.COORDINATOR, Role.CURATOR)
        )
        whose = (municipality_id, actor.person_id)
        return ReportFacts(
            municipality_id=municipality_id,
            name=territory.name,
            genitive=territory.genitive,
            timezone=territory.timezone,
            year=year,
            meetings=await count.meetings(),
            people=await count.people(),
            photo_links=await count.photo_links(),
            proposals=await count.proposals(),
            coordinator=await find_signature(session, coordinator, *whose),
            curator=await find_signature(session, curator, *whose),
            attention=await count.attention(),
            unique_people=await count.unique_people(),
            made_at=now,
        )


async def get_proposals(core: Core, account: Account, municipality_id: int, year: int) -> str:
    """Return what row 4 of a municipality's report says so far.

    Raises:
        Forbidden: this account may not write it.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not may_write_proposals(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        text = await session.scalar(
            select(AnnualReport.proposals).where(
                AnnualReport.municipality_id == municipality_id, AnnualReport.year == year
            )
        )
        return text or ""


async def set_proposals(
    core: Core, account: Account, municipality_id: int, year: int, text: str
) -> str:
    """Keep the proposals for modernisation (row 4); the text replaces what was there.

    Returns:
        The text as it was stored.

    Raises:
        Forbidden: this account may not write it.
        Refused: the year lies ahead.
        InvalidInput: the text is too long.
    """
    now = core.clock.now()
    cleaned = clean_text(text, TEXT_LENGTH)
    async with core.db.write() as session:
        actor = await get_actor(session, core, account)
        if not may_write_proposals(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        territory = await _get_territory(session, municipality_id)
        _check_year(year, now, territory.timezone)
        row = {"municipality_id": municipality_id, "year": year}
        says = {"proposals": cleaned, "updated_at": now}
        await session.execute(
            insert_into(session, AnnualReport)
            .values(row | says)
            .on_conflict_do_update(index_elements=list(row), set_=says)
        )
        audit.record(
            session, core, account, "report.propose", f"municipality:{municipality_id}", year=year
        )
    return cleaned


async def _places(
    session: AsyncSession, year: int, municipality_id: int | None
) -> list[Municipality]:
    """Return the municipality if it existed in the year; for the region all there ever were.

    A meeting that stands in a municipality after its last day must not fall out of the region.
    """
    if municipality_id is None:
        return await municipalities_between(session, date.min, date.max)
    in_year = await municipalities_between(session, date(year, 1, 1), date(year, 12, 31))
    return [place for place in in_year if place.id == municipality_id]


async def _get_territory(
    session: AsyncSession, municipality_id: int | None
) -> Municipality | Region:
    territory = (
        await session.scalar(select(Region))
        if municipality_id is None
        else await session.get(Municipality, municipality_id)
    )
    if territory is None:
        raise NotFound("municipality-not-found")
    return territory


def _check_year(year: int, now: datetime, timezone: str) -> None:
    if not FIRST_YEAR <= year <= now.astimezone(ZoneInfo(timezone)).year:
        raise Refused("report-no-such-year")
