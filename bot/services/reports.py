"""Appendix 2 as facts: the numbers of a year, its words, and who signs."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.errors import Forbidden, NotFound
from bot.models import Municipality, Region
from bot.rules import is_regional, may_see_report, report_places
from bot.services.access import get_actor
from bot.services.consolidated import ConsolidatedFacts, count_consolidated
from bot.services.core import Account, Core
from bot.services.regions import Places, facts_of, search_municipalities
from bot.services.report_counting import (
    ReportFacts,
    count_municipality,
    sum_region,
)
from bot.services.territories import read_municipality, read_region
from bot.vocabulary import ReportSource


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
        await _check_may_see(session, core, account, municipality_id)
        return (await _get_territory(session, municipality_id)).name


async def appendix2(core: Core, account: Account, year: int, municipality_id: int) -> ReportFacts:
    """Count a year for a municipality.

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality.
    """
    async with core.db.read() as session:
        signer = await _check_may_see(session, core, account, municipality_id)
        return await count_municipality(session, municipality_id, year, core.clock.now(), signer)


async def consolidated_report(
    core: Core, account: Account, year: int, source: ReportSource
) -> ConsolidatedFacts:
    """Count a year for the region and each of its municipalities.

    Args:
        core: what every use case is given.
        account: who asks.
        year: the year.
        source: what is summed: the reports that were accepted, or drafts.

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the region had no municipality in it.
        NotFound: there is no region yet.
    """
    async with core.db.read() as session:
        signer = await _check_may_see(session, core, account, None)
        return await count_consolidated(session, core, year, source, signer)


async def draft_of_year(
    core: Core, account: Account, year: int, municipality_id: int | None
) -> ReportFacts:
    """Count a year for a municipality, or for the region (None) as one sum.

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality, or no region yet.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        signer = await _check_may_see(session, core, account, municipality_id)
        if municipality_id is None:
            return await sum_region(session, year, now)
        return await count_municipality(session, municipality_id, year, now, signer)


async def report_by_command(
    core: Core, year: int, whose: str | None, source: ReportSource
) -> ReportFacts | ConsolidatedFacts:
    """Count a year for who holds the server: they are asked for no role.

    Args:
        core: what every use case is given.
        year: the year.
        whose: code or whole name of a municipality, None for the region.
        source: what the region's report sums.

    Raises:
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality, or no region yet.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        if whose is None:
            return await count_consolidated(session, core, year, source, None)
        places = await session.execute(
            select(Municipality.id, Municipality.code, Municipality.name)
        )
        for municipality_id, code, name in places:
            if code == whose or fold(name) == fold(whose):
                return await count_municipality(session, municipality_id, year, now, None)
    raise NotFound("municipality-not-found")


async def _check_may_see(
    session: AsyncSession, core: Core, account: Account, municipality_id: int | None
) -> int | None:
    """Return the id of the person who asks, once it is clear that they may."""
    actor = await get_actor(session, core, account)
    if not may_see_report(actor.grants, municipality_id):
        raise Forbidden("forbidden-report")
    return actor.person_id


async def _get_territory(
    session: AsyncSession, municipality_id: int | None
) -> Municipality | Region:
    if municipality_id is None:
        return await read_region(session)
    return await read_municipality(session, municipality_id)
