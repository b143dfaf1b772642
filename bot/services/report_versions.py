"""Versions of municipalities' reports as they were sent: reading them.

Rights are the caller's. What is sent, accepted and returned is `version_steps`'.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Municipality, ReportScan, ReportVersion
from bot.services.report_counting import FormFacts
from bot.services.version_facts import from_stored
from bot.vocabulary import ReportStatus


@dataclass(frozen=True, slots=True)
class Version:
    """A municipality's report of a year as it was sent.

    Attributes:
        token: names it in buttons.
        name, timezone: of the municipality, as they are now; the form has the name of then.
        number: from 1, within the municipality and year.
        form: what it says, frozen.
        sent_by, decided_by: names, which outlive the people; `decided_by` is empty until then.
        comment: why it was returned.
        has_scan: whether the signed paper is attached.
    """

    id: int
    token: str
    municipality_id: int
    name: str
    timezone: str
    year: int
    number: int
    status: ReportStatus
    form: FormFacts
    sent_at: datetime
    sent_by: str
    decided_at: datetime | None
    decided_by: str
    comment: str
    has_scan: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has accepted or returned it; one that another replaced waits in vain."""
        return self.status is ReportStatus.SENT


async def latest_versions(
    session: AsyncSession, year: int, *, status: ReportStatus | None = None
) -> dict[int, Version]:
    """Return the last version of each municipality that sent its report, within the caller's
    transaction.

    Args:
        session: the caller's transaction; rights are the caller's, too.
        year: that the reports are about.
        status: the last one that came to this; None: the last one of all.
    """
    of_year = [ReportVersion.year == year]
    if status is not None:
        of_year.append(ReportVersion.status == status)
    last = (
        select(ReportVersion.municipality_id, func.max(ReportVersion.number).label("number"))
        .where(*of_year)
        .group_by(ReportVersion.municipality_id)
        .subquery()
    )
    found = await session.execute(
        select_versions(ReportVersion.year == year).join(
            last,
            (last.c.municipality_id == ReportVersion.municipality_id)
            & (last.c.number == ReportVersion.number),
        )
    )
    return {row.ReportVersion.municipality_id: version_of(row) for row in found}


async def versions_of(session: AsyncSession, municipality_id: int, year: int) -> list[Version]:
    """Return all versions of a municipality's report of a year, the last one first."""
    found = await session.execute(
        select_versions(
            ReportVersion.municipality_id == municipality_id, ReportVersion.year == year
        ).order_by(ReportVersion.number.desc())
    )
    return [version_of(row) for row in found]


def select_versions(*conditions: ColumnElement[bool]) -> Select[ReportVersion, str, str, bool]:
    """Select what `version_of` reads; never the file."""
    return (
        select(
            ReportVersion,
            Municipality.name,
            Municipality.timezone,
            exists().where(ReportScan.version_id == ReportVersion.id).label("has_scan"),
        )
        .join(Municipality, Municipality.id == ReportVersion.municipality_id)
        .where(*conditions)
    )


def version_of(row: Any) -> Version:
    """Return a row of `select_versions` as facts."""
    stored: ReportVersion = row.ReportVersion
    return Version(
        id=stored.id,
        token=stored.token,
        municipality_id=stored.municipality_id,
        name=row.name,
        timezone=row.timezone,
        year=stored.year,
        number=stored.number,
        status=stored.status,
        form=from_stored(stored.facts),
        sent_at=stored.sent_at,
        sent_by=stored.sent_by,
        decided_at=stored.decided_at,
        decided_by=stored.decided_by,
        comment=stored.comment,
        has_scan=row.has_scan,
    )
