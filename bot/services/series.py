"""Meetings that come again: each an ordinary one, with the same `series_id` as the others."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, InvalidInput
from bot.models import Meeting
from bot.services import audit
from bot.services.access import get_led_meeting, get_managed_meeting, leads
from bot.services.core import Account, Core
from bot.services.meeting_draft import draft_of, on_another_day
from bot.services.meeting_steps import add_meeting, call_off, change_meeting
from bot.vocabulary import MeetingStatus, Rhythm

FEWEST, MOST = 2, 12
OPEN = (MeetingStatus.DRAFT, MeetingStatus.PUBLISHED)


def list_days(
    first: date, rhythm: Rhythm, today: date, *, times: int | None = None, until: date | None = None
) -> tuple[date, ...]:
    """Return the days on which a meeting of the day `first` comes again, after it and after today.

    Every month means the same weekday by its number in the month, «вторая суббота»; a fifth one is
    the last one.

    Args:
        first: the day of the meeting that is repeated.
        rhythm: how often.
        today: at the place.
        times: how many days, from 2 to 12; or
        until: the last day that may be one.

    Raises:
        InvalidInput: more than 12 days, fewer than 2 were asked for, or there is none.
    """
    if times is not None and not FEWEST <= times <= MOST:
        raise InvalidInput("input-repeats")
    days: list[date] = []
    for moment in _rule(first, rhythm):
        day = moment.date()
        if (until is not None and day > until) or len(days) == times:
            break
        if day > max(first, today):
            days.append(day)
        if len(days) > MOST:
            raise InvalidInput("input-repeats-many")
    if not days:
        raise InvalidInput("input-repeats-none")
    return tuple(days)


async def create_series(
    core: Core,
    account: Account,
    meeting_id: int,
    days: Sequence[date],
    *,
    publish: bool,
    token: str,
) -> int:
    """Make a copy of a meeting on each of the days, all of them or none.

    Args:
        core: what every use case is given.
        account: who makes them.
        meeting_id: the meeting that is repeated; one to come that is in no series joins this one.
        days: at the place; the time of day stays.
        publish: whether people can sign up from now on.
        token: names the series, chosen beforehand: the same call again then makes no more.

    Returns:
        How many meetings were made.

    Raises:
        Forbidden: this account does not run the meeting, or makes none in its municipality.
        InvalidInput: as `create_meeting`; no days, or more than 12.
    """
    if not 0 < len(days) <= MOST:
        raise InvalidInput("input-repeats")
    async with core.db.write() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        if meeting.municipality_id not in rules.where_may_create_meetings(actor.grants):
            raise Forbidden("forbidden-meetings")
        made = await session.scalar(
            select(func.count()).where(Meeting.series_id == token, Meeting.id != meeting_id)
        )
        if made:
            return made
        await session.refresh(meeting, ["admits", "seat_limits", "municipality"])
        zone = ZoneInfo(meeting.municipality.timezone)
        draft = draft_of(meeting)
        for day in days:
            starts_at = datetime.combine(day, draft.starts_at.astimezone(zone).time(), zone)
            copy = await add_meeting(
                session,
                core,
                actor,
                on_another_day(draft, starts_at),
                publish=publish,
                token=secrets.token_urlsafe(12),
                source=meeting,
            )
            copy.series_id = token
        if (
            meeting.series_id is None
            and meeting.status in OPEN
            and meeting.starts_at > core.clock.now()
        ):
            meeting.series_id = token
        audit.record(
            session, core, account, "meeting.repeat", f"meeting:{meeting_id}", meetings=len(days)
        )
        return len(days)


async def count_following(core: Core, account: Account, meeting_id: int) -> int:
    """Return how many meetings of the same series come after this one and can still be changed.

    By a co-curator none can: they run this one alone.

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        actor, meeting = await get_managed_meeting(session, core, account, meeting_id)
        if not leads(actor, meeting):
            return 0
        found = await session.scalar(select(func.count()).where(*_follows(core, meeting)))
        return found or 0


