"""Reading what is stored about deadlines, and what is missing before they can be met."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import (
    AnnualReport,
    DeadlineMark,
    Meeting,
    Municipality,
    Person,
    Region,
    ReportVersion,
    StaffRole,
)
from bot.rules import Deadline, Grant
from bot.services.counting import has_proposals
from bot.services.deadline_facts import (
    DeadlineFacts,
    HeldRole,
    LastMet,
    LastSent,
    Ledger,
    Mark,
    Territory,
)
from bot.services.finding_facts import FindingKind, YearFindings
from bot.services.findings import find_year, is_over
from bot.vocabulary import DoneWhen, ReportStatus


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing before something can be called done; all of it computed from data.

    Attributes:
        unconfirmed: meetings that are over without «Состоялась».
        nobody: meetings held with nobody marked.
        groups: lines of groups without a number.
        feedback: meetings that more people answered about than came.
        duplicates: pairs of meetings that look like one.
        photos: meetings held without a link to photos.
        no_photos: whether none of them has one.
        proposals: whether there are none for the year.
        reports: municipalities that owe the region their report.
        returned: whether the report was sent and came back.
    """

    unconfirmed: int = 0
    nobody: int = 0
    groups: int = 0
    feedback: int = 0
    duplicates: int = 0
    photos: int = 0
    no_photos: bool = False
    proposals: bool = False
    reports: int = 0
    returned: bool = False


async def read_territories(
    session: AsyncSession, ids: Collection[int] | None, *, region: bool
) -> list[Territory]:
    """Return municipalities by name, the region last.

    Args:
        session: the caller's transaction.
        ids: the municipalities, None for all.
        region: whether the region is one of them.
    """
    wanted = select(Municipality).order_by(Municipality.name)
    if ids is not None:
        wanted = wanted.where(Municipality.id.in_(ids))
    found = [
        Territory(each.id, each.name, each.timezone, each.valid_from, each.valid_until)
        for each in await session.scalars(wanted)
    ]
    if region and (stored := await session.scalar(select(Region))) is not None:
        found.append(Territory(None, stored.name, stored.timezone))
    return found


async def territories_of(session: AsyncSession, grants: Sequence[Grant]) -> list[Territory]:
    """Return the territories in which somebody has a role, the region last."""
    ids = {grant.municipality_id for grant in grants if grant.municipality_id is not None}
    return await read_territories(session, ids, region=rules.is_regional(grants))


async def read_ledger(
    session: AsyncSession,
    roadmap: Sequence[Deadline],
    territories: Sequence[Territory],
    now: datetime,
    years: range | None = None,
) -> Ledger:
    """Return what is stored about the deadlines of some territories.

    Args:
        session: the caller's transaction.
        roadmap: the region's deadlines.
        territories: which.
        now: the current moment.
        years: that the deadlines are about; by default those around now.
    """
    years = years or range(now.year - 2, now.year + 3)
    ids = [each.municipality_id for each in territories]
    marks = await session.execute(
        select(DeadlineMark, Person.name)
        .outerjoin(Person, Person.id == DeadlineMark.marked_by_id)
        .where(
            DeadlineMark.year.in_(years),
            DeadlineMark.territory.in_([each.key for each in territories]),
        )
    )
    written = await session.execute(
        select(AnnualReport.municipality_id, AnnualReport.year, AnnualReport.updated_at).where(
            has_proposals(),
            AnnualReport.year.in_(years),
            AnnualReport.municipality_id.in_(ids),
        )
    )
    held = await session.execute(
        select(StaffRole).where(
            or_(StaffRole.municipality_id.in_(ids), StaffRole.municipality_id.is_(None))
        )
    )
    roles: defaultdict[int | None, list[HeldRole]] = defaultdict(list)
    for role in held.scalars():
        roles[role.municipality_id].append(
            HeldRole(role.role, role.granted_at, role.revoked_at is not None)
        )
    return Ledger(
        roadmap=roadmap,
        now=now,
        marks={
            (mark.deadline, mark.year, mark.territory): Mark(
                mark.settled, mark.marked_at, name or "", mark.reason, person_id=mark.marked_by_id
            )
            for mark, name in marks
        },
        proposals={(place, year): at for place, year, at in written},
        sent=await _last_sent(session, ids, years),
        roles=roles,
        met=await _last_met(session, roadmap, territories, years, now),
    )


