"""Reading what is stored about deadlines, and what is missing before they can be met."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import (
    AnnualReport,
    DeadlineMark,
    Headcount,
    Meeting,
    Municipality,
    Person,
    Region,
    Registration,
    RegistrationLine,
    ReportVersion,
    StaffRole,
)
from bot.rules import Deadline, Grant
from bot.services.deadline_facts import DeadlineFacts, HeldRole, LastSent, Ledger, Mark, Territory
from bot.services.door_groups import OF_GROUP
from bot.vocabulary import DoneWhen, MeetingStatus, RegistrationStatus, ReportStatus


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing before something can be called done; all of it computed from data.

    Attributes:
        unconfirmed: meetings that are over without «Состоялась».
        nobody: meetings held with nobody marked.
        groups: lines of groups without a number.
        photos: meetings held without a link to photos.
        no_photos: whether none of them has one.
        proposals: whether there are none for the year.
        reports: municipalities that owe the region their report.
        returned: whether the report was sent and came back.
    """

    unconfirmed: int = 0
    nobody: int = 0
    groups: int = 0
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
) -> Ledger:
    """Return what is stored about the deadlines of some territories, of the years around now."""
    years = range(now.year - 2, now.year + 3)
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
            AnnualReport.proposals != "",
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
        met_after=await _met_after(session, roadmap, territories, now),
    )


async def _last_sent(
    session: AsyncSession, municipalities: Collection[int | None], years: Collection[int]
) -> dict[tuple[int, int], LastSent]:
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
    unwritten = not await session.scalar(
        select(AnnualReport.proposals).where(
            AnnualReport.municipality_id == place, AnnualReport.year == year
        )
    )
    if facts.deadline.done_when is DoneWhen.PROPOSALS:
        return Gaps(proposals=unwritten)
    if facts.deadline.done_when is DoneWhen.MARKED:
        return Gaps()
    sent = (await _last_sent(session, [place], [year])).get((place, year))
    since = _day_after(roadmap, facts.deadline.after, year)
    over = _over([place], facts.territory.timezone, since, year, now)
    held = Meeting.status == MeetingStatus.HELD
    numbers = await session.execute(
        select(
            func.count().filter(Meeting.status == MeetingStatus.PUBLISHED),
            func.count().filter(held & ~exists().where(Headcount.meeting_id == Meeting.id)),
            func.count().filter(held & (Meeting.photo_link == "")),
            func.count().filter(held & (Meeting.photo_link != "")),
        ).where(over)
    )
    unconfirmed, nobody, without_photos, with_photos = numbers.one()
    groups = await session.scalar(
        select(func.count(RegistrationLine.id))
        .join(RegistrationLine.registration)
        .join(Registration.meeting)
        .where(
            over,
            OF_GROUP,
            Registration.status == RegistrationStatus.ACTIVE,
            RegistrationLine.came.is_(None),
        )
    )
    return Gaps(
        unconfirmed=unconfirmed,
        nobody=nobody,
        groups=groups or 0,
        photos=without_photos,
        no_photos=bool(without_photos) and not with_photos,
        proposals=unwritten and not facts.deadline.after,
        returned=sent is not None and sent.returned,
    )


async def _met_after(
    session: AsyncSession,
    roadmap: Sequence[Deadline],
    territories: Sequence[Territory],
    now: datetime,
) -> set[tuple[str, int, int]]:
    """Return where meetings were held after the day of a deadline that another one comes after."""
    in_zone: defaultdict[str, list[int]] = defaultdict(list)
    for territory in territories:
        if territory.municipality_id is not None:
            in_zone[territory.timezone].append(territory.municipality_id)
    found: set[tuple[str, int, int]] = set()
    for code in {each.after for each in roadmap if each.after}:
        for year in (now.year - 1, now.year):
            since = _day_after(roadmap, code, year)
            within = [_over(ids, zone, since, year, now) for zone, ids in in_zone.items()]
            places = await session.scalars(
                select(Meeting.municipality_id).where(or_(false(), *within)).distinct()
            )
            found |= {(code, year, place) for place in places}
    return found


async def _count_owed_reports(
    session: AsyncSession, roadmap: Sequence[Deadline], year: int, now: datetime
) -> int:
    """Return how many municipalities have not sent the region their report of a year."""
    reports = [
        each
        for each in roadmap
        if each.done_when is DoneWhen.REPORT and not each.is_regional and not each.after
    ]
    everywhere = await read_territories(session, None, region=False)
    ledger = await read_ledger(session, roadmap, everywhere, now)
    found = [
        ledger.of_year(deadline, year, territory)
        for deadline in reports
        for territory in everywhere
    ]
    return sum(facts is not None and facts.mark is None for facts in found)


def _over(
    municipalities: Collection[int], timezone: str, since: date | None, year: int, now: datetime
) -> ColumnElement[bool]:
    """Return the condition on a meeting of the form: over, and of a year from `since` on."""
    first, after = rules.whole_year(year).bounds(timezone)
    if since is not None:
        first = datetime.combine(since, time.min, ZoneInfo(timezone))
    return and_(
        Meeting.municipality_id.in_(municipalities),
        Meeting.status.in_((MeetingStatus.PUBLISHED, MeetingStatus.HELD)),
        Meeting.counts_in_form,
        Meeting.starts_at >= first,
        Meeting.starts_at < after,
        Meeting.ends_at <= now,
    )


def _day_after(roadmap: Sequence[Deadline], code: str, year: int) -> date | None:
    occurrence = rules.find_occurrence(roadmap, code, year)
    return occurrence.due + timedelta(days=1) if occurrence else None
