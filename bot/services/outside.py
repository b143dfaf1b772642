"""Meetings that were held without the bot: added afterwards, corrected, taken away.

Nobody signed up for one and nothing is sent about it. Who came stands as people without a
registration, so that headcounts are made of it as of any meeting.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, InvalidInput
from bot.models import Meeting, Municipality, WalkIn
from bot.rules import SaidWalkIns
from bot.services import audit, headcounts
from bot.services.access import (
    check_possible,
    get_actor,
    get_led_meeting,
    get_managed_meeting,
)
from bot.services.core import Account, Core
from bot.services.meeting_place import check_place
from bot.services.meeting_steps import subject_of
from bot.services.outside_draft import HeldOutside, cleaned
from bot.services.territories import read_municipality
from bot.vocabulary import MeetingStatus

LENGTH = rules.SHORTEST_MEETING
"""Of a meeting of which only the day is known: it stands at the day's first moment."""


@dataclass(frozen=True, slots=True)
class StoredOutside:
    """The same as it is stored, with the name and the time zone of its municipality."""

    told: HeldOutside
    municipality: str
    timezone: str


async def check_telling(
    core: Core, account: Account, municipality_id: int, meeting_id: int | None
) -> None:
    """Check that an account may tell of a meeting in a municipality, or correct a stored one.

    Raises:
        Forbidden: it may not.
    """
    async with core.db.read() as session:
        if meeting_id is not None:
            await get_managed_meeting(session, core, account, meeting_id)
            return
        actor = await get_actor(session, core, account)
    if municipality_id not in rules.where_may_create_meetings(actor.grants):
        raise Forbidden("forbidden-meetings")


async def add_outside(core: Core, account: Account, told: HeldOutside, token: str = "") -> int:
    """Store a meeting that was held without the bot; from now on it counts.

    Args:
        core: what every use case is given.
        account: who tells of it.
        told: what it was.
        token: chosen beforehand: the same call again then finds its own meeting.

    Returns:
        The meeting's id.

    Raises:
        Forbidden: this account makes no meetings in that municipality.
        InvalidInput: something is missing or out of bounds; its day is still to come, or there was
            no such municipality then.
    """
    told = cleaned(told)
    async with core.db.write() as session:
        actor = await get_actor(session, core, account)
        if told.municipality_id not in rules.where_may_create_meetings(actor.grants):
            raise Forbidden("forbidden-meetings")
        token = token or secrets.token_urlsafe(12)
        stored = await session.scalar(select(Meeting).where(Meeting.token == token))
        if stored is not None and stored.created_by_id == actor.person_id:
            return stored.id
        now = core.clock.now()
        meeting = Meeting(
            token=token,
            municipality_id=told.municipality_id,
            created_by_id=actor.person_id,
            status=MeetingStatus.HELD,
            outside=True,
            created_at=now,
            published_at=now,
            held_at=now,
        )
        await _write(session, core, meeting, told)
        session.add(meeting)
        await session.flush()
        await _count(session, core, account, meeting.id, told)
        audit.record(session, core, account, "meeting.outside-add", subject_of(meeting))
        return meeting.id


async def get_outside(core: Core, account: Account, meeting_id: int) -> StoredOutside:
    """Return a meeting that was held without the bot, to be corrected.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it was held in the bot, or taken away.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        check_possible(core, rules.MeetingAction.CORRECT, meeting)
        place = await session.get_one(Municipality, meeting.municipality_id)
        people = await session.scalars(
            select(WalkIn).where(WalkIn.meeting_id == meeting_id).order_by(WalkIn.id)
        )
        told = HeldOutside(
            municipality_id=place.id,
            title=meeting.title,
            day=meeting.starts_at.astimezone(ZoneInfo(place.timezone)).date(),
            audience=meeting.audience,
            format=meeting.format,
            mode=meeting.mode,
            place=meeting.place,
            people=tuple(
                SaidWalkIns(each.category, each.people, each.organisation) for each in people
            ),
            photo_link=meeting.photo_link,
        )
        return StoredOutside(told, place.name, place.timezone)


async def correct_outside(core: Core, account: Account, meeting_id: int, told: HeldOutside) -> None:
    """Write down what a meeting without the bot was, in place of what was told before.

    The municipality stays. Telling the same again changes nothing.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it was held in the bot, or taken away.
        InvalidInput: as `add_outside`.
    """
    told = cleaned(told)
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        check_possible(core, rules.MeetingAction.CORRECT, meeting)
        told = replace(told, municipality_id=meeting.municipality_id)
        await _write(session, core, meeting, told)
        await _count(session, core, account, meeting_id, told)
        audit.record(session, core, account, "meeting.outside-correct", subject_of(meeting))


async def remove_outside(core: Core, account: Account, meeting_id: int) -> None:
    """Take a meeting without the bot away with its numbers; harmless when it is gone already.

    Its row stays for the log, where a draft that was thrown away stands, too.

    Raises:
        Forbidden: this account does not lead the meeting.
        Refused: it was held in the bot.
    """
    async with core.db.write() as session:
        _, meeting = await get_led_meeting(session, core, account, meeting_id, lock=True)
        if meeting.outside and meeting.status is MeetingStatus.CANCELLED:
            return
        check_possible(core, rules.MeetingAction.REMOVE, meeting)
        meeting.status = MeetingStatus.CANCELLED
        meeting.held_at = meeting.published_at = None
        meeting.cancelled_at = core.clock.now()
        await session.execute(delete(WalkIn).where(WalkIn.meeting_id == meeting_id))
        await headcounts.recount(session, meeting_id)
        audit.record(session, core, account, "meeting.outside-remove", subject_of(meeting))


async def _write(session: AsyncSession, core: Core, meeting: Meeting, told: HeldOutside) -> None:
    place = await read_municipality(session, told.municipality_id)
    starts_at = datetime.combine(told.day, time.min, ZoneInfo(place.timezone))
    if starts_at + LENGTH > core.clock.now():
        raise InvalidInput("input-not-yet")
    await check_place(session, told.municipality_id, starts_at)
    meeting.title, meeting.place = told.title, told.place
    meeting.audience, meeting.format, meeting.mode = told.audience, told.format, told.mode
    meeting.starts_at, meeting.ends_at = starts_at, starts_at + LENGTH
    meeting.photo_link = told.photo_link


async def _count(
    session: AsyncSession, core: Core, account: Account, meeting_id: int, told: HeldOutside
) -> None:
    await session.execute(delete(WalkIn).where(WalkIn.meeting_id == meeting_id))
    session.add_all(
        WalkIn(
            meeting_id=meeting_id,
            category=each.category,
            organisation=each.organisation,
            people=each.people,
            created_at=core.clock.now(),
            created_by=account.id,
        )
        for each in told.people
    )
    await session.flush()
    await headcounts.recount(session, meeting_id)
