"""What somebody with a role owes today, for the one message a day that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Municipality, Region, StaffRole
from bot.services import deadlines, digest_days, meeting_notices
from bot.services.access import Actor, get_actor
from bot.services.core import Account, Core
from bot.services.deadlines import OwedDeadline, WeeklyRegion
from bot.vocabulary import MeetingStatus, MessageKind

MOST_LISTS = 3
"""So many open lists can get a button each."""


@dataclass(frozen=True, slots=True)
class OpenList:
    """A meeting that is over and waits for «Состоялась»."""

    meeting_id: int
    title: str
    starts_at: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What is said today; all of it may be empty.

    Attributes:
        lists: of the meetings until yesterday, the first few, the latest first.
        lists_total: how many there are.
        idle: the municipalities where nothing has been planned for a month, or for months.
        owed: the deadlines to be recalled today.
        weekly: how the region stands, once a week for its coordinator.
    """

    lists: tuple[OpenList, ...] = ()
    lists_total: int = 0
    idle: tuple[str, ...] = ()
    owed: tuple[OwedDeadline, ...] = ()
    weekly: WeeklyRegion | None = None


async def get_digest(core: Core, account: Account, day: str) -> Digest:
    """Return what somebody is told today, but for the parts that the region has turned off.

    Args:
        core: what every use case is given.
        account: whom it is for; without a role there is nothing to tell.
        day: for which it was planned, as ISO: on a later one it says nothing.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        timezone = await digest_days.find_zone(session, core, account)
        if timezone is None:
            return Digest()
        zone = ZoneInfo(timezone)
        today = now.astimezone(zone).date()
        if today.isoformat() != day:
            return Digest()
        switches = await session.scalar(select(Region.switches)) or {}
        wanted = {kind for kind in rules.DIGEST_PARTS if rules.is_wanted(kind, switches)}
        lists: list[OpenList] = []
        idle: tuple[str, ...] = ()
        if rules.is_workday(today):
            actor = await get_actor(session, core, account)
            if MessageKind.DIGEST_LISTS in wanted:
                lists = await _open_lists(session, actor, datetime.combine(today, time(), zone))
            if MessageKind.DIGEST_IDLE in wanted:
                idle = await _idle_places(session, core, actor, today, zone)
    owed: list[OwedDeadline] = []
    if MessageKind.DIGEST_DEADLINES in wanted:
        owed = await deadlines.owed_for(core, account, now)
    weekly: WeeklyRegion | None = None
    if MessageKind.DIGEST_REGION in wanted and rules.begins_week(today):
        weekly = await deadlines.weekly_for(core, account, now)
    return Digest(
        lists=tuple(lists[:MOST_LISTS]),
        lists_total=len(lists),
        idle=idle,
        owed=tuple(owed),
        weekly=weekly,
    )


async def _open_lists(session: AsyncSession, actor: Actor, before: datetime) -> list[OpenList]:
    """Return the meetings of the form that were over before a moment and that nobody confirmed.

    Of those that somebody made they are told, of the others only where the maker is gone: it is
    one and the same person who is asked «Состоялась?» and reminded of it.
    """
    makes, whole = (
        rules.where_may_create_meetings(actor.grants),
        rules.whole_municipalities(actor.grants),
    )
    theirs = or_(
        and_(Meeting.created_by_id == actor.person_id, Meeting.municipality_id.in_(makes)),
        and_(Meeting.municipality_id.in_(whole), ~meeting_notices.maker_runs_it()),
    )
    rows = await session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at, Municipality.timezone)
        .join(Meeting.municipality)
        .where(
            theirs,
            Meeting.status == MeetingStatus.PUBLISHED,
            Meeting.counts_in_form,  # the report misses no other
            Meeting.ends_at < before,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id)
    )
    return [OpenList(*row) for row in rows]


async def _idle_places(
    session: AsyncSession, core: Core, actor: Actor, today: date, zone: ZoneInfo
) -> tuple[str, ...]:
    """Return the municipalities, by name, of which today is the day to say that nothing is planned.

    It is said to those who run all meetings there. A month begins for somebody with the role, too:
    nobody begins with a reproach.
    """
    places = rules.whole_municipalities(actor.grants)
    begun = await session.execute(
        select(StaffRole.municipality_id, func.min(StaffRole.granted_at))
        .where(
            StaffRole.person_id == actor.person_id,
            StaffRole.municipality_id.in_(places),
            StaffRole.revoked_at.is_(None),
        )
        .group_by(StaffRole.municipality_id)
    )
    since = dict(begun.all())
    to_come = case((Meeting.status == MeetingStatus.PUBLISHED, Meeting.starts_at))
    took_place = Meeting.status.in_((MeetingStatus.PUBLISHED, MeetingStatus.HELD))
    rows = await session.execute(
        select(
            Municipality.id,
            Municipality.name,
            func.max(Meeting.created_at),
            func.max(case((took_place, Meeting.ends_at))),
            func.max(to_come),
        )
        .outerjoin(Meeting, Meeting.municipality_id == Municipality.id)
        .where(
            Municipality.id.in_(places),
            or_(Municipality.valid_until.is_(None), Municipality.valid_until > today),
        )
        .group_by(Municipality.id, Municipality.name)
        .order_by(Municipality.name)
    )
    before = rules.workday_before(today)
    return tuple(
        name
        for place, name, made_at, ended_at, last in rows
        if (last is None or last <= core.clock.now())
        and rules.is_idle_again(_latest(zone, (since.get(place), made_at, ended_at)), before, today)
    )


def _latest(zone: ZoneInfo, moments: Iterable[datetime | None]) -> date:
    return max(moment for moment in moments if moment is not None).astimezone(zone).date()
