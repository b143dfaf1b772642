"""What stands behind a number of the form: the meetings that it is the sum of."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, literal, select

from bot import rules
from bot.appendix2 import Meetings, People, counted_in
from bot.errors import Forbidden, NotFound
from bot.models import Headcount, Meeting, Municipality
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.services.counting import YearCount
from bot.services.headcounts import CategoryCounts, count_came
from bot.services.regions import municipalities_between
from bot.vocabulary import MeetingStatus


@dataclass(frozen=True, slots=True)
class CountedMeeting:
    """A meeting, and what it adds to a number."""

    id: int
    title: str
    starts_at: datetime
    timezone: str
    municipality: str
    number: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the meetings behind a number.

    Attributes:
        total: how many meetings there are.
        number: the number of the form: what all of them add up to.
    """

    rows: tuple[CountedMeeting, ...]
    total: int
    number: int


@dataclass(frozen=True, slots=True)
class MeetingCounts:
    """Who came to a meeting that the report counts.

    Attributes:
        may_run: whether the reader runs it.
    """

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    municipality: str
    came: CategoryCounts
    may_run: bool


async def list_behind(
    core: Core,
    account: Account,
    municipality_id: int | None,
    year: int,
    row: str,
    page: int,
    per_page: int,
) -> Behind:
    """Return the meetings that a number of the form is the sum of, in the order of time.

    Args:
        core: what every use case is given.
        account: who asks.
        municipality_id: whose report it is, None for the region's.
        year: of the report.
        row: the printed number of the form's row, «2.1.3.».
        page: from 0.
        per_page: meetings on a page.

    Raises:
        Forbidden: this account may not have this report.
        NotFound: there is no such row of numbers, or no such municipality.
    """
    leaves = counted_in(row)
    audiences = [each.audience for each in leaves if isinstance(each, Meetings)]
    categories = [each.category for each in leaves if isinstance(each, People)]
    if not leaves:
        raise NotFound
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not rules.may_see_report(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        places = {
            each.id: each for each in await municipalities_between(session, date.min, date.max)
        }
        if municipality_id is not None:
            if municipality_id not in places:
                raise NotFound("municipality-not-found")
            places = {municipality_id: places[municipality_id]}
        in_form = YearCount(session, [*places.values()], year, core.clock.now()).in_form
        columns = (Meeting.id, Meeting.title, Meeting.starts_at, Meeting.municipality_id)
        counted = (
            select(*columns, literal(1).label("number")).where(
                in_form, Meeting.audience.in_(audiences)
            )
            if audiences
            else select(*columns, func.sum(Headcount.people).label("number"))
            .join(Headcount, Headcount.meeting_id == Meeting.id)
            .where(in_form, Headcount.category.in_(categories))
            .group_by(*columns)
        ).subquery()
        total, number = (
            await session.execute(
                select(func.count(), func.coalesce(func.sum(counted.c.number), 0)).select_from(
                    counted
                )
            )
        ).one()
        rows = await session.execute(
            select(counted)
            .order_by(counted.c.starts_at, counted.c.id)
            .limit(per_page)
            .offset(page * per_page)
        )
        return Behind(
            rows=tuple(
                CountedMeeting(
                    meeting_id, title, starts_at, places[place].timezone, places[place].name, people
                )
                for meeting_id, title, starts_at, place, people in rows
            ),
            total=total,
            number=int(number),
        )


async def get_counts(core: Core, account: Account, meeting_id: int) -> MeetingCounts:
    """Return who came to a meeting that a report counts, or counted until it was opened again.

    Raises:
        Forbidden: this account may not have its report; also without such a meeting.
        NotFound: it is a draft or cancelled, so that no report will count it.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        meeting = await session.get(Meeting, meeting_id)
        if meeting is None or not rules.may_see_report(actor.grants, meeting.municipality_id):
            raise Forbidden("forbidden-report")
        if meeting.status not in {MeetingStatus.HELD, MeetingStatus.PUBLISHED}:
            raise NotFound
        place = await session.get_one(Municipality, meeting.municipality_id)
        return MeetingCounts(
            title=meeting.title,
            place=meeting.place,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            timezone=place.timezone,
            municipality=place.name,
            came=await count_came(session, meeting_id),
            may_run=place.id in rules.whole_municipalities(actor.grants),
        )
