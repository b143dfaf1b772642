"""What an export is about: whose meetings, of which days, and whether their readers know names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot import rules
from bot.errors import Forbidden, NotFound
from bot.models import Meeting, Municipality
from bot.rules import Period
from bot.services.access import Actor, check_possible, get_actor, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.counting import starting_within
from bot.services.territories import read_region
from bot.vocabulary import ExportKind

Query = tuple[Select[*tuple[Any, ...]], tuple[Any, ...]]
"""A statement that begins with the columns that sort it, and these."""


OF_A_TERRITORY = frozenset({ExportKind.AUDIT, ExportKind.DEADLINES})
"""What nobody has for the meetings that they made alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to take along.

    Attributes:
        period: of the meetings, the deeds or the deadlines; None where one meeting is meant.
        municipality_id: whose; without it and the two below the whole region's.
        own: of the meetings that the reader made, wherever they are.
        meeting_id: of this meeting alone.
    """

    kind: ExportKind
    period: Period | None = None
    municipality_id: int | None = None
    own: bool = False
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What that comes to, for a reader who may have it.

    Attributes:
        name: of the municipality, the region or the meeting; empty for one's own meetings.
        meetings: the condition on a meeting.
        places: the municipalities by id.
        timezone: in which a day of the log begins.
        shows_names: whether the reader runs these meetings, so sees who signed up.
        since: what begins earlier is not asked for.
    """

    actor: Actor
    name: str
    meetings: ColumnElement[bool]
    places: dict[int, Municipality]
    timezone: str
    shows_names: bool
    since: datetime | None = None


async def get_scope(
    session: AsyncSession,
    core: Core,
    account: Account,
    wanted: Wanted,
    since: datetime | None = None,
) -> Scope:
    """Return what an account takes, after a look whether it may.

    Curators and coordinators have their municipality, organisers the meetings they made, the
    regional staff everything without the names of those who signed up: they run no meetings.

    Args:
        session: the caller's transaction.
        core: what every use case is given.
        account: who takes it.
        wanted: what.
        since: nothing earlier is wanted any more. It takes the place of the period's first moment:
            beside it SQLite would walk from there to each page anew.

    Raises:
        Forbidden: it may not.
        Refused: the meeting has not begun, or was cancelled.
        NotFound: no such municipality, or no region yet.
    """
    if wanted.meeting_id is not None:
        return await _of_meeting(session, core, account, wanted.meeting_id)
    if wanted.period is None:
        raise ValueError("an export of many meetings has a period")
    actor = await get_actor(session, core, account)
    if wanted.own:
        return await _of_own(session, core, actor, wanted.kind, wanted.period, since)
    if not rules.may_see_report(actor.grants, wanted.municipality_id):
        raise Forbidden("forbidden-report")
    if wanted.municipality_id is None:
        region = await read_region(session)
        places = await _places(session)
        name, timezone = region.name, region.timezone
        meetings = _of_all(places, wanted.period, since)
    else:
        places = await _places(session, Municipality.id == wanted.municipality_id)
        if not places:
            raise NotFound("municipality-not-found")
        name, timezone = places[0].name, places[0].timezone
        meetings = _held_in(places, wanted.period, since)
    return Scope(
        actor=actor,
        name=name,
        meetings=and_(Meeting.published_at.is_not(None), meetings),
        places={place.id: place for place in places},
        timezone=timezone,
        shows_names=wanted.municipality_id in rules.whole_municipalities(actor.grants),
        since=since,
    )


def falls_into(
    period: Period,
    timezone: str,
    moment: InstrumentedAttribute[datetime],
    since: datetime | None = None,
) -> ColumnElement[bool]:
    """Return the condition that a moment falls into a period in a time zone, and not before."""
    first, after = period.bounds(timezone)
    return and_(moment >= max(first, since or first), moment < after)


async def _of_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int
) -> Scope:
    actor, meeting = await get_managed_meeting(session, core, account, meeting_id)
    check_possible(core, rules.MeetingAction.RESULTS, meeting)
    place = await session.get_one(Municipality, meeting.municipality_id)
    return Scope(
        actor=actor,
        name=meeting.title,
        meetings=Meeting.id == meeting_id,
        places={place.id: place},
        timezone=place.timezone,
        shows_names=True,
    )


async def _of_own(
    session: AsyncSession,
    core: Core,
    actor: Actor,
    kind: ExportKind,
    period: Period,
    since: datetime | None,
) -> Scope:
    where = rules.where_may_create_meetings(actor.grants)
    if not where or kind in OF_A_TERRITORY:
        raise Forbidden("forbidden-meetings")
    places = await _places(session, Municipality.id.in_(where))
    return Scope(
        actor=actor,
        name="",
        meetings=and_(
            Meeting.created_by_id == actor.person_id,
            Meeting.published_at.is_not(None),
            _held_in(places, period, since),
        ),
        places={place.id: place for place in places},
        timezone=core.timezone,
        shows_names=True,
    )


async def _places(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[Municipality]:
    found = await session.scalars(select(Municipality).where(*conditions))
    return list(found)


def _held_in(
    places: Sequence[Municipality], period: Period, since: datetime | None
) -> ColumnElement[bool]:
    """Return the condition that a meeting begins on one of these days where it is held."""
    begins = starting_within(places, period)
    return begins if since is None else and_(begins, Meeting.starts_at >= since)


def _of_all(
    places: Sequence[Municipality], period: Period, since: datetime | None
) -> ColumnElement[bool]:
    """Return the same for all municipalities; without their list meetings come in order of time."""
    zones = {place.timezone for place in places}
    if len(zones) != 1:
        return _held_in(places, period, since)
    return falls_into(period, zones.pop(), Meeting.starts_at, since)