async def edit_following(
    core: Core, account: Account, meeting_id: int, changes: Mapping[str, Any]
) -> None:
    """Change a meeting and those that follow it in its series, all of them or none.

    Each keeps its day: of new times only the time of day is taken over. Signing up opens and
    closes as long before each start as before the first one's.

    Args:
        core: what every use case is given.
        account: who changes them.
        meeting_id: the first one's id.
        changes: new values by field of `MeetingDraft`; the first one's own for the times.

    Raises:
        Forbidden: this account does not run one of them.
        InvalidInput, Refused: as `meetings.edit_meeting`, of any of them.
    """
    async with core.db.write() as session:
        found = await _lock_from(session, core, account, meeting_id)
        first = found[0][0].starts_at
        for each, zone in found:
            own = dict(changes)
            if each.id != meeting_id and "starts_at" in changes:
                starts_at: datetime = changes["starts_at"]
                day = each.starts_at.astimezone(zone).date()
                own["starts_at"] = datetime.combine(day, starts_at.astimezone(zone).time(), zone)
                own["ends_at"] = own["starts_at"] + (changes["ends_at"] - starts_at)
            for name in {"sign_up_opens_at", "sign_up_closes_at"} & changes.keys():
                if each.id != meeting_id and changes[name] is not None:
                    own[name] = changes[name] + (each.starts_at - first)
            await change_meeting(session, core, account, each, own)


async def cancel_following(core: Core, account: Account, meeting_id: int, reason: str) -> None:
    """Call off a meeting and those that follow it in its series, all of them or none.

    Args:
        core: what every use case is given.
        account: who cancels.
        meeting_id: the first one's id.
        reason: what the people are told; where all are drafts, none is needed.

    Raises:
        Forbidden: this account does not run one of them.
        InvalidInput, Refused: as `meetings.cancel_meeting`, of any of them.
    """
    async with core.db.write() as session:
        for each, _ in await _lock_from(session, core, account, meeting_id):
            await call_off(session, core, account, each, reason)


async def _lock_from(
    session: AsyncSession, core: Core, account: Account, meeting_id: int
) -> list[tuple[Meeting, ZoneInfo]]:
    """Take the rows of a meeting and of those that follow it, in one order."""
    _, meeting = await get_led_meeting(session, core, account, meeting_id, lock=True)
    await session.refresh(meeting, ["municipality"])
    zone = ZoneInfo(meeting.municipality.timezone)
    following = await session.scalars(
        select(Meeting.id).where(*_follows(core, meeting)).order_by(Meeting.id)
    )
    found = [(meeting, zone)]
    for each_id in following.all():
        _, each = await get_led_meeting(session, core, account, each_id, lock=True)
        found.append((each, zone))
    return found


def _follows(core: Core, meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    """Of a draft only drafts follow: who throws one away says nothing to those signed up."""
    statuses = OPEN if meeting.status is not MeetingStatus.DRAFT else (MeetingStatus.DRAFT,)
    return (
        Meeting.series_id == (meeting.series_id or ""),
        Meeting.id != meeting.id,
        Meeting.starts_at > max(meeting.starts_at, core.clock.now()),
        Meeting.status.in_(statuses),
    )


def _rule(first: date, rhythm: Rhythm) -> rrule.rrule:
    start = datetime.combine(first, datetime.min.time())
    if rhythm is not Rhythm.MONTHLY:
        weeks = 2 if rhythm is Rhythm.FORTNIGHTLY else 1
        return rrule.rrule(rrule.WEEKLY, dtstart=start, interval=weeks)
    number = (first.day - 1) // 7 + 1
    weekday = rrule.weekday(first.weekday(), number if number < 5 else -1)
    return rrule.rrule(rrule.MONTHLY, dtstart=start, byweekday=weekday)
