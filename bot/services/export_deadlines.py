"""The deadlines of some days as the rows of a table: how each stands, and who settled it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules import Period
from bot.services.core import Core
from bot.services.deadline_facts import DeadlineFacts
from bot.services.deadline_ledger import read_ledger, read_territories


async def list_due(
    session: AsyncSession, core: Core, municipality_id: int | None, period: Period
) -> tuple[DeadlineFacts, ...]:
    """Return the deadlines whose last day falls into a period, the first of them first.

    Args:
        session: the caller's transaction, which has checked the right to see them.
        core: what every use case is given.
        municipality_id: whose; None: those of the region and of all its municipalities.
        period: the days asked about.
    """
    ids = None if municipality_id is None else [municipality_id]
    territories = await read_territories(session, ids, region=municipality_id is None)
    years = range(period.first.year - 1, period.last.year + 1)  # some are about the year before
    ledger = await read_ledger(session, core.deadlines, territories, core.clock.now(), years)
    found = [
        facts
        for deadline in core.deadlines
        for territory in territories
        for facts in ledger.of_years(deadline, years, territory)
        if period.first <= facts.due <= period.last
    ]
    return tuple(sorted(found, key=lambda facts: facts.due))
