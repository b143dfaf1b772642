"""The region's report of a year: from the reports that were accepted, or from drafts.

Counted in the caller's transaction; rights are the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Refused
from bot.models import ConsolidatedReport, Municipality, Region
from bot.services.board_rows import BoardRow, read_board
from bot.services.core import Core
from bot.services.counted import Attention, Counted, MeetingsCount, PeopleCount, together
from bot.services.regions import municipalities_between
from bot.services.report_counting import (
    YEARS_BEFORE,
    FormFacts,
    RegionReport,
    ReportFacts,
    check_year,
    count_region,
)
from bot.services.report_versions import latest_versions
from bot.services.signatures import SignatureFacts, find_signatures
from bot.services.territories import read_region
from bot.vocabulary import ReportSource, ReportStatus, Role

_SIGN = (Role.COORDINATOR, Role.CURATOR, Role.REGIONAL_COORDINATOR, Role.REGIONAL_CURATOR)

Signatures = dict[tuple[Role, int | None], SignatureFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolidatedFacts(RegionReport):
    """A year of the region, and what it was made of.

    Attributes:
        source: what it sums.
        rows: how each municipality stands with its report, by name.
    """

    source: ReportSource
    rows: tuple[BoardRow, ...]

    @property
    def accepted(self) -> int:
        """How many municipalities have an accepted report."""
        return sum(row.accepted is not None for row in self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the municipalities whose forms are empty because no report was accepted."""
        if self.source is ReportSource.DRAFTS:
            return ()
        return tuple(row.territory.name for row in self.rows if row.accepted is None)


async def count_consolidated(
    session: AsyncSession, core: Core, year: int, source: ReportSource, signer: int | None
) -> ConsolidatedFacts:
    """Count a year for the region and each of its municipalities.

    Accepted reports are summed as they were sent; what changed since, and what was not accepted,
    is in the drafts alone. The years before come from the same source.

    Args:
        session: the caller's transaction.
        core: for the clock and the roadmap.
        year: the year.
        source: what is summed.
        signer: the id of the person who makes the report: a role they hold, they sign for.

    Raises:
        Refused: the year lies ahead, or the region had no municipality in it.
        NotFound: there is no region yet.
    """
    now = core.clock.now()
    if source is ReportSource.DRAFTS:
        report = await count_region(session, year, now, signer)
        rows = await read_board(session, core.deadlines, year, now)
    else:
        region = await read_region(session)
        check_year(year, now, region.timezone)
        rows = await read_board(session, core.deadlines, year, now)
        if not rows:
            raise Refused("report-not-that-year", name=region.name, year=str(year))
        report = await _of_accepted(session, region, year, now, signer, rows)
    return ConsolidatedFacts(
        region=report.region,
        municipalities=report.municipalities,
        earlier=report.earlier,
        source=source,
        rows=tuple(rows),
    )


async def _of_accepted(
    session: AsyncSession,
    region: Region,
    year: int,
    now: datetime,
    signer: int | None,
    rows: Sequence[BoardRow],
) -> RegionReport:
    places = await municipalities_between(session, date(year, 1, 1), date(year, 12, 31))
    by_id = {place.id: place for place in places}
    signatures = await find_signatures(session, _SIGN, signer)
    forms = tuple(
        _form(row, by_id[row.territory.municipality_id], year, signatures)
        for row in rows
        if row.territory.municipality_id is not None
    )
    nothing = Attention((), ())
    sums = together(Counted(form.meetings, form.people, (), nothing) for form in forms)
    return RegionReport(
        region=ReportFacts(
            municipality_id=None,
            name=region.name,
            genitive=region.genitive,
            timezone=region.timezone,
            year=year,
            meetings=sums.meetings,
            people=sums.people,
            proposals=await session.scalar(
                select(ConsolidatedReport.proposals).where(ConsolidatedReport.year == year)
            )
            or "",
            coordinator=signatures.get((Role.REGIONAL_COORDINATOR, None)),
            curator=signatures.get((Role.REGIONAL_CURATOR, None)),
            attention=nothing,
            unique_people=0,  # reports say nothing of them
            made_at=now,
        ),
        municipalities=forms,
        earlier={
            before: await _accepted_in(session, before)
            for before in range(year - YEARS_BEFORE, year)
        },
    )


def _form(row: BoardRow, place: Municipality, year: int, signatures: Signatures) -> FormFacts:
    """Return what was accepted of a municipality, under its name of today; else an empty form."""
    if row.accepted is not None:
        return replace(row.accepted.form, name=place.name)
    return FormFacts(
        name=place.name,
        genitive=place.genitive,
        year=year,
        meetings=MeetingsCount({}, 0),
        people=PeopleCount({}, (), 0),
        coordinator=signatures.get((Role.COORDINATOR, place.id)),
        curator=signatures.get((Role.CURATOR, place.id)),
    )


async def _accepted_in(session: AsyncSession, year: int) -> tuple[FormFacts, ...]:
    versions = await latest_versions(session, year, status=ReportStatus.ACCEPTED)
    found = sorted(versions.values(), key=lambda version: version.name)
    return tuple(replace(version.form, name=version.name) for version in found)
