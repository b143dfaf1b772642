"""Whose report somebody writes in: every service that changes what a form says checks it here."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Forbidden
from bot.models import Municipality, Region
from bot.rules import may_write_proposals
from bot.services.access import Actor, get_actor
from bot.services.core import Account, Core
from bot.services.report_counting import check_year
from bot.services.territories import lock_reports, read_municipality, read_region


async def get_written_place(
    session: AsyncSession,
    core: Core,
    account: Account,
    municipality_id: int,
    year: int,
    *,
    lock: bool = False,
) -> tuple[Actor, Municipality]:
    """Return a municipality whose report of a year this account writes, and the actor.

    Args:
        session: the caller's transaction.
        core: what every use case is given.
        account: who asks.
        municipality_id: whose report it is.
        year: the year.
        lock: wait for whoever decides about its reports, so that two at once come one by one.

    Raises:
        Forbidden: this account does not write it.
        Refused: the year lies ahead.
        NotFound: there is no such municipality.
    """
    actor = await _get_writer(session, core, account, municipality_id)
    if lock:
        await lock_reports(session, municipality_id)
    place = await read_municipality(session, municipality_id)
    check_year(year, core.clock.now(), place.timezone)
    return actor, place


async def get_written_region(
    session: AsyncSession, core: Core, account: Account, year: int
) -> Region:
    """Return the region, whose consolidated report of a year this account writes.

    Raises:
        Forbidden: this account does not write it.
        Refused: the year lies ahead.
        NotFound: there is no region yet.
    """
    await _get_writer(session, core, account, None)
    region = await read_region(session)
    check_year(year, core.clock.now(), region.timezone)
    return region


async def _get_writer(
    session: AsyncSession, core: Core, account: Account, municipality_id: int | None
) -> Actor:
    actor = await get_actor(session, core, account)
    if not may_write_proposals(actor.grants, municipality_id):
        raise Forbidden("forbidden-report")
    return actor
