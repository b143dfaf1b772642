"""Statistics: what a picture shows, as facts; who may look at which meetings."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Forbidden, NotFound
from bot.models import Municipality, Region
from bot.rules import (
    Period,
    check_period,
    is_regional,
    may_see_report,
    may_see_statistics,
    where_may_create_meetings,
    whole_year,
)
from bot.services.access import Actor, get_actor
from bot.services.core import Account, Core
from bot.services.period_counting import PeriodCount
from bot.services.regions import Places, facts_of, municipalities_between, search_municipalities
from bot.services.statistic_facts import (
    OFTEN,
    Facts,
    People,
    Picture,
    ShowedUp,
    Visits,
    compare_years,
    count_months,
    rank_places,
    sum_ratings,
)
from bot.services.territories import read_municipality


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality or the region, whose meetings somebody may look back at.

    Attributes:
        name: what it is called.
        today: by the clock there.
    """

    name: str
    today: date


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture as facts, and what it is about.

    Attributes:
        own: only the meetings that this account made.
    """

    where: Area
    own: bool
    period: Period
    facts: Facts


async def find_statistics_places(core: Core, account: Account, letters: str = "") -> Places:
    """Return whose statistics this account may see; by letters means the region's too.

    Args:
        core: what every use case is given.
        account: who asks.
        letters: what was typed, for those who may see every municipality's.

    Raises:
        Forbidden: it may see none.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not may_see_statistics(actor.grants):
            raise Forbidden("forbidden-stats")
        stored = await session.scalars(
            select(Municipality)
            .where(Municipality.id.in_(where_may_create_meetings(actor.grants)))
            .order_by(Municipality.name)
        )
        places = tuple(map(facts_of, stored))
    regional = is_regional(actor.grants)
    if regional and letters:
        today = core.today()
        since = date(today.year - 1, 1, 1)
        places = await search_municipalities(core, letters, today, since=since)
    return Places(by_letters=regional, found=places)


async def get_area(core: Core, account: Account, municipality_id: int | None) -> Area:
    """Return a municipality, or the region (None), whose statistics are asked for.

    Raises:
        Forbidden: this account may not see them.
        NotFound: there is no such municipality.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        _sees_own_only(actor, municipality_id)
        whose, _ = await _find_area(session, municipality_id)
        return Area(whose.name, _day_in(whose.timezone, now))


async def look_at(
    core: Core,
    account: Account,
    municipality_id: int | None,
    picture: Picture,
    period: Period | None = None,
) -> Looked:
    """Count what a picture shows of a municipality, or of the region (None).

    Organisers see the meetings that they made themselves.

    Args:
        core: what every use case is given.
        account: who asks.
        municipality_id: whose meetings.
        picture: what to look at.
        period: this year by the clock of the place where none is given.

    Raises:
        Forbidden: this account may not see them.
        Refused: there can be no statistics of this period.
        NotFound: there is no such municipality, or the picture is for the region alone.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        own = _sees_own_only(actor, municipality_id)
        whose, places = await _find_area(session, municipality_id)
        today = _day_in(whose.timezone, now)
        period = period or whole_year(today.year)
        check_period(period, today)
        made_by = actor.person_id if own else None
        count = PeriodCount(session, places, period, now, made_by)
        facts: Facts
        match picture:
            case Picture.CATEGORIES:
                facts = People(len(await count.meetings()), await count.people())
            case Picture.MONTHS:
                facts = count_months(await count.meetings(), period)
            case Picture.YEARS:
                before = PeriodCount(session, places, period.year_before, now, made_by)
                facts = compare_years(
                    await count.meetings(), await before.meetings(), period, today
                )
            case Picture.TURNOUT:
                facts = ShowedUp(*await count.turnout())
            case Picture.RATINGS:
                facts = sum_ratings(await count.ratings())
            case Picture.AGAIN:
                visits = await count.visits(OFTEN)
                facts = Visits(visits[1], visits[2], visits[OFTEN])
            case Picture.RANKING | Picture.MAP:
                if municipality_id is not None:
                    raise NotFound
                there = await municipalities_between(session, period.first, period.last)
                facts = rank_places(
                    await count.meetings(), period, places, {one.id for one in there}
                )
        return Looked(Area(whose.name, today), own, period, facts)


def _sees_own_only(actor: Actor, municipality_id: int | None) -> bool:
    """Whether somebody sees only the meetings that they made in a municipality.

    Raises:
        Forbidden: they see none there.
    """
    if may_see_report(actor.grants, municipality_id):
        return False
    if municipality_id not in where_may_create_meetings(actor.grants):
        raise Forbidden("forbidden-stats")
    return True


async def _find_area(
    session: AsyncSession, municipality_id: int | None
) -> tuple[Municipality | Region, list[Municipality]]:
    """Return whose statistics these are, and the municipalities whose meetings they count."""
    if municipality_id is None:
        region = (await session.scalars(select(Region))).one()
        return region, await municipalities_between(session, date.min, date.max)
    place = await read_municipality(session, municipality_id)
    return place, [place]


def _day_in(timezone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(timezone)).date()
