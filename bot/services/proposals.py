"""Row 4: proposals of a municipality (for itself and for the region), and of the region.

3.2 of the plan: «для муниципалитета и для региона».
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import clean_text
from bot.errors import NotFound
from bot.models import TEXT_LENGTH, AnnualReport, ConsolidatedReport
from bot.services import audit
from bot.services.core import Account, Core
from bot.services.counted import Proposals
from bot.services.inserting import insert_into
from bot.services.report_place import get_written_place, get_written_region
from bot.services.territories import territory_key

REGION_LENGTH = 3000
"""Of the consolidated text: three sentences of each of sixty would not fit into a message."""


class Addressee(StrEnum):
    """Whom proposals are for."""

    MUNICIPALITY = "municipality"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class WrittenProposals:
    """What row 4 says so far, and of whose report; the region's own text is `for_region`."""

    place: str
    texts: Proposals

    def of(self, addressee: Addressee) -> str:
        """Return one of the two texts."""
        region = addressee is Addressee.REGION
        return self.texts.for_region if region else self.texts.for_municipality


async def get_proposals(
    core: Core, account: Account, municipality_id: int | None, year: int
) -> WrittenProposals:
    """Return what row 4 of a report says so far; None means the consolidated one.

    Raises:
        Forbidden: this account may not write it.
        Refused: the year lies ahead.
        NotFound: there is no such municipality.
    """
    async with core.db.read() as session:
        if municipality_id is None:
            region = await get_written_region(session, core, account, year)
            text = await session.scalar(
                select(ConsolidatedReport.proposals).where(ConsolidatedReport.year == year)
            )
            return WrittenProposals(region.name, Proposals(for_region=text or ""))
        _, place = await get_written_place(session, core, account, municipality_id, year)
        found = await session.execute(
            select(AnnualReport.proposals, AnnualReport.proposals_for_region).where(
                AnnualReport.municipality_id == municipality_id, AnnualReport.year == year
            )
        )
        texts = found.one_or_none()
        return WrittenProposals(place.name, Proposals(*texts) if texts else Proposals())


async def set_proposals(
    core: Core,
    account: Account,
    municipality_id: int | None,
    year: int,
    text: str,
    addressee: Addressee = Addressee.MUNICIPALITY,
) -> str:
    """Keep proposals for modernisation; the text replaces what was there.

    Args:
        core: what every use case is given.
        account: who writes.
        municipality_id: whose report it is, None for the consolidated one.
        year: the year.
        text: what was written.
        addressee: whom it is for; the consolidated report is for the region alone.

    Returns:
        The text as it was stored.

    Raises:
        Forbidden, Refused: as of `get_proposals`.
        NotFound: there is no such municipality, or no such text in the consolidated report.
        InvalidInput: the text is too long.
    """
    cleaned = clean_text(text, TEXT_LENGTH if municipality_id is not None else REGION_LENGTH)
    async with core.db.write() as session:
        if municipality_id is None:
            if addressee is not Addressee.REGION:
                raise NotFound
            await get_written_region(session, core, account, year)
            await _store(session, core, ConsolidatedReport, {"year": year}, "proposals", cleaned)
            subject = "region"
        else:
            await get_written_place(session, core, account, municipality_id, year)
            row = {"municipality_id": municipality_id, "year": year}
            region = addressee is Addressee.REGION
            column = "proposals_for_region" if region else "proposals"
            await _store(session, core, AnnualReport, row, column, cleaned)
            subject = territory_key(municipality_id)
        audit.record(session, core, account, "report.propose", subject, year=year)
    return cleaned


async def _store(
    session: AsyncSession,
    core: Core,
    table: type[AnnualReport | ConsolidatedReport],
    row: dict[str, int],
    column: str,
    text: str,
) -> None:
    says = {column: text, "updated_at": core.clock.now()}
    await session.execute(
        insert_into(session, table)
        .values(row | says)
        .on_conflict_do_update(index_elements=list(row), set_=says)
    )