async def _last_sent(
    session: AsyncSession, municipalities: Collection[int | None], years: Collection[int]
) -> dict[tuple[int | None, int], LastSent]:
    """Return the last version of each municipality's report of each of the years."""
    rows = await session.execute(
        select(
            ReportVersion.municipality_id,
            ReportVersion.year,
            ReportVersion.sent_at,
            ReportVersion.sent_by,
            ReportVersion.status,
        )
        .where(
            ReportVersion.municipality_id.in_(municipalities),
            ReportVersion.year.in_(years),
        )
        .order_by(ReportVersion.number)
    )
    return {
        (place, year): LastSent(sent_at, sent_by, returned=status is ReportStatus.RETURNED)
        for place, year, sent_at, sent_by, status in rows
    }


async def find_gaps(
    session: AsyncSession, roadmap: Sequence[Deadline], facts: DeadlineFacts, now: datetime
) -> Gaps:
    """Return what is missing before a deadline can be called done."""
    place, year = facts.territory.municipality_id, facts.year
    if place is None:
        return Gaps(reports=await _count_owed_reports(session, roadmap, year, now))
    if facts.deadline.done_when in {DoneWhen.MARKED, DoneWhen.ANALYSIS}:
        return Gaps()
    sent = (await _last_sent(session, [place], [year])).get((place, year))
    since = None
    if first := rules.find_occurrence(roadmap, facts.deadline.after, year):
        since = first.due + timedelta(days=1)
        # What was held between an early report and its day is the addendum's, too.
        since = min(since, facts.territory.day_of(sent.sent_at)) if sent else since
    found = await find_year(session, roadmap, facts.territory, year, now, since)
    unwritten = found.count(FindingKind.PROPOSALS) > 0
    if facts.deadline.done_when is DoneWhen.PROPOSALS:
        return Gaps(proposals=unwritten)
    return replace(
        gaps_of(found),
        proposals=unwritten and not facts.deadline.after,
        returned=sent is not None and sent.returned,
    )


def gaps_of(found: YearFindings) -> Gaps:
    """Return a year's findings as what is missing before its report can be sent."""
    photos = found.count(FindingKind.PHOTOS)
    return Gaps(
        unconfirmed=found.count(FindingKind.UNCONFIRMED),
        nobody=found.count(FindingKind.NOBODY),
        groups=found.count(FindingKind.GROUPS),
        feedback=found.count(FindingKind.FEEDBACK),
        duplicates=found.count(FindingKind.DUPLICATES),
        photos=photos,
        no_photos=photos > 0 and not found.has_photos,
        proposals=found.count(FindingKind.PROPOSALS) > 0,
    )


async def _last_met(
    session: AsyncSession,
    roadmap: Sequence[Deadline],
    territories: Sequence[Territory],
    years: range,
    now: datetime,
) -> dict[tuple[int | None, int], LastMet]:
    """Return what is over of each municipality's year, where a deadline comes after another."""
    if not any(each.after for each in roadmap):
        return {}
    in_zone: defaultdict[str, list[int]] = defaultdict(list)
    for territory in territories:
        if territory.municipality_id is not None:
            in_zone[territory.timezone].append(territory.municipality_id)
    found: dict[tuple[int | None, int], LastMet] = {}
    for year in range(years.start, min(years.stop, now.year + 1)):
        within = [is_over(ids, zone, None, year, now) for zone, ids in in_zone.items()]
        rows = await session.execute(
            select(
                Meeting.municipality_id,
                func.max(Meeting.starts_at),
                func.max(Meeting.ends_at),
                func.max(Meeting.held_at),
            )
            .where(or_(false(), *within))
            .group_by(Meeting.municipality_id)
        )
        found |= {
            (place, year): LastMet(starts_at, max(ends_at, held_at or ends_at))
            for place, starts_at, ends_at, held_at in rows
        }
    return found


async def _count_owed_reports(
    session: AsyncSession, roadmap: Sequence[Deadline], year: int, now: datetime
) -> int:
    """Return how many municipalities have not sent the region their report of a year."""
    if (deadline := rules.report_deadline(roadmap)) is None:
        return 0
    everywhere = await read_territories(session, None, region=False)
    ledger = await read_ledger(session, roadmap, everywhere, now)
    found = [ledger.of_year(deadline, year, territory) for territory in everywhere]
    return sum(facts is not None and facts.mark is None for facts in found)
